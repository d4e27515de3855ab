package com.alphaxiii.polygon.columnar;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Writes numbers, lowest byte first, and counts the bytes. */
final class LittleEndian {
  private static final int BLOCK = 64 * 1024;
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfDouble DOUBLE =
      ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final OutputStream out;
  private final byte[] block = new byte[BLOCK];
  private final MemorySegment segment = MemorySegment.ofArray(block);
  private int size;
  private long flushed;

  LittleEndian(OutputStream out) {
    this.out = out;
  }

  /** How many bytes there are so far. */
  long position() {
    return flushed + size;
  }

  void flush() throws IOException {
    out.write(block, 0, size);
    flushed += size;
    size = 0;
  }

  private void reserve(int bytes) throws IOException {
    if (size + bytes > BLOCK) {
      flush();
    }
  }

  void bytes(byte[] values) throws IOException {
    bytes(values, 0, values.length);
  }

  void bytes(byte[] values, int from, int length) throws IOException {
    int done = 0;
    while (done < length) {
      reserve(1);
      int some = Math.min(length - done, BLOCK - size);
      System.arraycopy(values, from + done, block, size, some);
      size += some;
      done += some;
    }
  }

  void integer(int value) throws IOException {
    reserve(Integer.BYTES);
    segment.set(INT, size, value);
    size += Integer.BYTES;
  }

  void longValue(long value) throws IOException {
    reserve(Long.BYTES);
    segment.set(LONG, size, value);
    size += Long.BYTES;
  }

  void doubleValue(double value) throws IOException {
    reserve(Double.BYTES);
    segment.set(DOUBLE, size, value);
    size += Double.BYTES;
  }

  void longs(long[] values, int from, int count) throws IOException {
    int done = 0;
    while (done < count) {
      reserve(Long.BYTES);
      int some = Math.min(count - done, (BLOCK - size) / Long.BYTES);
      MemorySegment.copy(values, from + done, segment, LONG, size, some);
      size += some * Long.BYTES;
      done += some;
    }
  }

  void doubles(double[] values, int from, int count) throws IOException {
    int done = 0;
    while (done < count) {
      reserve(Double.BYTES);
      int some = Math.min(count - done, (BLOCK - size) / Double.BYTES);
      MemorySegment.copy(values, from + done, segment, DOUBLE, size, some);
      size += some * Double.BYTES;
      done += some;
    }
  }

  void ints(int[] values, int from, int count) throws IOException {
    int done = 0;
    while (done < count) {
      reserve(Integer.BYTES);
      int some = Math.min(count - done, (BLOCK - size) / Integer.BYTES);
      MemorySegment.copy(values, from + done, segment, INT, size, some);
      size += some * Integer.BYTES;
      done += some;
    }
  }

  /** Zeros up to a multiple of 8. */
  void pad() throws IOException {
    while (position() % Long.BYTES != 0) {
      reserve(1);
      block[size++] = 0;
    }
  }
}
