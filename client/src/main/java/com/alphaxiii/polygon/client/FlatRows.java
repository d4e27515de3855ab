package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Timeframe;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Row after row of a flat file with bars. Rows must belong to the file's day and have numbers where
 * numbers belong; an error names the file and the line.
 */
final class FlatRows implements Closeable {
  private static final int BUFFER_BYTES = 1 << 18;
  private static final int GZIP_BYTES = 1 << 16;

  /** Digits of which any so many are a whole number that a double holds. */
  private static final int EXACT_DIGITS = 15;

  private static final int NANOS_PER_MILLI = 1_000_000;
  private static final long MINUTE_MILLIS = 60_000;

  private static final double[] TENS = new double[EXACT_DIGITS + 1];

  static {
    TENS[0] = 1;
    for (int i = 1; i < TENS.length; i++) {
      TENS[i] = 10 * TENS[i - 1];
    }
  }

  /** The columns, in the order of the row's numbers; the vendor's own order does not matter. */
  private static final List<String> COLUMNS =
      List.of("ticker", "open", "high", "low", "close", "volume", "window_start", "transactions");

  private static final int TICKER = 0;
  private static final int OPEN = 1;
  private static final int HIGH = 2;
  private static final int LOW = 3;
  private static final int CLOSE = 4;
  private static final int VOLUME = 5;
  private static final int WINDOW_START = 6;
  private static final int TRANSACTIONS = 7;
  private static final int OTHER = -1;

  private final FlatFile file;
  private final InputStream in;
  private final TimeRange day;
  private final boolean daily;
  private final int[] kinds;

  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int at;
  private int end;
  private boolean last;
  private long line;

  private byte[] symbolBytes = new byte[0];
  private String symbol = "";
  private boolean otherSymbol;
  private long start;
  private final double[] numbers = new double[COLUMNS.size()];

  private FlatRows(FlatFile file, InputStream in) throws IOException {
    this.file = file;
    this.in = in;
    this.day = TimeRange.ofDays(file.day(), file.day(), file.dataset().market().zone());
    this.daily = file.dataset().timeframe().equals(Timeframe.DAY_1);
    this.kinds = header();
  }

  /**
   * Begins to read.
   *
   * @throws PolygonException.BadData when it is no such file
   */
  static FlatRows open(FlatFileStore.Local local) {
    InputStream bytes = null;
    try {
      bytes = local.open();
      InputStream plain = local.file().gzip() ? new GZIPInputStream(bytes, GZIP_BYTES) : bytes;
      return new FlatRows(local.file(), plain);
    } catch (IOException | RuntimeException e) {
      if (bytes != null) {
        try {
          bytes.close();
        } catch (IOException suppressed) {
          e.addSuppressed(suppressed);
        }
      }
      throw e instanceof RuntimeException known
          ? known
          : unreadable(local.file(), 1, (IOException) e);
    }
  }

  private static PolygonException unreadable(FlatFile file, long line, IOException e) {
    return e instanceof EOFException || e instanceof ZipException
        ? new PolygonException.BadData(
            "%s, line %d: the compressed file is cut or damaged there (%s); nothing of it was imported: fetch it again"
                .formatted(file, line, e.getMessage()),
            null,
            e)
        : new PolygonException.StorageFailure(
            "%s cannot be read (%s): see that it may be read and the disk is well"
                .formatted(file, e),
            e);
  }

  private PolygonException.BadData bad(String problem) {
    return new PolygonException.BadData(
        "%s, line %d: %s; nothing of this file was imported: fetch it again, or mend the line"
            .formatted(file, line, problem));
  }

  private int[] header() throws IOException {
    if (!fill()) {
      throw bad("the file is empty");
    }
    int stop = lineEnd();
    String[] names =
        new String(buffer, at, stop - at, StandardCharsets.UTF_8).strip().split(",", -1);
    int[] found = new int[names.length];
    for (int i = 0; i < names.length; i++) {
      found[i] = COLUMNS.indexOf(names[i].strip());
    }
    for (int kind = 0; kind < TRANSACTIONS; kind++) {
      int wanted = kind;
      if (Arrays.stream(found).filter(k -> k == wanted).count() != 1) {
        throw bad("the header needs one column '%s'".formatted(COLUMNS.get(kind)));
      }
    }
    at = Math.min(end, stop + 1);
    return found;
  }

  /** Moves to the next row; false when there is none. */
  boolean next() {
    try {
      do {
        if (!fill()) {
          return false;
        }
        int stop = lineEnd();
        int textEnd = stop > at && buffer[stop - 1] == '\r' ? stop - 1 : stop;
        boolean blank = textEnd == at;
        if (!blank) {
          row(at, textEnd);
        }
        at = Math.min(end, stop + 1);
        if (!blank) {
          return true;
        }
      } while (true);
    } catch (IOException e) {
      throw unreadable(file, line, e);
    }
  }

  /** Has a whole line in the buffer; false at the end of the file. */
  private boolean fill() throws IOException {
    line++;
    if (!last && !hasLine()) {
      System.arraycopy(buffer, at, buffer, 0, end - at);
      end -= at;
      at = 0;
      while (!last && !hasLine()) {
        if (end == buffer.length) {
          throw bad("the line is longer than %d bytes".formatted(buffer.length));
        }
        int read = in.read(buffer, end, buffer.length - end);
        last = read < 0;
        end += Math.max(0, read);
      }
    }
    return at < end;
  }

