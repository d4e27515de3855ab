package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.Conditions;
import com.alphaxiii.polygon.core.PolygonException;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Line after line of a flat file, cut into fields. Errors name the file and the line. Not for use
 * by several threads.
 */
final class FlatLines implements Closeable {
  private static final int BUFFER_BYTES = 1 << 18;
  private static final int GZIP_BYTES = 1 << 16;

  /** Digits of which any so many are a whole number that a double holds. */
  private static final int EXACT_DIGITS = 15;

  private static final int LONG_DIGITS = 18;
  private static final int SHOWN = 80;
  private static final double[] TENS = new double[EXACT_DIGITS + 1];

  static {
    TENS[0] = 1;
    for (int i = 1; i < TENS.length; i++) {
      TENS[i] = 10 * TENS[i - 1];
    }
  }

  private final FlatFile file;
  private final InputStream in;
  private final List<String> names;
  private final int[] from;
  private final int[] to;

  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int at;
  private int end;
  private boolean last;
  private long line;

  private FlatLines(FlatFile file, InputStream in) throws IOException {
    this.file = file;
    this.in = in;
    if (!fill()) {
      throw bad("the file is empty");
    }
    int stop = lineEnd();
    String header = new String(buffer, at, stop - at, StandardCharsets.UTF_8);
    this.names =
        Stream.of(header.split(",", -1)).map(n -> n.strip().toLowerCase(Locale.ROOT)).toList();
    this.from = new int[names.size()];
    this.to = new int[names.size()];
    this.at = Math.min(end, stop + 1);
  }

