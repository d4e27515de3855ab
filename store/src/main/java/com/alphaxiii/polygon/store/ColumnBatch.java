package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.Conditions;
import dev.hardwood.reader.ColumnReader;
import dev.hardwood.reader.ColumnReaders;
import dev.hardwood.reader.Validity;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;
import java.util.function.IntUnaryOperator;

/** Some rows of a Parquet file. Valid until the readers go on. */
final class ColumnBatch implements TickBatch {
  private final ColumnReaders columns;

  /** Most ticks share a few sets of conditions. */
  private final Map<Conditions, Conditions> shared;

  ColumnBatch(ColumnReaders columns, Map<Conditions, Conditions> shared) {
    this.columns = columns;
    this.shared = shared;
  }

  static Map<Conditions, Conditions> noneShared() {
    return new HashMap<>();
  }

  @Override
  public IntToDoubleFunction real(String name) {
    double[] values = columns.getColumnReader(name).getDoubles();
    return row -> values[row];
  }

  @Override
  public IntUnaryOperator code(String name) {
    int[] values = columns.getColumnReader(name).getInts();
    return row -> values[row];
  }

  @Override
  public IntToLongFunction number(String name) {
    long[] values = columns.getColumnReader(name).getLongs();
    return row -> values[row];
  }

  @Override
  public IntToLongFunction numberOrZero(String name) {
    ColumnReader column = columns.getColumnReader(name);
    long[] values = column.getLongs();
    Validity present = column.getLeafValidity();
    return present.hasNulls() ? row -> present.isNull(row) ? 0 : values[row] : row -> values[row];
  }

  @Override
  public IntFunction<String> textOrEmpty(String name) {
    ColumnReader column = columns.getColumnReader(name);
    String[] values = column.getStrings();
    Validity present = column.getLeafValidity();
    return row -> present.isNull(row) ? "" : values[row];
  }

  @Override
  public IntFunction<Conditions> codes(String name) {
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

  @Override
  public IntPredicate flag(String name) {
    boolean[] values = columns.getColumnReader(name).getBooleans();
    return row -> values[row];
  }

  @Override
  public IntFunction<double[]> reals(String name) {
    ColumnReader column = columns.getColumnReader(name + ".list.element");
    double[] values = column.getDoubles();
    int[] offsets = column.getLayerOffsets(0);
    return row -> Arrays.copyOfRange(values, offsets[row], offsets[row + 1]);
  }
}
