package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.BarsBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads the list of bars of an answer as the vendor usually writes it: no blanks, members of one or
 * two letters, plain numbers, each bar whole and after the one before. Anything else is left to
 * {@link WireBars}, which then reads the answer from its beginning; what is read here is what it
 * would have read, to the bit.
 *
 * <p>A zero behind the body, which JSON allows nowhere, stops every loop.
 */
final class PlainBars {
  /** Zeros behind the body. */
  private static final int ROOM = 8;

  /** Room is made for so many parts of a page more than its first bar lets expect. */
  private static final int SPARE = 16;

  private static final int FIRST_BYTES = 1 << 18;
  private static final byte[] LIST = "\"results\":[".getBytes(StandardCharsets.US_ASCII);

  /** Any so many digits, and a power of ten, are a whole number that a double holds. */
  private static final int EXACT_DIGITS = 15;

  /** Longer numbers are no prices, and the parser has a bound on them. */
  private static final int MOST_DIGITS = 100;

  private static final double[] TENS = new double[EXACT_DIGITS + 1];
  private static final long[] WHOLE_TENS = new long[9];

  static {
    for (int i = 0; i < TENS.length; i++) {
      TENS[i] = Math.pow(10, i);
    }
    WHOLE_TENS[0] = 1;
    for (int i = 1; i < WHOLE_TENS.length; i++) {
      WHOLE_TENS[i] = 10 * WHOLE_TENS[i - 1];
    }
  }

  private static final int OPEN = 1;
  private static final int HIGH = 1 << 1;
  private static final int LOW = 1 << 2;
  private static final int CLOSE = 1 << 3;
  private static final int TIME = 1 << 4;
  private static final int VOLUME = 1 << 5;
  private static final int PRICED = OPEN | HIGH | LOW | CLOSE | TIME;

