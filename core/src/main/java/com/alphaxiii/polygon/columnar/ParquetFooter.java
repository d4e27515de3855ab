package com.alphaxiii.polygon.columnar;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stands at the end of a Parquet file: its columns, and where its row groups lie. */
final class ParquetFooter {
  private static final String CREATED_BY = "polygon";

  /** Readers that know Arrow take zones from here. */
  private static final String ARROW_SCHEMA = "ARROW:schema";

  // Of the format's enumerations.
  private static final int INT32 = 1;
  private static final int INT64 = 2;
  private static final int DOUBLE = 5;
  private static final int BYTE_ARRAY = 6;
  private static final int REQUIRED = 0;
  private static final int OPTIONAL = 1;
  private static final int REPEATED = 2;
  private static final int UTF8 = 0;
  private static final int LIST = 3;
  private static final int TIMESTAMP_MILLIS = 9;
  private static final int PLAIN = 0;
  private static final int RLE = 3;
  private static final int UNCOMPRESSED = 0;

  /** The rows of a batch. */
  record RowGroup(int rows, List<Chunk> chunks) {}

  /**
   * One column of them.
   *
   * @param begin of its page's header
   * @param bounds null where there are none
   */
  record Chunk(long begin, long bytes, int values, @Nullable Bounds bounds) {}

  /** Least and greatest moment of a column, by which readers skip row groups. */
  record Bounds(long least, long greatest) {
    static @Nullable Bounds of(Column column, Cells cells, int rows) {
      if (column.nullable() || !(cells instanceof Cells.Longs longs)) {
        return null;
      }
      long least = Long.MAX_VALUE;
      long greatest = Long.MIN_VALUE;
      for (int row = longs.from(); row < longs.from() + rows; row++) {
        least = Math.min(least, longs.values()[row]);
        greatest = Math.max(greatest, longs.values()[row]);
      }
      return new Bounds(least, greatest);
    }
  }

  private ParquetFooter() {}

  static byte[] of(List<Column> columns, List<RowGroup> groups) {
    CompactThrift thrift = new CompactThrift().i32(1, 2);
    schema(thrift, columns);
    thrift.i64(3, groups.stream().mapToLong(RowGroup::rows).sum()).structs(4, groups.size());
    for (RowGroup group : groups) {
      group(thrift, columns, group);
    }
    thrift.structs(5, 1).element().text(1, ARROW_SCHEMA).text(2, arrowSchema(columns)).end();
    thrift.text(6, CREATED_BY).structs(7, columns.size());
    columns.forEach(column -> thrift.element().mark(1).end());
    return thrift.end().toBytes();
  }

  /** The message as a stream has it, as text. */
  private static String arrowSchema(List<Column> columns) {
    byte[] message = ArrowMetadata.schemaMessage(columns);
    ByteBuffer whole =
        ByteBuffer.allocate(2 * Integer.BYTES + message.length).order(ByteOrder.LITTLE_ENDIAN);
    whole.putInt(-1).putInt(message.length).put(message);
    return Base64.getEncoder().encodeToString(whole.array());
  }

  private static void schema(CompactThrift thrift, List<Column> columns) {
    int lists = (int) columns.stream().filter(c -> c.type() == Column.Type.INT32_LIST).count();
    thrift.structs(2, 1 + columns.size() + 2 * lists);
    thrift.element().text(4, "schema").i32(5, columns.size()).end();
    for (Column column : columns) {
      element(thrift, column);
    }
  }

  private static void element(CompactThrift thrift, Column column) {
    int repetition = column.nullable() ? OPTIONAL : REQUIRED;
    if (column.type() == Column.Type.INT32_LIST) {
      thrift.element().i32(3, repetition).text(4, column.name()).i32(5, 1).i32(6, LIST);
      thrift.struct(10).mark(3).end().end();
      thrift.element().i32(3, REPEATED).text(4, "list").i32(5, 1).end();
      thrift.element().i32(1, INT32).i32(3, REQUIRED).text(4, "element").end();
      return;
    }
    thrift.element().i32(1, physical(column)).i32(3, repetition).text(4, column.name());
    switch (column.type()) {
      case MILLIS -> {
        thrift.i32(6, TIMESTAMP_MILLIS);
        timestamp(thrift, 1);
      }
      case NANOS -> timestamp(thrift, 3);
      case TEXT -> thrift.i32(6, UTF8).struct(10).mark(1).end();
      default -> {}
    }
    thrift.end();
  }

  private static void timestamp(CompactThrift thrift, int unit) {
    thrift.struct(10).struct(8).bool(1, true).struct(2).mark(unit).end().end().end();
  }

  private static int physical(Column column) {
    return switch (column.type()) {
      case MILLIS, NANOS, INT64 -> INT64;
      case INT32, INT32_LIST -> INT32;
      case FLOAT64 -> DOUBLE;
      case TEXT -> BYTE_ARRAY;
    };
  }

  private static void group(CompactThrift thrift, List<Column> columns, RowGroup group) {
    thrift.element().structs(1, columns.size());
    for (int i = 0; i < columns.size(); i++) {
      chunk(thrift, columns.get(i), group.chunks().get(i));
    }
    long bytes = group.chunks().stream().mapToLong(Chunk::bytes).sum();
    thrift.i64(2, bytes).i64(3, group.rows()).i64(5, group.chunks().getFirst().begin());
    thrift.i64(6, bytes).end();
  }

  private static void chunk(CompactThrift thrift, Column column, Chunk chunk) {
    thrift.element().i64(2, 0).struct(3).i32(1, physical(column)).i32s(2, PLAIN, RLE);
    if (column.type() == Column.Type.INT32_LIST) {
      thrift.texts(3, column.name(), "list", "element");
    } else {
      thrift.texts(3, column.name());
    }
    thrift.i32(4, UNCOMPRESSED).i64(5, chunk.values()).i64(6, chunk.bytes());
    thrift.i64(7, chunk.bytes()).i64(9, chunk.begin());
    Bounds bounds = chunk.bounds();
    if (bounds != null) {
      thrift
          .struct(12)
          .i64(3, 0)
          .binary(5, bytes(bounds.greatest()))
          .binary(6, bytes(bounds.least()));
      thrift.end();
    }
    thrift.end().end();
  }

  private static byte[] bytes(long value) {
    return ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
  }
}
