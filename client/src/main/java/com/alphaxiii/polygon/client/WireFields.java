package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.Conditions;
import com.alphaxiii.polygon.core.OrderBook;
import com.alphaxiii.polygon.core.Ticker;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The known fields of one event, in whatever order they came. The same object is filled again for
 * each event. What a name means depends on the event ({@code c} is a closing price, a code or a
 * list of codes), so values are kept as they were spelled and read by the meaning: numbers may be
 * strings, whole numbers may have a fraction of zero, null is absent.
 *
 * <p>The values lie in arrays by the ordinal of their field, and texts stay where they are in the
 * message, so that only an event's own values are allocated. Places behind those of the fields are
 * for the elements of lists and for what nobody asks for.
 */
@SuppressWarnings("EnumOrdinal")
final class WireFields {
  /** The names that any event of the stream uses. */
  enum Field {
    A,
    AP,
    AS,
    AT,
    AV,
    AX,
    B,
    BP,
    BS,
    BX,
    C,
    DAV,
    DS,
    DV,
    E,
    EV,
    FMV,
    H,
    I,
    L,
    MESSAGE,
    N,
    O,
    OP,
    OTC,
    P,
    PAIR,
    Q,
    R,
    S,
    STATUS,
    SYM,
    T,
    /** {@code T}, a ticker; {@code t} is a time. */
    TICKER("T"),
    TRFI,
    TRFT,
    V,
    VAL,
    VW,
    X,
    Z;

    private static final Map<String, Field> BY_NAME = new HashMap<>();

    static {
      for (Field field : values()) {
        BY_NAME.put(field.toString(), field);
      }
    }

    private final String wireName;

    Field() {
      wireName = name().toLowerCase(Locale.ROOT);
    }

    Field(String wireName) {
      this.wireName = wireName;
    }

    static @Nullable Field of(String wireName) {
      return BY_NAME.get(wireName);
    }

    @Override
    public String toString() {
      return wireName;
    }
  }

  // What a place holds. Bytes, since an array of references costs more with each store.
  private static final byte ABSENT = 0;

  /** A whole number of 64 bits; with a scale, divided by so many tens. */
  private static final byte WHOLE = 1;

  private static final byte NUMBER = 3;
  private static final byte TEXT = 4;

  /** A text of ASCII in the message: offset, and length above it. */
  private static final byte SLICE = 5;

  private static final byte LIST = 6;
  private static final byte LEVELS = 7;
  private static final byte TRUE = 8;
  private static final byte FALSE = 9;
  private static final byte OTHER = 10;

  /** The scale lies above the kind, in the same byte. */
  private static final int KIND = 0xF;

  private static final int SCALE_SHIFT = 4;

  /** All are exact as a double. */
  private static final double[] TENS = {
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
  };

  private static final int FIELDS = Field.values().length;

  /** Where an element of a list is put before it is appended; of a pair the first number. */
  static final int ELEMENT = FIELDS;

  /** Where the second number of a pair in a list is put. */
  static final int SECOND_ELEMENT = FIELDS + 1;

  /** Where a value is put that nobody asks for. */
  static final int IGNORED = FIELDS + 2;

  private static final int SCRATCH = FIELDS + 3;
  private static final int PLACES = FIELDS + 4;

  private final byte[] kinds = new byte[PLACES];
  private final long[] wholes = new long[PLACES];
  private final double[] numbers = new double[PLACES];
  private final String[] texts = new String[PLACES];
  private final int[][] codes = new int[PLACES][];
  private final double[][] levels = new double[PLACES][];
  private final int[] listSizes = new int[PLACES];

  private byte[] message = {};

  WireFields() {
    Arrays.setAll(codes, at -> new int[8]);
    Arrays.setAll(levels, at -> new double[8]);
  }

  /**
   * Forgets the last event and begins another, whose texts are read from these bytes; they must not
   * change before the event has been read.
   */
  void begin(byte[] bytes) {
    Arrays.fill(kinds, ABSENT);
    message = bytes;
  }

  void putNull(int at) {
    kinds[at] = ABSENT;
  }

  void putWhole(int at, long value) {
    kinds[at] = WHOLE;
    wholes[at] = value;
  }

  /** A whole number of at most 15 digits divided by a power of ten, at most the 15th. */
  void putDecimal(int at, long value, int scale) {
    kinds[at] = (byte) (scale << SCALE_SHIFT | WHOLE);
    wholes[at] = value;
  }

  void putNumber(int at, double value) {
    kinds[at] = NUMBER;
    numbers[at] = value;
  }

  void putText(int at, String value) {
    kinds[at] = TEXT;
    texts[at] = value;
  }

  /** A text that lies in the message and is plain ASCII. */
  void putText(int at, int offset, int length) {
    kinds[at] = SLICE;
    wholes[at] = (long) length << Integer.SIZE | offset;
  }

  private int offset(int at) {
    return (int) wholes[at];
  }

