package com.alphaxiii.polygon.client;

import java.util.Arrays;

/**
 * Which name came after which, by kind of event. Senders write the members of a kind in one order,
 * so the next name is known before it is read: comparing it in one word, with the comma, quotes and
 * colon around it, lets the processor go on without waiting for where the name ends. What is
 * expected decides how fast a name is found, never which.
 */
final class NameOrder {
  /** After the brace of an event, whose kind is not known yet. */
  static final int BRACE = 63;

  /** Another name than expected, or spelled with blanks. */
  static final int UNEXPECTED = -1;

  private static final int PLACE_BITS = 6;
  private static final int PLACE_MASK = (1 << PLACE_BITS) - 1;
  private static final int KINDS = 32;

  /** Longer names do not fit a word together with what is around them. */
  private static final int LONGEST = Long.BYTES - 4;

  private static final int EV = WireFields.Field.EV.ordinal();

  private final long[] words = new long[KINDS << PLACE_BITS];
  private final long[] masks = new long[words.length];
  private final int[] names = new int[words.length];

  NameOrder() {
    // Eight zeros are no name.
    Arrays.fill(masks, -1);
  }

  /** A name that was found: where its value goes, and how many bytes it takes up to the value. */
  static int name(int place, int length) {
    return length << PLACE_BITS | place;
  }

  static int place(int name) {
    return name & PLACE_MASK;
  }

  static int length(int name) {
    return name >>> PLACE_BITS;
  }

  /**
   * The name that is expected, if these bytes from the comma or brace on are that, or {@link
   * #UNEXPECTED}; its length counts from there.
   */
  int expected(int after, long word) {
    return ((word ^ words[after]) & masks[after]) == 0 ? names[after] : UNEXPECTED;
  }

  /** Expects this name the next time, if it is spelled without blanks and short enough. */
  void learn(int after, byte[] bytes, int comma, int name) {
    int length = length(name);
    if (bytes[comma + 1] == '"'
        && length <= LONGEST + 3
        && bytes[comma + length - 1] == '"'
        && bytes[comma + length] == ':') {
      words[after] = Words.first(Words.at(bytes, comma), length + 1);
      masks[after] = Words.first(-1, length + 1);
      names[after] = name(place(name), length + 1);
    }
  }

  /**
   * What comes after a member.
   *
   * @param letter the first of its value, if that is a text
   */
  int after(int before, int place, byte letter) {
    int kind = place == EV ? letter & (KINDS - 1) : before >>> PLACE_BITS;
    return kind << PLACE_BITS | place;
  }
}
