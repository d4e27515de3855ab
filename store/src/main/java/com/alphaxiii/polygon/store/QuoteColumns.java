package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.Conditions;
import com.alphaxiii.polygon.core.Quote;
import com.alphaxiii.polygon.core.Ticker;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;
import java.util.function.IntUnaryOperator;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type.Repetition;

/** The columns of a file of quotes. */
final class QuoteColumns implements TickColumns<Quote> {
  private static final MessageType SCHEMA =
      TickColumns.schema(
          "quotes",
          TickColumns.instant(TIME, Repetition.REQUIRED),
          TickColumns.real("bid_price"),
          TickColumns.real("bid_size"),
          TickColumns.code("bid_exchange"),
          TickColumns.real("ask_price"),
          TickColumns.real("ask_size"),
          TickColumns.code("ask_exchange"),
          TickColumns.codes("conditions"),
          TickColumns.codes("indicators"),
          TickColumns.number("sequence_number"),
          TickColumns.instant("participant_timestamp", Repetition.OPTIONAL),
          TickColumns.instant("trf_timestamp", Repetition.OPTIONAL),
          TickColumns.code("tape"));

  @Override
  public String kind() {
    return "quotes";
  }

  @Override
  public MessageType schema() {
    return SCHEMA;
  }

  @Override
  public void write(Quote quote, TickCells cells) {
    cells.number(quote.sipTime());
    cells.real(quote.bidPrice());
    cells.real(quote.bidSize());
    cells.code(quote.bidExchange());
    cells.real(quote.askPrice());
    cells.real(quote.askSize());
    cells.code(quote.askExchange());
    cells.codes(quote.conditions());
    cells.codes(quote.indicators());
    cells.number(quote.sequence());
    cells.numberUnlessZero(quote.participantTime());
    cells.numberUnlessZero(quote.trfTime());
    cells.code(quote.tape());
  }

  @Override
  public Rows<Quote> rows(Ticker ticker, TickBatch batch) {
    IntToLongFunction sipTime = batch.number(TIME);
    IntToDoubleFunction bidPrice = batch.real("bid_price");
    IntToDoubleFunction bidSize = batch.real("bid_size");
    IntUnaryOperator bidExchange = batch.code("bid_exchange");
    IntToDoubleFunction askPrice = batch.real("ask_price");
    IntToDoubleFunction askSize = batch.real("ask_size");
    IntUnaryOperator askExchange = batch.code("ask_exchange");
    IntFunction<Conditions> conditions = batch.codes("conditions");
    IntFunction<Conditions> indicators = batch.codes("indicators");
    IntToLongFunction sequence = batch.number("sequence_number");
    IntToLongFunction participantTime = batch.numberOrZero("participant_timestamp");
    IntToLongFunction trfTime = batch.numberOrZero("trf_timestamp");
    IntUnaryOperator tape = batch.code("tape");
    return row ->
        new Quote(
            ticker,
            bidExchange.applyAsInt(row),
            bidPrice.applyAsDouble(row),
            bidSize.applyAsDouble(row),
            askExchange.applyAsInt(row),
            askPrice.applyAsDouble(row),
            askSize.applyAsDouble(row),
            conditions.apply(row),
            indicators.apply(row),
            sipTime.applyAsLong(row),
            participantTime.applyAsLong(row),
            tape.applyAsInt(row),
            sequence.applyAsLong(row),
            trfTime.applyAsLong(row));
  }

  @Override
  public long time(Quote quote) {
    return TradeColumns.time(quote.ticker(), quote.sipTime(), quote.participantTime());
  }
}
