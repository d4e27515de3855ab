package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.Conditions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The cells of a row as bytes, one after the other; {@link JournalBatch} reads them. */
final class JournalCells implements TickCells {
  private static final int USUAL_BYTES = 1 << 10;

  private ByteBuffer row = ByteBuffer.allocate(USUAL_BYTES).order(ByteOrder.LITTLE_ENDIAN);

  /** Begins a row anew. */
  void clear() {
    row.clear();
  }

  /** What was written since {@link #clear}; valid until the next one. */
  ByteBuffer written() {
    return row.duplicate().flip();
  }

  private ByteBuffer room(int bytes) {
    if (row.remaining() < bytes) {
      ByteBuffer larger =
          ByteBuffer.allocate(Math.max(2 * row.capacity(), row.position() + bytes))
              .order(ByteOrder.LITTLE_ENDIAN);
      larger.put(row.flip());
      row = larger;
    }
    return row;
  }

  void octet(int value) {
    room(1).put((byte) value);
  }

  /** A text, empty or not. */
  void text(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    room(Integer.BYTES + bytes.length).putInt(bytes.length).put(bytes);
  }

  @Override
  public void real(double value) {
    // The very bits, since there is more than one NaN.
    room(Long.BYTES).putLong(Double.doubleToRawLongBits(value));
  }

  @Override
  public void code(int value) {
    room(Integer.BYTES).putInt(value);
  }

  @Override
  public void flag(boolean value) {
    octet(value ? 1 : 0);
  }

  @Override
  public void number(long value) {
    room(Long.BYTES).putLong(value);
  }

  @Override
  public void numberUnlessZero(long value) {
    number(value);
  }

  @Override
  public void textUnlessEmpty(String value) {
    text(value);
  }

  @Override
  public void codes(Conditions conditions) {
    ByteBuffer out = room(Integer.BYTES * (1 + conditions.size())).putInt(conditions.size());
    for (int i = 0; i < conditions.size(); i++) {
      out.putInt(conditions.get(i));
    }
  }

  @Override
  public void reals(double[] values) {
    code(values.length);
    for (double value : values) {
      real(value);
    }
  }
}
