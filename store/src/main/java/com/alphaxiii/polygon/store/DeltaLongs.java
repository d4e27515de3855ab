package com.alphaxiii.polygon.store;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Decodes Parquet's DELTA_BINARY_PACKED for whole numbers of 64 bits. */
final class DeltaLongs {
  /** A number is taken out of so many bytes at once, some of which may lie behind the last. */
  static final int PADDING = Long.BYTES;

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Wider ones, shifted by up to 7 bits, do not fit a word. */
  private static final int WIDEST_IN_A_WORD = Long.SIZE - 7;

  private final byte[] bytes;
  private final int end;
  private int at;

  private DeltaLongs(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  /**
   * Decodes all numbers of a page.
   *
   * @param bytes with {@link #PADDING} bytes of any content behind {@code end}
   * @param target where they are put, from {@code offset} on
   * @param count how many are expected
   * @throws IllegalArgumentException for bytes that are something else
   */
  static void decode(byte[] bytes, int from, int end, long[] target, int offset, int count) {
    new DeltaLongs(bytes, from, end).decode(target, offset, count);
  }

  private void decode(long[] target, int offset, int count) {
    long block = varint();
    long pieces = varint();
    require(pieces > 0 && block > 0 && block % pieces == 0 && block <= 1 << 16, "block");
    int perPiece = (int) (block / pieces);
    require(perPiece % Long.BYTES == 0, "miniblock");
    require(varint() == count, "count");
    long value = zigzag();
    if (count > 0) {
      target[offset] = value;
    }
    int done = 1;
    while (done < count) {
      long least = zigzag();
      int widths = take((int) pieces);
      for (int piece = 0; piece < pieces && done < count; piece++) {
        int width = bytes[widths + piece];
        require(width >= 0 && width <= Long.SIZE, "width");
        int packed = take(perPiece / Long.BYTES * width);
        int numbers = Math.min(perPiece, count - done);
        value = unpack(packed, width, least, value, target, offset + done, numbers);
        done += numbers;
      }
    }
  }

  private long unpack(
      int packed, int width, long least, long before, long[] target, int offset, int numbers) {
    long value = before;
    if (width == 0) {
      for (int i = 0; i < numbers; i++) {
        value += least;
        target[offset + i] = value;
      }
    } else if (width <= WIDEST_IN_A_WORD) {
      long mask = -1L >>> (Long.SIZE - width);
      int bit = packed << 3;
      for (int i = 0; i < numbers; i++) {
        long word = (long) WORDS.get(bytes, bit >>> 3) >>> (bit & 7);
        value += least + (word & mask);
        target[offset + i] = value;
        bit += width;
      }
    } else {
      for (int i = 0; i < numbers; i++) {
        value += least + wide((long) packed * Byte.SIZE + (long) i * width, width);
        target[offset + i] = value;
      }
    }
    return value;
  }

  /** A number that may begin in one word and end in the next. */
  private long wide(long bit, int width) {
    int from = (int) (bit >>> 3);
    int shift = (int) (bit & 7);
    long word = (long) WORDS.get(bytes, from) >>> shift;
    if (shift > 0) {
      word |= (bytes[from + Long.BYTES] & 0xFFL) << (Long.SIZE - shift);
    }
    return word & (-1L >>> (Long.SIZE - width));
  }

  /** The place of so many bytes, which are passed over. */
  private int take(int length) {
    int from = at;
    require(length <= end - at, "length");
    at += length;
    return from;
  }

  private long zigzag() {
    long number = varint();
    return (number >>> 1) ^ -(number & 1);
  }

  private long varint() {
    long number = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte next = bytes[take(1)];
      number |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return number;
      }
    }
    throw new IllegalArgumentException("a number of too many bytes");
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException("delta-packed numbers with a wrong " + what);
    }
  }
}
