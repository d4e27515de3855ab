package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.Conditions;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.Trade;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;
import java.util.function.IntUnaryOperator;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type.Repetition;

/** The columns of a file of trades. */
final class TradeColumns implements TickColumns<Trade> {
  private static final MessageType SCHEMA =
      TickColumns.schema(
          "trades",
          TickColumns.instant(TIME, Repetition.REQUIRED),
          TickColumns.real("price"),
          TickColumns.real("size"),
          TickColumns.code("exchange"),
          TickColumns.codes("conditions"),
          TickColumns.number("sequence_number"),
          TickColumns.text("id"),
          TickColumns.instant("participant_timestamp", Repetition.OPTIONAL),
          TickColumns.code("tape"),
          TickColumns.code("trf_id"),
          TickColumns.instant("trf_timestamp", Repetition.OPTIONAL),
          TickColumns.code("correction"));

  @Override
  public String kind() {
    return "trades";
  }

  @Override
  public MessageType schema() {
    return SCHEMA;
  }

  @Override
  public void write(Trade trade, TickCells cells) {
    cells.number(trade.sipTime());
    cells.real(trade.price());
    cells.real(trade.size());
    cells.code(trade.exchange());
    cells.codes(trade.conditions());
    cells.number(trade.sequence());
    cells.textUnlessEmpty(trade.id());
    cells.numberUnlessZero(trade.participantTime());
    cells.code(trade.tape());
    cells.code(trade.trfId());
    cells.numberUnlessZero(trade.trfTime());
    cells.code(trade.correction());
  }

  @Override
  public Rows<Trade> rows(Ticker ticker, TickBatch batch) {
    IntToLongFunction sipTime = batch.number(TIME);
    IntToDoubleFunction price = batch.real("price");
    IntToDoubleFunction size = batch.real("size");
    IntUnaryOperator exchange = batch.code("exchange");
    IntFunction<Conditions> conditions = batch.codes("conditions");
    IntToLongFunction sequence = batch.number("sequence_number");
    IntFunction<String> id = batch.textOrEmpty("id");
    IntToLongFunction participantTime = batch.numberOrZero("participant_timestamp");
    IntUnaryOperator tape = batch.code("tape");
    IntUnaryOperator trfId = batch.code("trf_id");
    IntToLongFunction trfTime = batch.numberOrZero("trf_timestamp");
    IntUnaryOperator correction = batch.code("correction");
    return row ->
        new Trade(
            ticker,
            price.applyAsDouble(row),
            size.applyAsDouble(row),
            conditions.apply(row),
            sipTime.applyAsLong(row),
            participantTime.applyAsLong(row),
            exchange.applyAsInt(row),
            id.apply(row),
            tape.applyAsInt(row),
            sequence.applyAsLong(row),
            trfId.applyAsInt(row),
            trfTime.applyAsLong(row),
            correction.applyAsInt(row));
  }

  @Override
  public long time(Trade trade) {
    return time(trade.ticker(), trade.sipTime(), trade.participantTime());
  }

  /** Where there is no SIP, the vendor goes by the exchange's time. */
  static long time(Ticker ticker, long sipTime, long participantTime) {
    boolean sip = ticker.market() == Market.STOCKS || ticker.market() == Market.OPTIONS;
    return sip || participantTime == 0 ? sipTime : participantTime;
  }
}
