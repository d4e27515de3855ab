package com.alphaxiii.polygon.client;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Reads JSON's numbers. Those of up to 15 digits, which are nearly all, are kept as a whole number
 * and a count of decimals: both are exact as a double, so that one division rounds as it should.
 */
final class JsonNumbers {
  /** Any so many digits are a whole number that a double holds. */
  private static final int EXACT_DIGITS = 15;

  /** Any so many digits are a whole number of 64 bits. */
  private static final int LONG_DIGITS = 18;

  private static final long[] TENS = new long[9];

  static {
    TENS[0] = 1;
    for (int i = 1; i < TENS.length; i++) {
      TENS[i] = 10 * TENS[i - 1];
    }
  }

  private static final Pattern TEXT = Pattern.compile("-?[0-9]++(\\.[0-9]*+)?([eE][+-]?[0-9]++)?");

  private JsonNumbers() {}

  /** Whether a text is a number; zeros may lead, and a point may end it. */
  static boolean isNumber(String text) {
    return TEXT.matcher(text).matches();
  }

  /**
   * Reads the number that begins here; behind it must be a byte that cannot belong to a number.
   * Returns where it ends, throws {@link NotJson} for no number.
   */
  static int read(byte[] bytes, int start, WireFields fields, int place) {
    long word = Words.at(bytes, start);
    int digits = Words.digits(word);
    if (digits == 0 || digits >= 7 || (digits > 1 && (byte) word == '0')) {
      return longer(bytes, start, fields, place);
    }
    byte next = Words.byteAt(word, digits);
    if (next == '.') {
      long rest = Words.behind(word, digits + 1);
      int decimals = Words.digits(rest);
      int all = digits + decimals;
      if (decimals == 0 || all == 7 || isExponent(Words.byteAt(rest, decimals))) {
        return longer(bytes, start, fields, place);
      }
      long joined = Words.first(word, digits) | rest << (digits << 3);
      fields.putDecimal(place, Words.number(joined, all), decimals);
      return start + all + 1;
    }
    if (isExponent(next)) {
      return odd(bytes, start, fields, place);
    }
    fields.putWhole(place, Words.number(word, digits));
    return start + digits;
  }

  /** The same for numbers that do not fit a word together with the byte behind them. */
  private static int longer(byte[] bytes, int start, WireFields fields, int place) {
    boolean negative = bytes[start] == '-';
    int at = negative ? start + 1 : start;
    long word = Words.at(bytes, at);
    int digits = Words.digits(word);
    if (digits == 0 || (digits > 1 && bytes[at] == '0')) {
      throw new NotJson("a number begins with " + (digits == 0 ? "no digit" : "a zero"));
    }
    long value = Words.number(word, digits);
    at += digits;
    if (digits == 8) {
      word = Words.at(bytes, at);
      int more = Words.digits(word);
      if (more == 8) {
        return odd(bytes, start, fields, place);
      }
      if (more > 0) {
        value = value * TENS[more] + Words.number(word, more);
        at += more;
        digits += more;
      }
    }
    if (bytes[at] == '.') {
      return fraction(bytes, start, at + 1, negative, value, digits, fields, place);
    }
    if (isExponent(bytes[at])) {
      return odd(bytes, start, fields, place);
    }
    fields.putWhole(place, negative ? -value : value);
    return at;
  }

  private static int fraction(
      byte[] bytes,
      int start,
      int point,
      boolean negative,
      long whole,
      int digits,
      WireFields fields,
      int place) {
    long word = Words.at(bytes, point);
    int decimals = Words.digits(word);
    if (decimals == 0 || digits + decimals > EXACT_DIGITS) {
      return odd(bytes, start, fields, place);
    }
    long value = whole * TENS[decimals] + Words.number(word, decimals);
    int at = point + decimals;
    if (decimals == 8) {
      word = Words.at(bytes, at);
      int more = Words.digits(word);
      if (digits + decimals + more > EXACT_DIGITS) {
        return odd(bytes, start, fields, place);
      }
      if (more > 0) {
        value = value * TENS[more] + Words.number(word, more);
        at += more;
        decimals += more;
      }
    }
    if (isExponent(bytes[at]) || (negative && value == 0)) {
      return odd(bytes, start, fields, place);
    }
    fields.putDecimal(place, negative ? -value : value, decimals);
    return at;
  }

  /** Numbers of many digits or with an exponent, and a zero below zero: exact and slow. */
  private static int odd(byte[] bytes, int start, WireFields fields, int place) {
    int first = bytes[start] == '-' ? start + 1 : start;
    int at = digits(bytes, first);
    int length = at - first;
    boolean whole = true;
    if (bytes[at] == '.') {
      whole = false;
      at = digits(bytes, at + 1);
    }
    if (isExponent(bytes[at])) {
      whole = false;
      at++;
      at = digits(bytes, bytes[at] == '-' || bytes[at] == '+' ? at + 1 : at);
    }
    String text = new String(bytes, start, at - start, StandardCharsets.ISO_8859_1);
    if (!whole || length > LONG_DIGITS + 1) {
      fields.putNumber(place, Double.parseDouble(text));
    } else if (length <= LONG_DIGITS) {
      fields.putWhole(place, Long.parseLong(text));
    } else {
      BigInteger value = new BigInteger(text);
      if (value.bitLength() < Long.SIZE) {
        fields.putWhole(place, value.longValue());
      } else {
        fields.putNumber(place, value.doubleValue());
      }
    }
    return at;
  }

  /** Where the digits that must be here end. */
  private static int digits(byte[] bytes, int start) {
    int at = start;
    while (bytes[at] >= '0' && bytes[at] <= '9') {
      at++;
    }
    if (at == start) {
      throw new NotJson("a number lacks a digit");
    }
    return at;
  }

  private static boolean isExponent(byte b) {
    return (b | 0x20) == 'e';
  }
}
