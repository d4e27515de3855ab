package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.Aggregate;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.Timespan;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;
import org.apache.parquet.schema.MessageType;

/**
 * The columns of a file of live bars, all of one length.
 *
 * @param timespan of all of them
 */
record AggregateColumns(Timespan timespan) implements TickColumns<Aggregate> {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private static final MessageType SCHEMA =
      TickColumns.schema(
          "aggregates",
          TickColumns.millis("window_end"),
          TickColumns.millis("window_start"),
          TickColumns.real("open"),
          TickColumns.real("high"),
          TickColumns.real("low"),
          TickColumns.real("close"),
          TickColumns.real("volume"),
          TickColumns.real("vwap"),
          TickColumns.real("accumulated_volume"),
          TickColumns.real("day_open"),
          TickColumns.real("day_vwap"),
          TickColumns.real("average_size"),
          TickColumns.number("transactions"),
          TickColumns.real("dollar_volume"),
          TickColumns.flag("otc"));

  @Override
  public String kind() {
    return timespan.vendorWord() + "_aggregates";
  }

  @Override
  public MessageType schema() {
    return SCHEMA;
  }

  @Override
  public void write(Aggregate bar, TickCells cells) {
    cells.number(bar.end());
    cells.number(bar.start());
    cells.real(bar.open());
    cells.real(bar.high());
    cells.real(bar.low());
    cells.real(bar.close());
    cells.real(bar.volume());
    cells.real(bar.vwap());
    cells.real(bar.accumulatedVolume());
    cells.real(bar.dayOpen());
    cells.real(bar.dayVwap());
    cells.real(bar.averageSize());
    cells.number(bar.transactions());
    cells.real(bar.dollarVolume());
    cells.flag(bar.otc());
  }

  @Override
  public Rows<Aggregate> rows(Ticker ticker, TickBatch batch) {
    IntToLongFunction end = batch.number("window_end");
    IntToLongFunction start = batch.number("window_start");
    IntToDoubleFunction open = batch.real("open");
    IntToDoubleFunction high = batch.real("high");
    IntToDoubleFunction low = batch.real("low");
    IntToDoubleFunction close = batch.real("close");
    IntToDoubleFunction volume = batch.real("volume");
    IntToDoubleFunction vwap = batch.real("vwap");
    IntToDoubleFunction accumulated = batch.real("accumulated_volume");
    IntToDoubleFunction dayOpen = batch.real("day_open");
    IntToDoubleFunction dayVwap = batch.real("day_vwap");
    IntToDoubleFunction averageSize = batch.real("average_size");
    IntToLongFunction transactions = batch.number("transactions");
    IntToDoubleFunction dollarVolume = batch.real("dollar_volume");
    IntPredicate otc = batch.flag("otc");
    return row ->
        new Aggregate(
            ticker,
            timespan,
            start.applyAsLong(row),
            end.applyAsLong(row),
            open.applyAsDouble(row),
            high.applyAsDouble(row),
            low.applyAsDouble(row),
            close.applyAsDouble(row),
            volume.applyAsDouble(row),
            vwap.applyAsDouble(row),
            accumulated.applyAsDouble(row),
            dayOpen.applyAsDouble(row),
            dayVwap.applyAsDouble(row),
            averageSize.applyAsDouble(row),
            transactions.applyAsLong(row),
            dollarVolume.applyAsDouble(row),
            otc.test(row));
  }

  @Override
  public long time(Aggregate bar) {
    return bar.time();
  }

  @Override
  public long nanos(long value) {
    return value * NANOS_PER_MILLI;
  }
}
