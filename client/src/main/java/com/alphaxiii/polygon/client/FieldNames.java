package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.client.WireFields.Field;
import java.util.Arrays;

/**
 * Finds the place of a field by its name. All names fit a word together with the quote behind them,
 * without which zeros would look like a shorter name; a multiplier is searched for once under which
 * no two of them meet.
 */
@SuppressWarnings("EnumOrdinal")
final class FieldNames {
  private static final int BITS = 8;

  private static final long[] WORDS = new long[1 << BITS];
  private static final byte[] PLACES = new byte[1 << BITS];
  private static final long MULTIPLIER = fill();

  private FieldNames() {}

  private static long fill() {
    long multiplier = 0x9E37_79B9_7F4A_7C15L;
    while (!fits(multiplier)) {
      multiplier = multiplier * 0x5851_F42D_4C95_7F2DL + 2;
    }
    return multiplier;
  }

  private static boolean fits(long multiplier) {
    Arrays.fill(WORDS, 0);
    Arrays.fill(PLACES, (byte) WireFields.IGNORED);
    for (Field field : Field.values()) {
      long word = Words.of(field + "\"");
      int slot = slot(word, multiplier);
      if (WORDS[slot] != 0) {
        return false;
      }
      WORDS[slot] = word;
      PLACES[slot] = (byte) field.ordinal();
    }
    return true;
  }

  private static int slot(long word, long multiplier) {
    return (int) ((word * multiplier) >>> (Long.SIZE - BITS));
  }

  /**
   * The place of the field whose name begins this word and has so many bytes up to its quote;
   * {@link WireFields#IGNORED} when that is none, be it unknown, spelled in an odd way or no name
   * at all.
   */
  static int place(long word, int length) {
    if (length == Long.BYTES) {
      return WireFields.IGNORED;
    }
    long quoted = Words.first(word, length + 1);
    int slot = slot(quoted, MULTIPLIER);
    return WORDS[slot] == quoted ? PLACES[slot] : WireFields.IGNORED;
  }

  /** The place of a field whose name was spelled in an odd way. */
  static int place(String name) {
    Field field = Field.of(name);
    return field == null ? WireFields.IGNORED : field.ordinal();
  }
}
