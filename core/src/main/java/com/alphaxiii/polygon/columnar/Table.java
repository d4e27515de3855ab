package com.alphaxiii.polygon.columnar;

import java.util.Iterator;
import java.util.List;

/** Rows with named columns, of which a batch at a time is in memory. */
public interface Table {
  /** The columns, in order. */
  List<Column> columns();

  /**
   * The rows, each batch with a {@link Cells} for every column; asked for once. The arrays of a
   * batch may be used again for the next.
   */
  Iterator<Batch> batches();

  /**
   * Some rows.
   *
   * @param rows how many; at least one
   * @param cells of each column, in order
   */
  record Batch(int rows, List<Cells> cells) {}
}
