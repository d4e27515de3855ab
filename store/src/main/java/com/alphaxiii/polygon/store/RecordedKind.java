package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.Channel;
import com.alphaxiii.polygon.core.FairMarketValue;
import com.alphaxiii.polygon.core.IndexValue;
import com.alphaxiii.polygon.core.LaunchpadValue;
import com.alphaxiii.polygon.core.TickerEvent;
import com.alphaxiii.polygon.core.Timespan;

/** What may be recorded, each kind with its columns. The code stands in journals: keep it. */
enum RecordedKind {
  TRADES(1, Channel.TRADES, new TradeColumns()),
  QUOTES(2, Channel.QUOTES, new QuoteColumns()),
  SECOND_AGGREGATES(3, Channel.SECOND_AGGREGATES, new AggregateColumns(Timespan.SECOND)),
  MINUTE_AGGREGATES(4, Channel.MINUTE_AGGREGATES, new AggregateColumns(Timespan.MINUTE)),
  PRICE_BANDS(5, Channel.LIMIT_UP_LIMIT_DOWN, new BandColumns()),
  IMBALANCES(6, Channel.IMBALANCES, new ImbalanceColumns()),
  FAIR_MARKET_VALUES(
      7,
      Channel.FAIR_MARKET_VALUES,
      new ValueColumns<>("fair_market_values", FairMarketValue::value, FairMarketValue::new)),
  LAUNCHPAD_VALUES(
      8,
      Channel.LAUNCHPAD_VALUES,
      new ValueColumns<>("launchpad_values", LaunchpadValue::value, LaunchpadValue::new)),
  VALUES(9, Channel.VALUES, new ValueColumns<>("values", IndexValue::value, IndexValue::new)),
  BOOKS(10, Channel.BOOKS, new BookColumns());

  private static final RecordedKind[] BY_CODE = new RecordedKind[values().length + 1];
  private static final RecordedKind[] BY_CHANNEL = new RecordedKind[Channel.values().length];

  static {
    for (RecordedKind kind : values()) {
      BY_CODE[kind.code] = kind;
      BY_CHANNEL[kind.channel.ordinal()] = kind;
    }
  }

  private final int code;
  private final Channel channel;
  private final TickColumns<? extends TickerEvent> columns;

  RecordedKind(int code, Channel channel, TickColumns<? extends TickerEvent> columns) {
    this.code = code;
    this.channel = channel;
    this.columns = columns;
  }

  static RecordedKind of(Channel channel) {
    return BY_CHANNEL[channel.ordinal()];
  }

  static boolean exists(int code) {
    return code >= 1 && code < BY_CODE.length;
  }

  static RecordedKind of(int code) {
    return BY_CODE[code];
  }

  int code() {
    return code;
  }

  Channel channel() {
    return channel;
  }

  /** As its files are named: {@code trades}, {@code minute_aggregates} … */
  String word() {
    return columns.kind();
  }

  /** The columns of one session's recording of this kind. */
  RecordedColumns<?> columns(String session) {
    return RecordedColumns.of(columns, session);
  }
}
