package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.Conditions;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;
import java.util.function.IntUnaryOperator;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/** One row of a journal at a time: row 0 of a batch, whatever index is asked for. */
final class JournalBatch implements TickBatch {
  private enum Form {
    NUMBER,
    REAL,
    CODE,
    FLAG,
    TEXT,
    CODES,
    REALS
  }

  private final MessageType schema;
  private final Form[] forms;

  /** Numbers, codes, flags and the bits of reals, by column. */
  private final long[] plain;

  private final Object[] others;

  JournalBatch(MessageType schema) {
    this.schema = schema;
    this.forms = schema.getFields().stream().map(JournalBatch::form).toArray(Form[]::new);
    this.plain = new long[forms.length];
    this.others = new Object[forms.length];
  }

  private static Form form(Type column) {
    if (!column.isPrimitive()) {
      // A list: its group, and in that the element.
      PrimitiveTypeName element =
          column
              .asGroupType()
              .getType(0)
              .asGroupType()
              .getType(0)
              .asPrimitiveType()
              .getPrimitiveTypeName();
      return element == PrimitiveTypeName.INT32 ? Form.CODES : Form.REALS;
    }
    return switch (column.asPrimitiveType().getPrimitiveTypeName()) {
      case INT64 -> Form.NUMBER;
      case DOUBLE -> Form.REAL;
      case INT32 -> Form.CODE;
      case BOOLEAN -> Form.FLAG;
      case BINARY -> Form.TEXT;
      default -> throw new IllegalArgumentException("no event has a column such as " + column);
    };
  }

  /** Takes the next row out of bytes. */
  void next(ByteBuffer bytes) {
    for (int column = 0; column < forms.length; column++) {
      switch (forms[column]) {
        case NUMBER, REAL -> plain[column] = bytes.getLong();
        case CODE -> plain[column] = bytes.getInt();
        case FLAG -> plain[column] = bytes.get();
        case TEXT -> others[column] = text(bytes);
        case CODES -> {
          int[] codes = new int[bytes.getInt()];
          for (int i = 0; i < codes.length; i++) {
            codes[i] = bytes.getInt();
          }
          others[column] = Conditions.of(codes);
        }
        case REALS -> {
          double[] values = new double[bytes.getInt()];
          for (int i = 0; i < values.length; i++) {
            values[i] = Double.longBitsToDouble(bytes.getLong());
          }
          others[column] = values;
        }
      }
    }
  }

  /** A text as {@link JournalCells#text} wrote it. */
  static String text(ByteBuffer bytes) {
    byte[] text = new byte[bytes.getInt()];
    bytes.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }

  private int column(String name) {
    return schema.getFieldIndex(name);
  }

  @Override
  public IntToDoubleFunction real(String name) {
    int column = column(name);
    return row -> Double.longBitsToDouble(plain[column]);
  }

  @Override
  public IntUnaryOperator code(String name) {
    int column = column(name);
    return row -> (int) plain[column];
  }

  @Override
  public IntPredicate flag(String name) {
    int column = column(name);
    return row -> plain[column] != 0;
  }

  @Override
  public IntToLongFunction number(String name) {
    int column = column(name);
    return row -> plain[column];
  }

  @Override
  public IntToLongFunction numberOrZero(String name) {
    return number(name);
  }

  @Override
  public IntFunction<String> textOrEmpty(String name) {
    int column = column(name);
    return row -> (String) others[column];
  }

  @Override
  public IntFunction<Conditions> codes(String name) {
    int column = column(name);
    return row -> (Conditions) others[column];
  }

  @Override
  public IntFunction<double[]> reals(String name) {
    int column = column(name);
    return row -> (double[]) others[column];
  }
}
