package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.Conditions;
import java.util.List;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.io.api.Binary;

/** The cells of the columns of a Parquet file. */
final class ColumnCells implements TickCells {
  private final List<ColumnWriter> columns;
  private int next;

  ColumnCells(List<ColumnWriter> columns) {
    this.columns = columns;
  }

  /** The next value belongs to the first column again. */
  void beginRow() {
    next = 0;
  }

  /** Whether every column of the row has its value. */
  boolean rowIsFull() {
    return next == columns.size();
  }

  @Override
  public void real(double value) {
    column().write(value, 0, 0);
  }

  @Override
  public void code(int value) {
    column().write(value, 0, 0);
  }

  @Override
  public void flag(boolean value) {
    column().write(value, 0, 0);
  }

  @Override
  public void number(long value) {
    column().write(value, 0, 0);
  }

  @Override
  public void numberUnlessZero(long value) {
    if (value == 0) {
      column().writeNull(0, 0);
    } else {
      column().write(value, 0, 1);
    }
  }

  @Override
  public void textUnlessEmpty(String value) {
    if (value.isEmpty()) {
      column().writeNull(0, 0);
    } else {
      column().write(Binary.fromString(value), 0, 1);
    }
  }

  @Override
  public void codes(Conditions conditions) {
    ColumnWriter column = column();
    if (conditions.size() == 0) {
      column.writeNull(0, 0);
    }
    for (int i = 0; i < conditions.size(); i++) {
      column.write(conditions.get(i), i == 0 ? 0 : 1, 1);
    }
  }

  @Override
  public void reals(double[] values) {
    ColumnWriter column = column();
    if (values.length == 0) {
      column.writeNull(0, 0);
    }
    for (int i = 0; i < values.length; i++) {
      column.write(values[i], i == 0 ? 0 : 1, 1);
    }
  }

  private ColumnWriter column() {
    return columns.get(next++);
  }
}