  /** Thrown nowhere near a user: this is not how the vendor usually writes. */
  private static final class NotPlain extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotPlain() {
      super(null, null, false, false);
    }
  }

  private final byte[] bytes;
  private final int length;
  private final int required;
  private final BarsBuilder columns;
  private double number;

  /** The same number when it is whole, not negative and of at most 15 digits; else -1. */
  private long whole;

  private PlainBars(byte[] bytes, int length, boolean volumes, BarsBuilder columns) {
    this.bytes = bytes;
    this.length = length;
    this.required = volumes ? PRICED | VOLUME : PRICED;
    this.columns = columns;
  }

  /** A body with zeros behind it. */
  record Body(byte[] bytes, int length) {
    static Body of(InputStream source) throws IOException {
      byte[] bytes = new byte[Math.max(FIRST_BYTES, source.available() + ROOM + 1)];
      int length = 0;
      for (int more = source.read(bytes, 0, bytes.length - ROOM);
          more >= 0;
          more = source.read(bytes, length, bytes.length - ROOM - length)) {
        length += more;
        if (length == bytes.length - ROOM) {
          bytes = Arrays.copyOf(bytes, 2 * bytes.length);
        }
      }
      return new Body(bytes, length);
    }

    InputStream stream() {
      return new ByteArrayInputStream(bytes, 0, length);
    }
  }

  /**
   * What is left of an answer.
   *
   * @param rows how many bars were read
   * @param rest the answer with an empty list in their place
   */
  record Found(int rows, InputStream rest) {}

  /**
   * Reads all bars of an answer into columns; empty when something about them is unusual: then the
   * columns are of no use.
   *
   * @param volumes whether each bar must have one
   */
  static Optional<Found> read(Body body, boolean volumes, BarsBuilder columns) {
    PlainBars bars = new PlainBars(body.bytes(), body.length(), volumes, columns);
    int list = bars.list();
    if (list < 0) {
      return Optional.empty();
    }
    try {
      int end = bars.rows(list);
      InputStream before = new ByteArrayInputStream(body.bytes(), 0, list);
      InputStream after =
          new ByteArrayInputStream(body.bytes(), end, Math.max(0, body.length() - end));
      return Optional.of(new Found(columns.size(), new SequenceInputStream(before, after)));
    } catch (NotPlain e) {
      return Optional.empty();
    }
  }

  /** Where the list of the outermost object begins, behind its bracket; -1 when it is not plain. */
  private int list() {
    if (bytes[0] != '{') {
      return -1;
    }
    for (int at = 1; at < length; at++) {
      byte b = bytes[at];
      if (b == '{') {
        return -1;
      }
      if (b == '[') {
        int from = at + 1 - LIST.length;
        return from > 0 && Arrays.equals(bytes, from, at + 1, LIST, 0, LIST.length) ? at + 1 : -1;
      }
    }
    return -1;
  }

  /** Reads the bars from here on; returns where the bracket behind them is. */
  private int rows(int start) {
    if (bytes[start] == ']') {
      return start;
    }
    int at = row(start, Long.MIN_VALUE);
    reserve(at - start, at);
    while (true) {
      long previous = whole;
      if (bytes[at] == ']') {
        return at;
      }
      expect(at, ',');
      at = row(at + 1, previous);
    }
  }

  /**
   * Makes room for what the rest holds if its bars are as long as this: growing costs a quarter.
   */
  private void reserve(int bar, int at) {
    int bars = Math.max(0, length - at) / (bar + 1);
    columns.reserve(columns.size() + bars + bars / SPARE);
  }

  /** Reads a bar, whose start is {@code whole} then. */
  private int row(int start, long previous) {
    expect(start, '{');
    long time = 0;
    double open = 0;
    double high = 0;
    double low = 0;
    double close = 0;
    double volume = 0;
    double vwap = Double.NaN;
    long transactions = -1;
    int seen = 0;
    int at = start;
    do {
      at++;
      expect(at, '"');
      byte name = bytes[at + 1];
      if (bytes[at + 2] != '"') {
        if (name == 'v' && bytes[at + 2] == 'w' && bytes[at + 3] == '"') {
          at = value(at + 4);
          vwap = number;
        } else {
          at = otherwise(at);
        }
        continue;
      }
      at = value(at + 3);
      switch (name) {
        case 'o' -> {
          open = number;
          seen |= OPEN;
        }
        case 'h' -> {
          high = number;
          seen |= HIGH;
        }
        case 'l' -> {
          low = number;
          seen |= LOW;
        }
        case 'c' -> {
          close = number;
          seen |= CLOSE;
        }
        case 'v' -> {
          volume = number;
          seen |= VOLUME;
        }
        case 't' -> {
          time = counted();
          seen |= TIME;
        }
        case 'n' -> transactions = counted();
        default -> throw new NotPlain();
      }
    } while (bytes[at] == ',');
    expect(at, '}');
    if ((seen & required) != required || time <= previous) {
      throw new NotPlain();
    }
    columns.add(time, open, high, low, close, volume, vwap, transactions);
    whole = time;
    return at + 1;
  }

  private long counted() {
    if (whole < 0) {
      throw new NotPlain();
    }
    return whole;
  }

  /** The mark of bars over the counter, which says nothing that is kept. */
  private int otherwise(int quote) {
    int colon = text(quote + 1, "otc\"");
    expect(colon, ':');
    return bytes[colon + 1] == 't' ? text(colon + 1, "true") : text(colon + 1, "false");
  }

  private int text(int at, String text) {
    for (int i = 0; i < text.length(); i++) {
      expect(at + i, text.charAt(i));
    }
    return at + text.length();
  }

  private void expect(int at, char expected) {
    if (bytes[at] != expected) {
      throw new NotPlain();
    }
  }

  /** Reads a number behind its colon. */
  private int value(int colon) {
    expect(colon, ':');
    int start = colon + 1;
    long word = Words.at(bytes, start);
    int digits = Words.digits(word);
    if (digits == 0 || (digits > 1 && bytes[start] == '0')) {
      return odd(start);
    }
    if (digits < 7 && Words.byteAt(word, digits) == '.') {
      return decimal(start, word, digits);
    }
    long value = Words.number(word, digits);
    int at = start + digits;
    if (digits == 8) {
      word = Words.at(bytes, at);
      int more = Words.digits(word);
      if (more == 8) {
        return odd(start);
      }
      if (more > 0) {
        value = value * WHOLE_TENS[more] + Words.number(word, more);
        at += more;
        digits += more;
      }
    }
    if (bytes[at] == '.') {
      return fraction(start, at + 1, value, digits);
    }
    if ((bytes[at] | 0x20) == 'e') {
      return odd(start);
    }
    number = value;
    whole = value;
    return at;
  }

  /** A number of up to seven digits, the point among them, is read in one step. */
  private int decimal(int start, long word, int digits) {
    long joined = Words.first(word, digits) | Words.behind(word, digits + 1) << (digits << 3);
    int all = Words.digits(joined);
    int at = start + all + 1;
    byte next = bytes[at];
    if (all == digits || (next >= '0' && next <= '9') || (next | 0x20) == 'e') {
      return fraction(start, start + digits + 1, Words.number(word, digits), digits);
    }
    number = Words.number(joined, all) / TENS[all - digits];
    whole = -1;
    return at;
  }

  private int fraction(int start, int point, long before, int digits) {
    long word = Words.at(bytes, point);
    int decimals = Words.digits(word);
    if (decimals == 0 || digits + decimals > EXACT_DIGITS) {
      return odd(start);
    }
    long value = before * WHOLE_TENS[decimals] + Words.number(word, decimals);
    int at = point + decimals;
    if (decimals == 8) {
      word = Words.at(bytes, at);
      int more = Words.digits(word);
      if (digits + decimals + more > EXACT_DIGITS) {
        return odd(start);
      }
      if (more > 0) {
        value = value * WHOLE_TENS[more] + Words.number(word, more);
        at += more;
        decimals += more;
      }
    }
    if ((bytes[at] | 0x20) == 'e') {
      return odd(start);
    }
    number = value / TENS[decimals];
    whole = -1;
    return at;
  }

  /** A negative number, one of many digits or one with an exponent: exact and slow. */
  private int odd(int start) {
    int at = bytes[start] == '-' ? start + 1 : start;
    int first = at;
    at = digits(at);
    if (at - first > 1 && bytes[first] == '0') {
      throw new NotPlain();
    }
    if (bytes[at] == '.') {
      at = digits(at + 1);
    }
    if ((bytes[at] | 0x20) == 'e') {
      byte sign = bytes[at + 1];
      at = digits(sign == '-' || sign == '+' ? at + 2 : at + 1);
    }
    if (at - start > MOST_DIGITS) {
      throw new NotPlain();
    }
    number = Double.parseDouble(new String(bytes, start, at - start, StandardCharsets.ISO_8859_1));
    whole = -1;
    if (!Double.isFinite(number)) {
      throw new NotPlain();
    }
    return at;
  }

  private int digits(int start) {
    int at = start;
    while (bytes[at] >= '0' && bytes[at] <= '9') {
      at++;
    }
    if (at == start) {
      throw new NotPlain();
    }
    return at;
  }
}