  private int length(int at) {
    return (int) (wholes[at] >>> Integer.SIZE);
  }

  void putFlag(int at, boolean value) {
    kinds[at] = value ? TRUE : FALSE;
  }

  /** Something that no field can be: an object, a list of lists of lists. */
  void putOther(int at) {
    kinds[at] = OTHER;
  }

  /** Begins a list; its elements are appended one by one. */
  void putList(int at) {
    kinds[at] = LIST;
    listSizes[at] = 0;
  }

  /** Appends what is in {@link #ELEMENT} to a list of codes; null is no element. */
  void appendCode(int at) {
    if (kinds[ELEMENT] == ABSENT || kinds[at] == OTHER) {
      return;
    }
    try {
      int code = code(ELEMENT, "code");
      if (kinds[at] == LIST) {
        append(at, code);
        return;
      }
    } catch (MalformedEvent e) {
      // A list with such an element is no list of codes.
    }
    kinds[at] = OTHER;
  }

  /** Appends a code to a list of codes. */
  void appendCode(int at, int code) {
    if (kinds[at] == LIST) {
      append(at, code);
    } else {
      kinds[at] = OTHER;
    }
  }

  private void append(int at, int code) {
    int size = listSizes[at];
    if (size == codes[at].length) {
      codes[at] = Arrays.copyOf(codes[at], 2 * size);
    }
    codes[at][size] = code;
    listSizes[at] = size + 1;
  }

  /** Appends the pair in {@link #ELEMENT} and {@link #SECOND_ELEMENT} to a list of levels. */
  void appendLevel(int at) {
    boolean first = kinds[at] == LIST && listSizes[at] == 0;
    if (first || kinds[at] == LEVELS) {
      try {
        double price = number(ELEMENT, "price");
        double size = number(SECOND_ELEMENT, "size");
        int used = listSizes[at];
        if (used + 2 > levels[at].length) {
          levels[at] = Arrays.copyOf(levels[at], 2 * levels[at].length);
        }
        levels[at][used] = price;
        levels[at][used + 1] = size;
        listSizes[at] = used + 2;
        kinds[at] = LEVELS;
        return;
      } catch (MalformedEvent e) {
        // A list with such an element is no list of levels.
      }
    }
    kinds[at] = OTHER;
  }

  /** Whether it was sent with a value; an empty text is none. */
  boolean has(Field field) {
    return has(field.ordinal());
  }

  private boolean has(int at) {
    return switch (kinds[at]) {
      case ABSENT -> false;
      case TEXT -> !texts[at].isEmpty();
      case SLICE -> length(at) > 0;
      default -> true;
    };
  }

  /** Whether it is a text with something in it, which may look like a number. */
  boolean isText(Field field) {
    byte kind = kinds[field.ordinal()];
    return (kind == TEXT || kind == SLICE) && has(field);
  }

  /** A finite number that must be there. */
  double number(Field field) {
    return number(field.ordinal(), field);
  }

  double number(Field field, double absent) {
    int at = field.ordinal();
    return isUsual(at) ? quotient(at) : unusual(at, field, absent);
  }

  private double unusual(int at, Field field, double absent) {
    return has(at) ? number(at, field) : absent;
  }

  private double number(int at, Object name) {
    return isUsual(at) ? quotient(at) : unusual(at, name);
  }

  /** Whether it is a number of few digits, as nearly all are, with or without decimals. */
  private boolean isUsual(int at) {
    return (kinds[at] & KIND) == WHOLE;
  }

  /** Whole numbers are divided by one: that costs less than a branch that is guessed wrong. */
  private double quotient(int at) {
    return wholes[at] / TENS[scale(at)];
  }

  private int scale(int at) {
    return (kinds[at] & 0xFF) >>> SCALE_SHIFT;
  }

  private double unusual(int at, Object name) {
    switch (kinds[at]) {
      case SLICE, TEXT -> {
        return finite(textNumber(at, name), name);
      }
      case NUMBER -> {
        return finite(numbers[at], name);
      }
      case ABSENT -> throw new MalformedEvent("no '" + name + "'");
      default -> throw new MalformedEvent("'" + name + "' is not a number");
    }
  }

  private static double finite(double value, Object name) {
    if (!Double.isFinite(value)) {
      throw new MalformedEvent("'" + name + "' is not finite");
    }
    return value;
  }

  /** A number that was sent as a text. */
  private double textNumber(int at, Object name) {
    if (readSlice(at)) {
      return number(SCRATCH, name);
    }
    return parseNumber(text(at, name), name);
  }

  /** Whether it is a number as JSON spells it, which then is in {@link #SCRATCH}. */
  private boolean readSlice(int at) {
    if (kinds[at] != SLICE || !has(at)) {
      return false;
    }
    int start = offset(at);
    try {
      return JsonNumbers.read(message, start, this, SCRATCH) == start + length(at);
    } catch (NotJson e) {
      return false;
    }
  }

