package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.client.WireFields.Field;
import com.alphaxiii.polygon.core.Aggregate;
import com.alphaxiii.polygon.core.Channel;
import com.alphaxiii.polygon.core.CurrencyPair;
import com.alphaxiii.polygon.core.FairMarketValue;
import com.alphaxiii.polygon.core.Imbalance;
import com.alphaxiii.polygon.core.IndexValue;
import com.alphaxiii.polygon.core.LaunchpadValue;
import com.alphaxiii.polygon.core.LimitUpLimitDown;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.OrderBook;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Quote;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TickerEvent;
import com.alphaxiii.polygon.core.Timespan;
import com.alphaxiii.polygon.core.Trade;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the fields of an event mean in one market. Fields that the vendor leaves out when they are
 * zero or empty read as zero or empty; ticker, price and time must be there. Events of kinds that
 * the market does not have are passed over.
 *
 * <p>The streams stamp trades, quotes and index values in milliseconds; the values hold
 * nanoseconds, so there the last six digits are zero. Bands, imbalances, fair market and launchpad
 * values come in milli-, micro- or nanoseconds, whatever the vendor's documents say, and are told
 * apart by their size. Aggregates keep their milliseconds. Decimal sizes and volumes ({@code ds},
 * {@code dv}, {@code dav}) win over the whole ones beside them; on futures {@code dv} is dollars.
 */
final class EventReader {
  /** More tickers than any market has, options apart. */
  private static final int TICKERS = 1 << 17;

  /** The last millisecond whose nanoseconds fit 64 bits: in the year 2262. */
  private static final long LAST_MILLISECOND = Long.MAX_VALUE / 1_000_000;

  private static final long LAST_MICROSECOND = Long.MAX_VALUE / 1_000;

  private final Market market;
  private final long[] codes;
  private final Channel[] channels;
  private final TickerCache tickers;
  private final ConditionsCache conditions = new ConditionsCache();

  EventReader(Market market) {
    this.market = market;
    Map<String, Channel> kinds = new LinkedHashMap<>();
    for (Channel channel : Channel.values()) {
      channel.vendorCode(market).ifPresent(code -> kinds.put(code, channel));
    }
    // The launchpad's minute bars are called so in all markets.
    kinds.put(Channel.MINUTE_AGGREGATES.code(), Channel.MINUTE_AGGREGATES);
    codes = kinds.keySet().stream().mapToLong(Words::of).toArray();
    channels = kinds.values().toArray(Channel[]::new);
    tickers = new TickerCache(TICKERS, this::spelled);
  }

  /** Tells the output what an event's fields say. */
  void tell(WireFields fields, EventDecoder.Output output) {
    TickerEvent event;
    try {
      Channel channel = channel(fields.word(Field.EV));
      if (channel == null) {
        tellOther(fields, output);
        return;
      }
      event = read(channel, fields);
    } catch (MalformedEvent e) {
      output.malformed(subject(fields) + e.getMessage());
      return;
    }
    output.event(event);
  }

  /** Trades and quotes come first among the codes, and are what nearly all events are. */
  private @Nullable Channel channel(long code) {
    for (int i = 0; i < codes.length; i++) {
      if (codes[i] == code) {
        return channels[i];
      }
    }
    return null;
  }

  private static void tellOther(WireFields fields, EventDecoder.Output output) {
    String kind = fields.text(Field.EV);
    if (kind.isEmpty()) {
      throw new MalformedEvent("no 'ev'");
    }
    if (kind.equals("status")) {
      output.status(fields.text(Field.STATUS), fields.text(Field.MESSAGE));
    }
  }

  private static String subject(WireFields fields) {
    String kind;
    try {
      kind = fields.text(Field.EV);
    } catch (MalformedEvent e) {
      kind = "";
    }
    if (kind.isEmpty()) {
      return "an event: ";
    }
    Field field = tickerField(fields);
    String symbol;
    try {
      symbol = field == null ? "" : fields.text(field);
    } catch (MalformedEvent e) {
      symbol = "";
    }
    return kind + "." + symbol + ": ";
  }

  private TickerEvent read(Channel channel, WireFields fields) {
    return switch (channel) {
      case TRADES -> trade(fields);
      case QUOTES -> market == Market.FOREX ? forexQuote(fields) : quote(fields);
      case SECOND_AGGREGATES -> aggregate(Timespan.SECOND, fields);
      case MINUTE_AGGREGATES -> aggregate(Timespan.MINUTE, fields);
      case LIMIT_UP_LIMIT_DOWN -> band(fields);
      case IMBALANCES -> imbalance(fields);
      case FAIR_MARKET_VALUES ->
          new FairMarketValue(ticker(fields), fields.number(Field.FMV), anyTime(fields));
      case LAUNCHPAD_VALUES ->
          new LaunchpadValue(ticker(fields), fields.number(Field.VAL), anyTime(fields));
      case VALUES -> new IndexValue(ticker(fields), fields.number(Field.VAL), time(fields));
      case BOOKS -> book(fields);
    };
  }

  private Trade trade(WireFields fields) {
    long time = time(fields);
    boolean crypto = market == Market.CRYPTO;
    return new Trade(
        ticker(fields),
        fields.number(Field.P),
        fields.number(fields.has(Field.DS) ? Field.DS : Field.S, 0),
        fields.codes(Field.C, conditions),
        crypto ? received(fields, time) : time,
        crypto ? time : 0,
        fields.small(Field.X),
        fields.text(Field.I),
        fields.small(Field.Z),
        fields.whole(Field.Q, 0),
        fields.small(Field.TRFI),
        nanoseconds(Field.TRFT, fields.whole(Field.TRFT, 0)));
  }

