package com.alphaxiii.polygon.store;

import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import org.apache.parquet.schema.ColumnOrder;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Types;

/** The columns of a part file, as every reader sees them. */
final class PartSchema {
  static final String TIMESTAMP = "timestamp";
  static final String OPEN = "open";
  static final String HIGH = "high";
  static final String LOW = "low";
  static final String CLOSE = "close";
  static final String VOLUME = "volume";
  static final String VWAP = "vwap";
  static final String TRANSACTIONS = "transactions";

  // The order of doubles is the type's own, since readers that do not know the newer total order
  // would ignore minimum and maximum.
  static final MessageType MESSAGE =
      Types.buildMessage()
          .required(INT64)
          .as(LogicalTypeAnnotation.timestampType(true, TimeUnit.MILLIS))
          .named(TIMESTAMP)
          .required(DOUBLE)
          .columnOrder(ColumnOrder.typeDefined())
          .named(OPEN)
          .required(DOUBLE)
          .columnOrder(ColumnOrder.typeDefined())
          .named(HIGH)
          .required(DOUBLE)
          .columnOrder(ColumnOrder.typeDefined())
          .named(LOW)
          .required(DOUBLE)
          .columnOrder(ColumnOrder.typeDefined())
          .named(CLOSE)
          .required(DOUBLE)
          .columnOrder(ColumnOrder.typeDefined())
          .named(VOLUME)
          .optional(DOUBLE)
          .columnOrder(ColumnOrder.typeDefined())
          .named(VWAP)
          .optional(INT64)
          .named(TRANSACTIONS)
          .named("bars");

  private PartSchema() {}
}
