package com.alphaxiii.polygon.client;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Eight bytes looked at as one number, the first byte lowest. Branches that depend on how long a
 * text or number is are guessed wrong often, and each wrong guess costs as much as reading the
 * whole field; these do without.
 */
final class Words {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
  private static final long ZERO_DIGITS = 0x3030_3030_3030_3030L;

  /** A byte of 10 or more has its high bit set with this added. */
  private static final long PAST_NINE = 0x7676_7676_7676_7676L;

  private Words() {}

  /** The eight bytes from here on, which must lie in the array. */
  static long at(byte[] bytes, int index) {
    return (long) WORD.get(bytes, index);
  }

  /**
   * A text of at most eight bytes with zeros behind it; what is not Latin-1 reads as question mark.
   */
  static long of(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    if (bytes.length > Long.BYTES) {
      throw new IllegalArgumentException("'" + text + "' does not fit a word");
    }
    return at(Arrays.copyOf(bytes, Long.BYTES), 0);
  }

  /** The first so many bytes, 0 to 8, with zeros behind them. */
  static long first(long word, int count) {
    return count == 8 ? word : word & ((1L << (count << 3)) - 1);
  }

  /** The byte behind so many others, 0 to 7. */
  static byte byteAt(long word, int count) {
    return (byte) (word >>> (count << 3));
  }

  /** What is behind the first so many bytes, 0 to 7, with zeros behind it. */
  static long behind(long word, int count) {
    return word >>> (count << 3);
  }

  /**
   * How many bytes before the first that is not plain text: quote, backslash, control, non-ASCII.
   */
  static int plain(long word) {
    long quote = word ^ ('"' * ONES);
    long backslash = word ^ ('\\' * ONES);
    // A byte is marked for certain up to the first marked one, which is all that is asked for.
    long marks =
        (((quote - ONES) & ~quote) | ((backslash - ONES) & ~backslash) | (word - ' ' * ONES) | word)
            & HIGH_BITS;
    return Long.numberOfTrailingZeros(marks) >>> 3;
  }

  /** How many bytes before the first quote. */
  static int untilQuote(long word) {
    long quote = word ^ ('"' * ONES);
    return Long.numberOfTrailingZeros((quote - ONES) & ~quote & HIGH_BITS) >>> 3;
  }

  /** How many decimal digits it begins with. */
  static int digits(long word) {
    long values = word ^ ZERO_DIGITS;
    long marks = ((values + PAST_NINE) | values) & HIGH_BITS;
    return Long.numberOfTrailingZeros(marks) >>> 3;
  }

  /** The number that the first so many digits are; at least one. */
  static long number(long word, int digits) {
    // Zeros move in before the digits; neighbours are then joined to pairs, fours and eights.
    long values = (word ^ ZERO_DIGITS) << ((8 - digits) << 3);
    long pairs = (values * 10 + (values >>> 8)) & 0x00FF_00FF_00FF_00FFL;
    long fours = (pairs * 100 + (pairs >>> 16)) & 0x0000_FFFF_0000_FFFFL;
    return (fours * 10_000 + (fours >>> 32)) & 0xFFFF_FFFFL;
  }
}
