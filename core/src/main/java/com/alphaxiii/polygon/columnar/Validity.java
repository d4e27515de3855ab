package com.alphaxiii.polygon.columnar;

import java.util.function.IntPredicate;

/**
 * Which rows of a batch have a cell: a bit a row, the first in the lowest bit of the first byte, as
 * both Arrow and Parquet want it.
 */
public final class Validity {
  /** All of them. */
  public static final Validity ALL = new Validity(new byte[0], 0);

  private final byte[] bits;
  private final int absent;

  private Validity(byte[] bits, int absent) {
    this.bits = bits;
    this.absent = absent;
  }

  /** Looks at each row. */
  public static Validity of(int rows, IntPredicate present) {
    byte[] bits = new byte[(rows + 7) / 8];
    int absent = 0;
    for (int row = 0; row < rows; row++) {
      if (present.test(row)) {
        bits[row >> 3] |= (byte) (1 << (row & 7));
      } else {
        absent++;
      }
    }
    return absent == 0 ? ALL : new Validity(bits, absent);
  }

  /** How many rows have no cell. */
  public int absent() {
    return absent;
  }

  boolean has(int row) {
    return absent == 0 || (bits[row >> 3] >> (row & 7) & 1) == 1;
  }

  /** The bits; empty when every row has a cell. */
  byte[] bits() {
    return bits;
  }
}