  /**
   * Begins to read.
   *
   * @throws PolygonException.BadData when it is no such file
   */
  static FlatLines open(FlatFileStore.Local local) {
    InputStream bytes = null;
    try {
      bytes = local.open();
      InputStream plain = local.file().gzip() ? new GZIPInputStream(bytes, GZIP_BYTES) : bytes;
      return new FlatLines(local.file(), plain);
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
    if (e instanceof FlatFileChanged || e instanceof NoSuchFileException) {
      return new PolygonException.BadData(
          "%s was changed or removed while it was imported (%s); it does not count as imported: import it again when it is whole"
              .formatted(file, e.getMessage()),
          null,
          e);
    }
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

  PolygonException.BadData bad(String problem) {
    return new PolygonException.BadData(
        "%s, line %d: %s; nothing of this file was imported: fetch it again, or mend the line"
            .formatted(file, line, problem));
  }

  /** The column of a name that must be there once. */
  int column(String name) {
    if (names.stream().filter(name::equals).count() != 1) {
      throw bad("the header needs one column '%s'".formatted(name));
    }
    return names.indexOf(name);
  }

  /** The column of a name; -1 when there is none. */
  int columnOrNone(String name) {
    return names.indexOf(name);
  }

  /** Moves to the next line with something in it; false when there is none. */
  boolean next() {
    try {
      while (fill()) {
        int stop = lineEnd();
        int textEnd = stop > at && buffer[stop - 1] == '\r' ? stop - 1 : stop;
        int begin = at;
        at = Math.min(end, stop + 1);
        if (textEnd > begin) {
          split(begin, textEnd);
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      throw unreadable(file, line, e);
    }
  }

  /** Has a whole line in the buffer; false at the end of the file. */
  private boolean fill() throws IOException {
    line++;
    if (!last && lineEnd() == end) {
      System.arraycopy(buffer, at, buffer, 0, end - at);
      end -= at;
      at = 0;
      while (!last && lineEnd() == end) {
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

  private int lineEnd() {
    int i = at;
    while (i < end && buffer[i] != '\n') {
      i++;
    }
    return i;
  }

  private void split(int begin, int stop) {
    int column = 0;
    int i = begin;
    while (true) {
      if (column == from.length) {
        throw bad("more than %d columns".formatted(from.length));
      }
      boolean quoted = i < stop && buffer[i] == '"';
      int first = quoted ? i + 1 : i;
      i = first;
      while (i < stop && buffer[i] != (quoted ? '"' : ',')) {
        i++;
      }
      from[column] = first;
      to[column] = i;
      column++;
      if (quoted) {
        if (i == stop || (i + 1 < stop && buffer[i + 1] != ',')) {
          throw bad("a quoted field does not end");
        }
        i++;
      }
      if (i >= stop) {
        break;
      }
      i++;
    }
    if (column < from.length) {
      throw bad("only %d of %d columns".formatted(column, from.length));
    }
  }

  boolean isEmpty(int column) {
    return from[column] == to[column];
  }

  /** Whether a field has these bytes. */
  boolean is(int column, byte[] bytes) {
    return Arrays.equals(bytes, 0, bytes.length, buffer, from[column], to[column]);
  }

  byte[] bytes(int column) {
    return Arrays.copyOfRange(buffer, from[column], to[column]);
  }

  String text(int column) {
    return new String(buffer, from[column], to[column] - from[column], StandardCharsets.UTF_8);
  }

  private String shown(int column) {
    String text = text(column);
    return "%s '%s'"
        .formatted(names.get(column), text.substring(0, Math.min(SHOWN, text.length())));
  }

  /** A whole number that must be there. */
  long whole(int column) {
    long value = 0;
    for (int i = from[column]; i < to[column]; i++) {
      int digit = buffer[i] - '0';
      if (digit < 0 || digit > 9 || i - from[column] > LONG_DIGITS || value < 0) {
        throw bad(shown(column) + " is not a whole number");
      }
      value = 10 * value + digit;
    }
    if (isEmpty(column) || value < 0) {
      throw bad(shown(column) + " is not a whole number");
    }
    return value;
  }

  /** A whole number; 0 when the column or the value is not there. */
  long wholeOrZero(int column) {
    return column < 0 || isEmpty(column) ? 0 : whole(column);
  }

  /** A small whole number, such as a code; 0 when the column or the value is not there. */
  int codeOrZero(int column) {
    long value = wholeOrZero(column);
    if (value > Integer.MAX_VALUE) {
      throw bad(shown(column) + " is too large for a code");
    }
    return (int) value;
  }

  /** Codes with commas between; none when the column or the value is not there. */
  Conditions conditions(int column) {
    if (column < 0 || isEmpty(column)) {
      return Conditions.NONE;
    }
    try {
      return Conditions.of(
          Stream.of(text(column).split(",", -1))
              .mapToInt(t -> Integer.parseInt(t.strip()))
              .toArray());
    } catch (IllegalArgumentException e) {
      throw bad(shown(column) + " are no codes");
    }
  }

  /** A count, which may have decimals; -1 when the column or the value is not there. */
  long countOrNone(int column) {
    if (column < 0 || isEmpty(column)) {
      return -1;
    }
    double value = number(column);
    if (value < 0 || value != Math.rint(value)) {
      throw bad(shown(column) + " are no count");
    }
    return (long) value;
  }

  /** A number that must be there. */
  double number(int column) {
    long value = 0;
    int digits = 0;
    int decimals = 0;
    boolean point = false;
    for (int i = from[column]; i < to[column]; i++) {
      int digit = buffer[i] - '0';
      if (digit >= 0 && digit <= 9) {
        value = 10 * value + digit;
        digits++;
        decimals += point ? 1 : 0;
      } else if (buffer[i] == '.' && !point && digits > 0) {
        point = true;
      } else {
        return odd(column);
      }
    }
    return digits == 0 || digits > EXACT_DIGITS ? odd(column) : value / TENS[decimals];
  }

  /** A number; 0 when the column or the value is not there. */
  double numberOrZero(int column) {
    return column < 0 || isEmpty(column) ? 0 : number(column);
  }

  /** Numbers of many digits, with a sign or an exponent: exact and slow. */
  private double odd(int column) {
    String text = text(column);
    if (!JsonNumbers.isNumber(text)) {
      throw bad(shown(column) + " is not a number");
    }
    double value = Double.parseDouble(text);
    if (Double.isInfinite(value)) {
      throw bad(shown(column) + " is too large");
    }
    return value;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
