package com.alphaxiii.polygon.columnar;

import java.util.Arrays;

/**
 * Levels of 0 or 1 as Parquet packs them: eight a byte behind a header, or one value for all.
 * {@link Validity} has its bits in the same order.
 */
final class Levels {
  private static final int HEADER_BYTES = 9;

  private Levels() {}

  /** The levels of cells that may be absent. */
  static byte[] of(Validity valid, int rows) {
    return valid.absent() == 0 ? run(rows) : packed(valid.bits());
  }

  /** So many ones. */
  private static byte[] run(int count) {
    byte[] levels = new byte[HEADER_BYTES + 1];
    int end = varint(levels, Integer.BYTES, (long) count << 1);
    levels[end] = 1;
    return sized(levels, end + 1);
  }

  /** A level a bit, the first in the lowest bit of the first byte. */
  static byte[] packed(byte[] bits) {
    byte[] levels = new byte[HEADER_BYTES + bits.length];
    int begin = varint(levels, Integer.BYTES, (long) bits.length << 1 | 1);
    System.arraycopy(bits, 0, levels, begin, bits.length);
    return sized(levels, begin + bits.length);
  }

  private static int varint(byte[] target, int from, long value) {
    int at = from;
    long rest = value;
    while (rest >= 0x80) {
      target[at++] = (byte) (rest & 0x7f | 0x80);
      rest >>>= 7;
    }
    target[at++] = (byte) rest;
    return at;
  }

  /** Cut to its end, with its length in front. */
  private static byte[] sized(byte[] levels, int end) {
    int length = end - Integer.BYTES;
    for (int i = 0; i < Integer.BYTES; i++) {
      levels[i] = (byte) (length >> 8 * i);
    }
    return Arrays.copyOf(levels, end);
  }
}