  private Quote quote(WireFields fields) {
    long time = time(fields);
    boolean crypto = market == Market.CRYPTO;
    return new Quote(
        ticker(fields),
        fields.small(crypto ? Field.X : Field.BX),
        fields.number(Field.BP, 0),
        fields.number(Field.BS, 0),
        fields.small(crypto ? Field.X : Field.AX),
        fields.number(Field.AP, 0),
        fields.number(Field.AS, 0),
        fields.codes(Field.C, conditions),
        fields.codes(Field.I, conditions),
        crypto ? received(fields, time) : time,
        crypto ? time : 0,
        fields.small(Field.Z),
        fields.whole(Field.Q, 0));
  }

  private Quote forexQuote(WireFields fields) {
    int exchange = fields.small(Field.X);
    return new Quote(
        ticker(fields),
        exchange,
        fields.number(Field.B, 0),
        0,
        exchange,
        fields.number(Field.A, 0),
        0,
        fields.codes(Field.C, conditions),
        fields.codes(Field.I, conditions),
        time(fields),
        0,
        0,
        0);
  }

  private Aggregate aggregate(Timespan timespan, WireFields fields) {
    long start = milliseconds(Field.S, fields.whole(Field.S));
    boolean dollars = market == Market.FUTURES;
    return new Aggregate(
        ticker(fields),
        timespan,
        start,
        milliseconds(Field.E, fields.whole(Field.E, start + timespan.millis())),
        fields.number(Field.O),
        fields.number(Field.H),
        fields.number(Field.L),
        fields.number(Field.C),
        fields.number(!dollars && fields.has(Field.DV) ? Field.DV : Field.V, 0),
        fields.number(Field.VW, 0),
        fields.number(fields.has(Field.DAV) ? Field.DAV : Field.AV, 0),
        fields.number(Field.OP, 0),
        fields.number(Field.A, 0),
        fields.number(Field.Z, 0),
        fields.whole(Field.N, 0),
        dollars ? fields.number(Field.DV, 0) : 0,
        fields.flag(Field.OTC));
  }

  private LimitUpLimitDown band(WireFields fields) {
    return new LimitUpLimitDown(
        ticker(fields),
        fields.number(Field.H, 0),
        fields.number(Field.L, 0),
        fields.codes(Field.I, conditions),
        anyTime(fields),
        fields.small(Field.Z),
        fields.whole(Field.Q, 0));
  }

  private Imbalance imbalance(WireFields fields) {
    return new Imbalance(
        ticker(fields),
        fields.small(Field.AT),
        fields.text(Field.A),
        fields.number(Field.O, 0),
        fields.number(Field.P, 0),
        fields.number(Field.B, 0),
        fields.small(Field.X),
        anyTime(fields),
        fields.whole(Field.I, 0));
  }

  private OrderBook book(WireFields fields) {
    return new OrderBook(
        ticker(fields),
        fields.levels(Field.B),
        fields.levels(Field.A),
        fields.small(Field.X),
        time(fields),
        received(fields, 0));
  }

  private Ticker ticker(WireFields fields) {
    Field field = tickerField(fields);
    if (field == null) {
      throw new MalformedEvent("no ticker");
    }
    try {
      return fields.ticker(field, tickers);
    } catch (PolygonException.InvalidRequest e) {
      throw new MalformedEvent("'" + field + "' is not a ticker");
    }
  }

  /** Where an event says what it is about: forex quotes say it in {@code p}. */
  private static @Nullable Field tickerField(WireFields fields) {
    if (fields.has(Field.SYM)) {
      return Field.SYM;
    }
    if (fields.has(Field.TICKER)) {
      return Field.TICKER;
    }
    if (fields.has(Field.PAIR)) {
      return Field.PAIR;
    }
    return fields.isText(Field.P) ? Field.P : null;
  }

  /** The ticker of a symbol as this market's stream spells it. */
  private Ticker spelled(String symbol) {
    if (market != Market.FOREX && market != Market.CRYPTO) {
      return new Ticker(symbol);
    }
    String pair =
        symbol.startsWith(market.prefix()) ? symbol.substring(market.prefix().length()) : symbol;
    return CurrencyPair.parse(pair).ticker(market);
  }

  /** When the vendor received it, Unix ns. */
  private static long received(WireFields fields, long absent) {
    return fields.has(Field.R) ? nanoseconds(Field.R, fields.whole(Field.R)) : absent;
  }

  /** A time that must be there, in milliseconds. */
  private static long time(WireFields fields) {
    return nanoseconds(Field.T, fields.whole(Field.T));
  }

  /**
   * A time that must be there, in milli-, micro- or nanoseconds: which one its size tells, since
   * 292 years of the finer unit are less than half a year of the coarser one.
   */
  private static long anyTime(WireFields fields) {
    long time = fields.whole(Field.T);
    if (time <= LAST_MILLISECOND) {
      return nanoseconds(Field.T, time);
    }
    return time <= LAST_MICROSECOND ? time * 1_000 : time;
  }

  private static long milliseconds(Field field, long milliseconds) {
    return nanoseconds(field, milliseconds) / 1_000_000;
  }

  private static long nanoseconds(Field field, long milliseconds) {
    if (milliseconds < 0 || milliseconds > LAST_MILLISECOND) {
      throw new MalformedEvent("'" + field + "' is no time in milliseconds: " + milliseconds);
    }
    return milliseconds * 1_000_000;
  }
}
