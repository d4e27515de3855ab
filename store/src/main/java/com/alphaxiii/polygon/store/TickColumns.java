package com.alphaxiii.polygon.store;

import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BOOLEAN;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import com.alphaxiii.polygon.core.Ticker;
import java.util.List;
import org.apache.parquet.schema.ColumnOrder;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/**
 * How one kind of tick lies in the columns of a file. Columns have the vendor's names; what was not
 * sent is null where zero would mislead: times but the SIP's, and ids.
 */
interface TickColumns<T> {
  /** By which a range is found: the vendor's time of the event. */
  String TIME = "sip_timestamp";

  /** Such as {@code trades}, as files and the vendor's paths say it. */
  String kind();

  MessageType schema();

  /** Writes all values of a tick, in the schema's order. */
  void write(T tick, TickCells cells);

  /** Reads rows one after the other, in the order of the batch. */
  Rows<T> rows(Ticker ticker, TickBatch batch);

  /** Unix ns by which the vendor puts a tick into a range. */
  long time(T tick);

  /** Unix ns of a value of the first column, which is a time. */
  default long nanos(long value) {
    return value;
  }

  /** The ticks of a batch. */
  @FunctionalInterface
  interface Rows<T> {
    /**
     * A tick.
     *
     * @param index from 0
     */
    T get(int index);
  }

  /** Nanoseconds of Unix time in UTC. */
  static Type instant(String name, Type.Repetition repetition) {
    return Types.primitive(INT64, repetition)
        .as(LogicalTypeAnnotation.timestampType(true, TimeUnit.NANOS))
        .named(name);
  }

  static Type real(String name) {
    // The type's own order, since readers that do not know the newer one would ignore statistics.
    return Types.primitive(DOUBLE, Type.Repetition.REQUIRED)
        .columnOrder(ColumnOrder.typeDefined())
        .named(name);
  }

  static Type code(String name) {
    return Types.primitive(INT32, Type.Repetition.REQUIRED).named(name);
  }

  static Type number(String name) {
    return Types.primitive(INT64, Type.Repetition.REQUIRED).named(name);
  }

  static Type text(String name) {
    return Types.primitive(BINARY, Type.Repetition.OPTIONAL)
        .as(LogicalTypeAnnotation.stringType())
        .named(name);
  }

  static Type codes(String name) {
    return Types.requiredList().requiredElement(INT32).named(name);
  }

  static Type reals(String name) {
    return Types.requiredList()
        .requiredElement(DOUBLE)
        .columnOrder(ColumnOrder.typeDefined())
        .named(name);
  }

  static Type flag(String name) {
    return Types.primitive(BOOLEAN, Type.Repetition.REQUIRED).named(name);
  }

  /** Milliseconds of Unix time in UTC. */
  static Type millis(String name) {
    return Types.primitive(INT64, Type.Repetition.REQUIRED)
        .as(LogicalTypeAnnotation.timestampType(true, TimeUnit.MILLIS))
        .named(name);
  }

  static MessageType schema(String kind, Type... columns) {
    return new MessageType(kind, List.of(columns));
  }
}
