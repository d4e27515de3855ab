package com.alphaxiii.polygon.columnar;

import java.util.Arrays;

/** Where lists begin and which are empty, as Parquet tells it. */
final class ListLevels {
  private ListLevels() {}

  /** How many levels there are: one for each element, and for each empty list. */
  static int count(Cells.IntLists lists, int rows) {
    int count = lists.ends()[rows];
    for (int row = 0; row < rows; row++) {
      if (lists.ends()[row] == lists.ends()[row + 1]) {
        count++;
      }
    }
    return count;
  }

  /** Whether an element continues a list, for each; then whether there is an element, for each. */
  static byte[] of(Cells.IntLists lists, int rows) {
    byte[] continued = new byte[(count(lists, rows) + 7) / 8];
    byte[] present = new byte[continued.length];
    int at = 0;
    for (int row = 0; row < rows; row++) {
      int length = lists.ends()[row + 1] - lists.ends()[row];
      for (int i = 0; i < Math.max(1, length); i++) {
        if (i > 0) {
          continued[at >> 3] |= (byte) (1 << (at & 7));
        }
        if (length > 0) {
          present[at >> 3] |= (byte) (1 << (at & 7));
        }
        at++;
      }
    }
    byte[] repetition = Levels.packed(continued);
    byte[] definition = Levels.packed(present);
    byte[] both = Arrays.copyOf(repetition, repetition.length + definition.length);
    System.arraycopy(definition, 0, both, repetition.length, definition.length);
    return both;
  }
}
