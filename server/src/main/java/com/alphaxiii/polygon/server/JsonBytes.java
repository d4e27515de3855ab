package com.alphaxiii.polygon.server;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes pieces of JSON as UTF-8 into a growing array: numbers and texts without an object or a
 * String in between. What a document is made of, the caller knows.
 */
final class JsonBytes {
  private static final byte[] NULL = ascii("null");
  private static final byte[] HEX = ascii("0123456789abcdef");

  /** Powers of ten that a double holds exactly. */
  private static final double[] POWERS = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};

  private static final double MOST_EXACT = 1L << 53;
  private static final int LONGEST_NUMBER = 24;

  private byte[] bytes;
  private int size;

  JsonBytes(int capacity) {
    bytes = new byte[capacity];
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** A number alone, as it stands in a document; null when it is none. */
  static String text(double value) {
    return new String(
        new JsonBytes(LONGEST_NUMBER).number(value).toBytes(), StandardCharsets.US_ASCII);
  }

  int size() {
    return size;
  }

  /** All bytes so far, as a new array. */
  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  /** Copies the bytes so far to {@code target} from an index on. */
  void copyTo(byte[] target, int from) {
    System.arraycopy(bytes, 0, target, from, size);
  }

  /** Hands all bytes so far to {@code out} and begins anew. */
  void drainTo(OutputStream out) throws IOException {
    out.write(bytes, 0, size);
    size = 0;
  }

  void clear() {
    size = 0;
  }

  /** Pieces that are JSON already. */
  JsonBytes raw(byte[] json) {
    reserve(json.length);
    System.arraycopy(json, 0, bytes, size, json.length);
    size += json.length;
    return this;
  }

  JsonBytes raw(char ascii) {
    reserve(1);
    bytes[size++] = (byte) ascii;
    return this;
  }

  /** The name of an object's next member, of ASCII, with a comma before it where one is due. */
  JsonBytes name(String ascii) {
    int length = ascii.length();
    reserve(length + 4);
    if (size > 0 && bytes[size - 1] != '{') {
      bytes[size++] = ',';
    }
    bytes[size++] = '"';
    for (int i = 0; i < length; i++) {
      bytes[size++] = (byte) ascii.charAt(i);
    }
    bytes[size++] = '"';
    bytes[size++] = ':';
    return this;
  }

  JsonBytes name(String ascii, long value) {
    return name(ascii).integer(value);
  }

  JsonBytes name(String ascii, double value) {
    return name(ascii).number(value);
  }

  JsonBytes name(String ascii, String value) {
    return name(ascii).text(value);
  }

  /** A text in quotes. */
  JsonBytes text(String value) {
    int length = value.length();
    reserve(6 * length + 2);
    bytes[size++] = '"';
    for (int i = 0; i < length; i++) {
      char c = value.charAt(i);
      if (c >= 0x80) {
        return rest(value, i);
      }
      character(c);
    }
    bytes[size++] = '"';
    return this;
  }

  private JsonBytes rest(String value, int from) {
    byte[] utf8 = value.substring(from).getBytes(StandardCharsets.UTF_8);
    reserve(6 * utf8.length + 1);
    for (byte b : utf8) {
      if (b < 0) {
        bytes[size++] = b;
      } else {
        character((char) b);
      }
    }
    bytes[size++] = '"';
    return this;
  }

  private void character(char c) {
    if (c == '"' || c == '\\') {
      bytes[size++] = '\\';
      bytes[size++] = (byte) c;
    } else if (c < 0x20) {
      bytes[size++] = '\\';
      bytes[size++] = 'u';
      bytes[size++] = '0';
      bytes[size++] = '0';
      bytes[size++] = HEX[c >> 4];
      bytes[size++] = HEX[c & 0xf];
    } else {
      bytes[size++] = (byte) c;
    }
  }

  /**
   * A price: the shortest decimal that reads back as the same double, with at least one decimal.
   */
  JsonBytes price(double value) {
    return decimal(value, 1);
  }

  /** A number: the shortest decimal that reads back as the same double, whole where it is whole. */
  JsonBytes number(double value) {
    return decimal(value, 0);
  }

  private JsonBytes decimal(double value, int leastDecimals) {
    if (!Double.isFinite(value)) {
      return raw(NULL);
    }
    for (int decimals = 0; decimals < POWERS.length; decimals++) {
      double scaled = value * POWERS[decimals];
      if (Math.abs(scaled) >= MOST_EXACT) {
        break;
      }
      long digits = Math.round(scaled);
      // Both sides of the division are exact, so its result is the double nearest to the decimal.
      if (digits / POWERS[decimals] == value) {
        return decimal(digits, decimals, leastDecimals);
      }
    }
    return raw(ascii(plain(value)));
  }

  private static String plain(double value) {
    String text = Double.toString(value);
    if (text.indexOf('E') < 0) {
      return text;
    }
    return new BigDecimal(text).stripTrailingZeros().toPlainString();
  }

  private JsonBytes decimal(long digits, int decimals, int leastDecimals) {
    if (decimals == 0) {
      integer(digits);
      return leastDecimals == 0 ? this : raw('.').raw('0');
    }
    reserve(LONGEST_NUMBER);
    if (digits < 0) {
      bytes[size++] = '-';
    }
    long power = (long) POWERS[decimals];
    long magnitude = Math.abs(digits);
    integer(magnitude / power);
    bytes[size++] = '.';
    fixed(magnitude % power, decimals);
    return this;
  }

  JsonBytes integer(long value) {
    if (value == Long.MIN_VALUE) {
      return raw(ascii(Long.toString(value)));
    }
    reserve(LONGEST_NUMBER);
    long rest = value;
    if (rest < 0) {
      bytes[size++] = '-';
      rest = -rest;
    }
    int length = 1;
    for (long limit = 10; length < 19 && rest >= limit; limit *= 10) {
      length++;
    }
    return fixed(rest, length);
  }

  /** So many digits of a number that has no more, zeros in front. */
  JsonBytes fixed(long value, int length) {
    reserve(LONGEST_NUMBER);
    long rest = value;
    for (int i = size + length - 1; i >= size; i--) {
      bytes[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    size += length;
    return this;
  }

  private void reserve(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
    }
  }
}
