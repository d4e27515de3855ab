package com.alphaxiii.polygon.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Which rows of a page have a value: Parquet's definition levels of one bit, in runs and packed.
 *
 * @param rows by row
 * @param count how many rows have one
 * @param end where the values begin, behind the levels
 */
record Presence(boolean[] rows, int count, int end) {
  /**
   * Reads the levels at the beginning of a page.
   *
   * @param bytes the page
   * @param length its bytes
   * @param rows how many it has
   * @throws IllegalArgumentException for bytes that are something else
   */
  static Presence read(byte[] bytes, int length, int rows) {
    ByteBuffer levels = ByteBuffer.wrap(bytes, 0, length).order(ByteOrder.LITTLE_ENDIAN);
    int size = levels.getInt();
    if (size < 0 || size > levels.remaining()) {
      throw new IllegalArgumentException("levels of a wrong length");
    }
    int end = levels.position() + size;
    levels.limit(end);
    boolean[] present = new boolean[rows];
    int at = 0;
    int count = 0;
    while (at < rows) {
      int header = varint(levels);
      if ((header & 1) == 0) {
        int run = Math.min(rows - at, header >>> 1);
        boolean valued = levels.get() == 1;
        Arrays.fill(present, at, at + run, valued);
        count += valued ? run : 0;
        at += run;
      } else {
        for (int groups = header >>> 1; groups > 0; groups--) {
          int packed = levels.get();
          for (int bit = 0; bit < Byte.SIZE && at < rows; bit++) {
            boolean valued = (packed >> bit & 1) == 1;
            present[at++] = valued;
            count += valued ? 1 : 0;
          }
        }
      }
    }
    return new Presence(present, count, end);
  }

  boolean everywhere() {
    return count == rows.length;
  }

  private static int varint(ByteBuffer levels) {
    int number = 0;
    for (int shift = 0; shift < Integer.SIZE; shift += 7) {
      byte next = levels.get();
      number |= (next & 0x7F) << shift;
      if (next >= 0) {
        return number;
      }
    }
    throw new IllegalArgumentException("a run of too many bytes");
  }
}
