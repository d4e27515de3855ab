package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TickerEvent;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;
import java.util.function.ToDoubleFunction;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type.Repetition;

/**
 * The columns of a file of events that are a single number.
 *
 * @param value the number of an event
 * @param event makes an event of ticker, number and time in Unix ns
 */
record ValueColumns<T extends TickerEvent>(String kind, ToDoubleFunction<T> value, Maker<T> event)
    implements TickColumns<T> {
  private static final MessageType SCHEMA =
      TickColumns.schema(
          "values",
          TickColumns.instant("timestamp", Repetition.REQUIRED),
          TickColumns.real("value"));

  @FunctionalInterface
  interface Maker<T> {
    T make(Ticker ticker, double value, long time);
  }

  @Override
  public MessageType schema() {
    return SCHEMA;
  }

  @Override
  public void write(T tick, TickCells cells) {
    cells.number(tick.time());
    cells.real(value.applyAsDouble(tick));
  }

  @Override
  public Rows<T> rows(Ticker ticker, TickBatch batch) {
    IntToLongFunction time = batch.number("timestamp");
    IntToDoubleFunction number = batch.real("value");
    return row -> event.make(ticker, number.applyAsDouble(row), time.applyAsLong(row));
  }

  @Override
  public long time(T tick) {
    return tick.time();
  }
}
