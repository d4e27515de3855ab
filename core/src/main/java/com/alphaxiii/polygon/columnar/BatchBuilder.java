package com.alphaxiii.polygon.columnar;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Collects rows cell by cell, in the order of the columns, up to a batch of them; then the same
 * arrays again for the next.
 */
public final class BatchBuilder {
  private final List<Column> columns;
  private final Collected[] collected;
  private final int most;
  private int rows;
  private int next;

  /**
   * For rows of these columns.
   *
   * @param most rows of a batch
   */
  public BatchBuilder(List<Column> columns, int most) {
    this.columns = List.copyOf(columns);
    this.most = most;
    this.collected =
        columns.stream()
            .map(column -> new Collected(column.type(), most))
            .toArray(Collected[]::new);
  }

  /** A moment or whole number. */
  public BatchBuilder whole(long value) {
    Collected column = collected[next++];
    if (column.longs.length > 0) {
      column.longs[rows] = value;
    } else {
      column.ints[rows] = Math.toIntExact(value);
    }
    return this;
  }

  /** A double. */
  public BatchBuilder real(double value) {
    collected[next++].doubles[rows] = value;
    return this;
  }

  /** A text. */
  public BatchBuilder text(String value) {
    collected[next++].append(rows, value.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** A list of whole numbers. */
  public BatchBuilder list(IntStream values) {
    collected[next++].append(rows, values.toArray());
    return this;
  }

  /** No cell. */
  public BatchBuilder absent() {
    Collected column = collected[next++];
    column.absent.set(rows);
    if (column.ends.length > 1) {
      column.ends[rows + 1] = column.ends[rows];
    }
    return this;
  }

  /** Ends a row, all of whose cells must be there; true when the batch is full. */
  public boolean endRow() {
    if (next != collected.length) {
      throw new IllegalStateException("%d cells for %d columns".formatted(next, collected.length));
    }
    next = 0;
    return ++rows == most;
  }

  /** The rows so far, valid until the next is begun; null when there are none. */
  public Table.@Nullable Batch take() {
    if (rows == 0) {
      return null;
    }
    int taken = rows;
    rows = 0;
    return new Table.Batch(
        taken,
        IntStream.range(0, collected.length)
            .mapToObj(i -> collected[i].cells(columns.get(i), taken))
            .toList());
  }

  /** The cells of one column so far. */
  private static final class Collected {
    private static final int CODES_A_ROW = 4;
    private static final int BYTES_A_ROW = 16;

    private final long[] longs;
    private final double[] doubles;
    private final int[] ends;
    private final BitSet absent = new BitSet();
    private int[] ints;
    private byte[] bytes;

    Collected(Column.Type type, int most) {
      boolean lists = type == Column.Type.INT32_LIST;
      boolean texts = type == Column.Type.TEXT;
      longs =
          switch (type) {
            case MILLIS, NANOS, INT64 -> new long[most];
            default -> new long[0];
          };
      doubles = new double[type == Column.Type.FLOAT64 ? most : 0];
      ints = new int[lists ? CODES_A_ROW * most : type == Column.Type.INT32 ? most : 0];
      bytes = new byte[texts ? BYTES_A_ROW * most : 0];
      ends = new int[lists || texts ? most + 1 : 1];
    }

    void append(int row, byte[] text) {
      int from = ends[row];
      if (from + text.length > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(from + text.length, 2 * bytes.length));
      }
      System.arraycopy(text, 0, bytes, from, text.length);
      ends[row + 1] = from + text.length;
    }

    void append(int row, int[] values) {
      int from = ends[row];
      if (from + values.length > ints.length) {
        ints = Arrays.copyOf(ints, Math.max(from + values.length, 2 * ints.length));
      }
      System.arraycopy(values, 0, ints, from, values.length);
      ends[row + 1] = from + values.length;
    }

    Cells cells(Column column, int rows) {
      Validity valid = Validity.of(rows, row -> !absent.get(row));
      absent.clear();
      return switch (column.type()) {
        case MILLIS, NANOS, INT64 -> new Cells.Longs(longs, 0, valid);
        case INT32 -> new Cells.Ints(ints, 0, valid);
        case FLOAT64 -> new Cells.Doubles(doubles, 0, valid);
        case TEXT -> new Cells.Texts(bytes, ends, valid);
        case INT32_LIST -> new Cells.IntLists(ints, ends);
      };
    }
  }
}
