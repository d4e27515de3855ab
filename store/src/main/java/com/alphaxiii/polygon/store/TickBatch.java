package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.Conditions;
import dev.hardwood.reader.ColumnReader;
import dev.hardwood.reader.ColumnReaders;
import dev.hardwood.reader.Validity;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;
import java.util.function.IntUnaryOperator;

/** Some rows of a file, column by column. Valid until the readers go on. */
final class TickBatch {
  private final ColumnReaders columns;

  /** Most ticks share a few sets of conditions. */
  private final Map<Conditions, Conditions> shared;

  TickBatch(ColumnReaders columns, Map<Conditions, Conditions> shared) {
    this.columns = columns;
    this.shared = shared;
  }

  static Map<Conditions, Conditions> noneShared() {
    return new HashMap<>();
  }

  IntToDoubleFunction real(String name) {
    double[] values = columns.getColumnReader(name).getDoubles();
    return row -> values[row];
  }

  IntUnaryOperator code(String name) {
    int[] values = columns.getColumnReader(name).getInts();
    return row -> values[row];
  }

  IntToLongFunction number(String name) {
    long[] values = columns.getColumnReader(name).getLongs();
    return row -> values[row];
  }

  IntToLongFunction numberOrZero(String name) {
    ColumnReader column = columns.getColumnReader(name);
    long[] values = column.getLongs();
    Validity present = column.getLeafValidity();
    return present.hasNulls() ? row -> present.isNull(row) ? 0 : values[row] : row -> values[row];
  }

  IntFunction<String> textOrEmpty(String name) {
    ColumnReader column = columns.getColumnReader(name);
    String[] values = column.getStrings();
    Validity present = column.getLeafValidity();
    return row -> present.isNull(row) ? "" : values[row];
  }

  IntFunction<Conditions> codes(String name) {
    ColumnReader column = columns.getColumnReader(name + ".list.element");
    int[] values = column.getInts();
    int[] offsets = column.getLayerOffsets(0);
    return row -> {
      int from = offsets[row];
      int size = offsets[row + 1] - from;
      if (size == 0) {
        return Conditions.NONE;
      }
      int[] codes = new int[size];
      System.arraycopy(values, from, codes, 0, size);
      Conditions conditions = Conditions.of(codes);
      Conditions known = shared.putIfAbsent(conditions, conditions);
      return known == null ? conditions : known;
    };
  }
}
