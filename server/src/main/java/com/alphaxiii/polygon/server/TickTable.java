package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.columnar.BatchBuilder;
import com.alphaxiii.polygon.columnar.Column;
import com.alphaxiii.polygon.columnar.Table;
import com.alphaxiii.polygon.core.Cursor;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Ticks as a table, taken from their source a batch at a time. */
final class TickTable<T> implements Table {
  /** A few megabytes of the widest rows. */
  private static final int BATCH_ROWS = 16_384;

  private final TicksQuery query;
  private final Cursor<T> ticks;
  private final TickRow<T> row;
  private final List<Column> columns;

  TickTable(TicksQuery query, Cursor<T> ticks, TickRow<T> row) {
    this.query = query;
    this.ticks = ticks;
    this.row = row;
    this.columns = row.columns(query.zone());
  }

  @Override
  public List<Column> columns() {
    return columns;
  }

  @Override
  public Iterator<Batch> batches() {
    return new Batches();
  }

  private final class Batches implements Iterator<Batch> {
    private final BatchBuilder builder = new BatchBuilder(columns, BATCH_ROWS);
    private long count;
    private @Nullable Batch next;

    @Override
    public boolean hasNext() {
      if (next == null) {
        next = collect();
      }
      return next != null;
    }

    private @Nullable Batch collect() {
      boolean full = false;
      while (!full && count < query.limit() && ticks.hasNext()) {
        row.cells(ticks.next(), builder);
        full = builder.endRow();
        count++;
      }
      return builder.take();
    }

    @Override
    public Batch next() {
      if (!hasNext() || next == null) {
        throw new NoSuchElementException();
      }
      Batch taken = next;
      next = null;
      return taken;
    }
  }
}
