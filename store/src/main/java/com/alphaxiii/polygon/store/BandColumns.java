package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.Conditions;
import com.alphaxiii.polygon.core.LimitUpLimitDown;
import com.alphaxiii.polygon.core.Ticker;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;
import java.util.function.IntUnaryOperator;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type.Repetition;

/** The columns of a file of price bands. */
final class BandColumns implements TickColumns<LimitUpLimitDown> {
  private static final MessageType SCHEMA =
      TickColumns.schema(
          "price_bands",
          TickColumns.instant("timestamp", Repetition.REQUIRED),
          TickColumns.real("upper"),
          TickColumns.real("lower"),
          TickColumns.codes("indicators"),
          TickColumns.code("tape"),
          TickColumns.number("sequence_number"));

  @Override
  public String kind() {
    return "price_bands";
  }

  @Override
  public MessageType schema() {
    return SCHEMA;
  }

  @Override
  public void write(LimitUpLimitDown band, TickCells cells) {
    cells.number(band.time());
    cells.real(band.upper());
    cells.real(band.lower());
    cells.codes(band.indicators());
    cells.code(band.tape());
    cells.number(band.sequence());
  }

  @Override
  public Rows<LimitUpLimitDown> rows(Ticker ticker, TickBatch batch) {
    IntToLongFunction time = batch.number("timestamp");
    IntToDoubleFunction upper = batch.real("upper");
    IntToDoubleFunction lower = batch.real("lower");
    IntFunction<Conditions> indicators = batch.codes("indicators");
    IntUnaryOperator tape = batch.code("tape");
    IntToLongFunction sequence = batch.number("sequence_number");
    return row ->
        new LimitUpLimitDown(
            ticker,
            upper.applyAsDouble(row),
            lower.applyAsDouble(row),
            indicators.apply(row),
            time.applyAsLong(row),
            tape.applyAsInt(row),
            sequence.applyAsLong(row));
  }

  @Override
  public long time(LimitUpLimitDown band) {
    return band.time();
  }
}
