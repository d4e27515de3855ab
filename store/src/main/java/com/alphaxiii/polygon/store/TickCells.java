package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.Conditions;
import java.util.List;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.io.api.Binary;

/** Takes the values of one row after the other, column by column from the first to the last. */
final class TickCells {
  private final List<ColumnWriter> columns;
  private int next;

  TickCells(List<ColumnWriter> columns) {
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

  void real(double value) {
    column().write(value, 0, 0);
  }

  void code(int value) {
    column().write(value, 0, 0);
  }

  void number(long value) {
    column().write(value, 0, 0);
  }

  /** A time or number of an optional column; zero is what was not sent. */
  void numberUnlessZero(long value) {
    if (value == 0) {
      column().writeNull(0, 0);
    } else {
      column().write(value, 0, 1);
    }
  }

  /** A text of an optional column; the empty one is what was not sent. */
  void textUnlessEmpty(String value) {
    if (value.isEmpty()) {
      column().writeNull(0, 0);
    } else {
      column().write(Binary.fromString(value), 0, 1);
    }
  }

  void codes(Conditions conditions) {
    ColumnWriter column = column();
    if (conditions.size() == 0) {
      column.writeNull(0, 0);
    }
    for (int i = 0; i < conditions.size(); i++) {
      column.write(conditions.get(i), i == 0 ? 0 : 1, 1);
    }
  }

  private ColumnWriter column() {
    return columns.get(next++);
  }
}
