package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TickerEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToLongFunction;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;

/**
 * The columns of a recording: those of the events, and when and as which they arrived.
 *
 * @param session whose events they are
 */
record RecordedColumns<T extends TickerEvent>(
    TickColumns<T> events, MessageType schema, String session) implements TickColumns<Recorded<T>> {
  private static final String RECEIVED = "received_timestamp";
  private static final String ARRIVAL = "arrival";

  static <T extends TickerEvent> RecordedColumns<T> of(TickColumns<T> events, String session) {
    List<Type> columns = new ArrayList<>(events.schema().getFields());
    columns.add(TickColumns.instant(RECEIVED, Repetition.REQUIRED));
    columns.add(TickColumns.number(ARRIVAL));
    return new RecordedColumns<>(
        events, new MessageType(events.schema().getName(), columns), session);
  }

  @Override
  public String kind() {
    return events.kind();
  }

  @Override
  public void write(Recorded<T> seen, TickCells cells) {
    events.write(seen.event(), cells);
    cells.number(seen.received());
    cells.number(seen.arrival());
  }

  @Override
  public Rows<Recorded<T>> rows(Ticker ticker, TickBatch batch) {
    Rows<T> rows = events.rows(ticker, batch);
    IntToLongFunction received = batch.number(RECEIVED);
    IntToLongFunction arrival = batch.number(ARRIVAL);
    return row ->
        new Recorded<>(rows.get(row), received.applyAsLong(row), session, arrival.applyAsLong(row));
  }

  @Override
  public long time(Recorded<T> seen) {
    return events.time(seen.event());
  }

  @Override
  public long nanos(long value) {
    return events.nanos(value);
  }
}