  /** A whole number that must be there. */
  long whole(Field field) {
    int at = field.ordinal();
    if (kinds[at] == WHOLE) {
      return wholes[at];
    }
    if (!has(at)) {
      throw new MalformedEvent("no '" + field + "'");
    }
    return whole(at, field);
  }

  long whole(Field field, long absent) {
    int at = field.ordinal();
    if (kinds[at] == WHOLE) {
      return wholes[at];
    }
    return has(at) ? whole(at, field) : absent;
  }

  /** A whole number that fits 32 bits; 0 when absent. */
  int small(Field field) {
    int at = field.ordinal();
    return kinds[at] == WHOLE || has(at) ? code(at, field) : 0;
  }

  private int code(int at, Object name) {
    long value = whole(at, name);
    if (value != (int) value) {
      throw new MalformedEvent("'" + name + "' is too large: " + value);
    }
    return (int) value;
  }

  private long whole(int at, Object name) {
    if (isUsual(at)) {
      return scale(at) == 0 ? wholes[at] : exact(quotient(at), name);
    }
    return switch (kinds[at]) {
      case NUMBER -> exact(numbers[at], name);
      case SLICE, TEXT -> textWhole(at, name);
      default -> throw new MalformedEvent("'" + name + "' is not a number");
    };
  }

  private long textWhole(int at, Object name) {
    return readSlice(at) ? whole(SCRATCH, name) : parseWhole(text(at, name), name);
  }

  private static long parseWhole(String text, Object name) {
    double value = parseNumber(text, name);
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      return exact(value, name);
    }
  }

  private static double parseNumber(String text, Object name) {
    if (!JsonNumbers.isNumber(text)) {
      throw new MalformedEvent("'" + name + "' is not a number");
    }
    return Double.parseDouble(text);
  }

  private static long exact(double value, Object name) {
    if (value != Math.rint(value) || Math.abs(value) >= 0x1p63) {
      throw new MalformedEvent("'" + name + "' is not a whole number: " + value);
    }
    return (long) value;
  }

  /** A text, or a whole number as text; empty when absent. */
  String text(Field field) {
    return text(field.ordinal(), field);
  }

  private String text(int at, Object name) {
    return switch (kinds[at]) {
      case ABSENT -> "";
      case SLICE -> new String(message, offset(at), length(at), StandardCharsets.ISO_8859_1);
      case TEXT -> texts[at];
      case NUMBER -> Long.toString(whole(at, name));
      default -> {
        if (!isUsual(at)) {
          throw new MalformedEvent("'" + name + "' is not a text");
        }
        yield Long.toString(whole(at, name));
      }
    };
  }

  /** The bytes of a short text as {@link Words} sees them; 0 when it is absent, long or no text. */
  long word(Field field) {
    int at = field.ordinal();
    if (kinds[at] == SLICE && length(at) <= Long.BYTES) {
      return Words.first(Words.at(message, offset(at)), length(at));
    }
    return kinds[at] == TEXT && texts[at].length() <= Long.BYTES ? Words.of(texts[at]) : 0;
  }

  /** The ticker of a text that must be there; throws what the cache throws for no ticker. */
  Ticker ticker(Field field, TickerCache cache) {
    int at = field.ordinal();
    return kinds[at] == SLICE ? cache.get(message, offset(at), length(at)) : cache.get(text(field));
  }

  /** True or false; false when absent. */
  boolean flag(Field field) {
    return switch (kinds[field.ordinal()]) {
      case ABSENT, FALSE -> false;
      case TRUE -> true;
      default -> throw new MalformedEvent("'" + field + "' is neither true nor false");
    };
  }

  /** Shared codes of a list, or of a single code; none when absent. */
  Conditions codes(Field field, ConditionsCache cache) {
    int at = field.ordinal();
    switch (kinds[at] & KIND) {
      case LIST -> {}
      case ABSENT, WHOLE, NUMBER, TEXT, SLICE -> {
        listSizes[at] = 0;
        if (has(field)) {
          append(at, small(field));
        }
      }
      default -> throw new MalformedEvent("'" + field + "' is not a list of codes");
    }
    return cache.get(codes[at], listSizes[at]);
  }

  /** Prices and sizes of one side of an order book; none when absent. */
  List<OrderBook.Level> levels(Field field) {
    int at = field.ordinal();
    boolean none = kinds[at] == ABSENT || (kinds[at] == LIST && listSizes[at] == 0);
    if (none) {
      return List.of();
    }
    if (kinds[at] != LEVELS) {
      throw new MalformedEvent("'" + field + "' is not a list of prices and sizes");
    }
    List<OrderBook.Level> read = new ArrayList<>(listSizes[at] / 2);
    for (int i = 0; i < listSizes[at]; i += 2) {
      read.add(new OrderBook.Level(levels[at][i], levels[at][i + 1]));
    }
    return read;
  }
}