  private boolean hasLine() {
    return lineEnd() < end;
  }

  private int lineEnd() {
    int i = at;
    while (i < end && buffer[i] != '\n') {
      i++;
    }
    return i;
  }

  private void row(int from, int to) {
    numbers[TRANSACTIONS] = -1;
    int field = from;
    int column = 0;
    for (int i = from; i <= to; i++) {
      if (i == to || buffer[i] == ',') {
        if (column == kinds.length) {
          throw bad("more than %d columns".formatted(kinds.length));
        }
        field(kinds[column++], field, i);
        field = i + 1;
      }
    }
    if (column < kinds.length) {
      throw bad("only %d of %d columns".formatted(column, kinds.length));
    }
  }

  private void field(int kind, int from, int to) {
    switch (kind) {
      case TICKER -> symbol(from, to);
      case WINDOW_START -> start(from, to);
      case TRANSACTIONS -> numbers[kind] = from == to ? -1 : count(from, to);
      case OTHER -> {}
      default -> numbers[kind] = number(kind, from, to);
    }
  }

  private void symbol(int from, int to) {
    if (from == to) {
      throw bad("there is no ticker");
    }
    otherSymbol = !Arrays.equals(symbolBytes, 0, symbolBytes.length, buffer, from, to);
    if (otherSymbol) {
      symbolBytes = Arrays.copyOfRange(buffer, from, to);
      symbol = new String(symbolBytes, StandardCharsets.UTF_8);
    }
  }

  private void start(int from, int to) {
    long nanos = whole("window_start", from, to);
    start = nanos / NANOS_PER_MILLI;
    boolean begins =
        daily
            ? start == day.start().toEpochMilli()
            : start % MINUTE_MILLIS == 0
                && start >= day.start().toEpochMilli()
                && start < day.end().toEpochMilli();
    if (nanos % NANOS_PER_MILLI != 0 || !begins) {
      throw bad(
          "window_start %s begins no %s of %s"
              .formatted(text(from, to), daily ? "day bar" : "minute", file.day()));
    }
  }

  private long whole(String name, int from, int to) {
    long value = 0;
    for (int i = from; i < to; i++) {
      int digit = buffer[i] - '0';
      if (digit < 0 || digit > 9 || i - from >= 19 || value < 0) {
        throw bad("%s '%s' is not a whole number".formatted(name, text(from, to)));
      }
      value = 10 * value + digit;
    }
    if (from == to || value < 0) {
      throw bad("%s '%s' is not a whole number".formatted(name, text(from, to)));
    }
    return value;
  }

  /** Counts come with decimals at times. */
  private double count(int from, int to) {
    double value = number(TRANSACTIONS, from, to);
    if (value < 0 || value != Math.rint(value)) {
      throw bad("transactions '%s' are no count".formatted(text(from, to)));
    }
    return value;
  }

  private double number(int kind, int from, int to) {
    long value = 0;
    int digits = 0;
    int decimals = 0;
    boolean point = false;
    for (int i = from; i < to; i++) {
      int digit = buffer[i] - '0';
      if (digit >= 0 && digit <= 9) {
        value = 10 * value + digit;
        digits++;
        decimals += point ? 1 : 0;
      } else if (buffer[i] == '.' && !point && digits > 0) {
        point = true;
      } else {
        return odd(kind, from, to);
      }
    }
    return digits == 0 || digits > EXACT_DIGITS ? odd(kind, from, to) : value / TENS[decimals];
  }

  /** Numbers of many digits, with a sign or an exponent: exact and slow. */
  private double odd(int kind, int from, int to) {
    String text = text(from, to);
    if (!JsonNumbers.isNumber(text)) {
      throw bad("%s '%s' is not a number".formatted(COLUMNS.get(kind), text));
    }
    double value = Double.parseDouble(text);
    if (Double.isInfinite(value)) {
      throw bad("%s '%s' is too large".formatted(COLUMNS.get(kind), text));
    }
    return value;
  }

  private String text(int from, int to) {
    return new String(buffer, from, Math.min(to - from, 80), StandardCharsets.UTF_8);
  }

  /** As spelled in the file. */
  String symbol() {
    return symbol;
  }

  /** Whether the row before had another ticker, or there was none. */
  boolean otherSymbol() {
    return otherSymbol;
  }

  /** Start of the window, Unix ms. */
  long start() {
    return start;
  }

  double opened() {
    return numbers[OPEN];
  }

  double highest() {
    return numbers[HIGH];
  }

  double lowest() {
    return numbers[LOW];
  }

  double closed() {
    return numbers[CLOSE];
  }

  double traded() {
    return numbers[VOLUME];
  }

  /** -1 when absent. */
  long counted() {
    return (long) numbers[TRANSACTIONS];
  }

  /** Rows and header so far. */
  long line() {
    return line;
  }

  /** The error for two rows of one window. */
  PolygonException.BadData twice() {
    return bad("%s has this window twice".formatted(symbol));
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
