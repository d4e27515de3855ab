package com.alphaxiii.polygon.columnar;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Arrow's metadata: schema, record batches and a file's footer, by version 5 of the format. */
final class ArrowMetadata {
  private static final int VERSION_5 = 4;

  // Kinds of message.
  private static final int SCHEMA = 1;
  private static final int RECORD_BATCH = 3;

  // Types.
  private static final int INT = 2;
  private static final int FLOATING_POINT = 3;
  private static final int UTF8 = 5;
  private static final int TIMESTAMP = 10;
  private static final int LIST = 12;

  private static final int DOUBLE_PRECISION = 2;
  private static final int MILLISECOND = 1;
  private static final int NANOSECOND = 3;

  private ArrowMetadata() {}

  /** The message that tells the columns. */
  static byte[] schemaMessage(List<Column> columns) {
    FlatBuffer buffer = new FlatBuffer();
    int schema = schema(buffer, columns);
    return message(buffer, SCHEMA, schema, 0);
  }

  /**
   * The message before the cells of a batch.
   *
   * @param nodes rows and absent cells of each column and, behind a list, of its elements
   * @param buffers begin and length of each part of the body
   */
  static byte[] batchMessage(long rows, long[] nodes, long[] buffers, long bodyBytes) {
    FlatBuffer buffer = new FlatBuffer();
    int parts = buffer.structs(buffers, 2);
    int counts = buffer.structs(nodes, 2);
    int batch = buffer.table(4).large(0, rows).reference(1, counts).reference(2, parts).end();
    return message(buffer, RECORD_BATCH, batch, bodyBytes);
  }

  /**
   * What stands at the end of a file.
   *
   * @param blocks where each batch lies: begin, bytes of the message, bytes of the body
   */
  static byte[] footer(List<Column> columns, List<long[]> blocks) {
    FlatBuffer buffer = new FlatBuffer();
    long[] all = blocks.stream().flatMapToLong(Arrays::stream).toArray();
    int batches = buffer.structs(all, 3);
    int dictionaries = buffer.structs(new long[0], 3);
    int schema = schema(buffer, columns);
    return buffer.finish(
        buffer
            .table(4)
            .reference(1, schema)
            .reference(2, dictionaries)
            .reference(3, batches)
            .small(0, VERSION_5)
            .end());
  }

  private static byte[] message(FlatBuffer buffer, int kind, int header, long bodyBytes) {
    return buffer.finish(
        buffer
            .table(4)
            .large(3, bodyBytes)
            .reference(2, header)
            .small(0, VERSION_5)
            .tiny(1, kind)
            .end());
  }

  private static int schema(FlatBuffer buffer, List<Column> columns) {
    List<Integer> fields = new ArrayList<>();
    for (Column column : columns) {
      fields.add(field(buffer, column));
    }
    int vector = buffer.references(fields.stream().mapToInt(Integer::intValue).toArray());
    return buffer.table(2).small(0, 0).reference(1, vector).end();
  }

  private static int field(FlatBuffer buffer, Column column) {
    return switch (column.type()) {
      case MILLIS ->
          field(buffer, column, TIMESTAMP, timestamp(buffer, MILLISECOND, column.zone()));
      case NANOS -> field(buffer, column, TIMESTAMP, timestamp(buffer, NANOSECOND, column.zone()));
      case INT64 -> field(buffer, column, INT, integer(buffer, Long.SIZE));
      case INT32 -> field(buffer, column, INT, integer(buffer, Integer.SIZE));
      case FLOAT64 ->
          field(buffer, column, FLOATING_POINT, buffer.table(1).small(0, DOUBLE_PRECISION).end());
      case TEXT -> field(buffer, column, UTF8, buffer.table(0).end());
      case INT32_LIST -> {
        Column element = Column.required("element", Column.Type.INT32);
        int child = field(buffer, element);
        yield field(buffer, column, LIST, buffer.table(0).end(), child);
      }
    };
  }

  private static int timestamp(FlatBuffer buffer, int unit, @Nullable ZoneId zone) {
    int name = buffer.text(zone == null ? "UTC" : arrowName(zone));
    return buffer.table(2).reference(1, name).small(0, unit).end();
  }

  /** A name of the zone database, or an offset with its minutes. */
  private static String arrowName(ZoneId zone) {
    String name = zone.normalized().getId();
    return name.equals("Z") ? "UTC" : name;
  }

  private static int integer(FlatBuffer buffer, int bits) {
    return buffer.table(2).integer(0, bits).bool(1, true).end();
  }

  private static int field(FlatBuffer buffer, Column column, int kind, int type, int... children) {
    int elements = buffer.references(children);
    int name = buffer.text(column.name());
    return buffer
        .table(6)
        .reference(0, name)
        .reference(3, type)
        .reference(5, elements)
        .bool(1, column.nullable())
        .tiny(2, kind)
        .end();
  }
}
