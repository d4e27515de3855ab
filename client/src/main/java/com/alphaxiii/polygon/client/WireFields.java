package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.Conditions;
import com.alphaxiii.polygon.core.OrderBook;
import com.alphaxiii.polygon.core.Ticker;
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
 * <p>The values lie in arrays by the ordinal of their field, so that an event allocates nothing but
 * its texts. Two places behind them are for the elements of lists.
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

  private enum Kind {
    ABSENT,
    WHOLE,
    NUMBER,
    TEXT,
    LIST,
    LEVELS,
    TRUE,
    FALSE,
    OTHER
  }

  private static final int FIELDS = Field.values().length;

  /** Where an element of a list is put before it is appended; of a pair the first number. */
  static final int ELEMENT = FIELDS;

  /** Where the second number of a pair in a list is put. */
  static final int SECOND_ELEMENT = FIELDS + 1;

  private static final int PLACES = FIELDS + 2;

  private final Kind[] kinds = new Kind[PLACES];
  private final long[] wholes = new long[PLACES];
  private final double[] numbers = new double[PLACES];
  private final String[] texts = new String[PLACES];
  private final int[][] codes = new int[PLACES][];
  private final double[][] levels = new double[PLACES][];
  private final int[] listSizes = new int[PLACES];

  WireFields() {
    Arrays.setAll(codes, at -> new int[8]);
    Arrays.setAll(levels, at -> new double[8]);
    clear();
  }

  /** Forgets the last event. */
  void clear() {
    Arrays.fill(kinds, Kind.ABSENT);
  }

  void putNull(int at) {
    kinds[at] = Kind.ABSENT;
  }

  void putWhole(int at, long value) {
    kinds[at] = Kind.WHOLE;
    wholes[at] = value;
  }

  void putNumber(int at, double value) {
    kinds[at] = Kind.NUMBER;
    numbers[at] = value;
  }

  void putText(int at, String value) {
    kinds[at] = Kind.TEXT;
    texts[at] = value;
  }

  void putFlag(int at, boolean value) {
    kinds[at] = value ? Kind.TRUE : Kind.FALSE;
  }

  /** Something that no field can be: an object, a list of lists of lists. */
  void putOther(int at) {
    kinds[at] = Kind.OTHER;
  }

  /** Begins a list; its elements are appended one by one. */
  void putList(int at) {
    kinds[at] = Kind.LIST;
    listSizes[at] = 0;
  }

  /** Appends what is in {@link #ELEMENT} to a list of codes; null is no element. */
  void appendCode(int at) {
    if (kinds[ELEMENT] == Kind.ABSENT || kinds[at] == Kind.OTHER) {
      return;
    }
    try {
      int code = code(ELEMENT, "code");
      if (kinds[at] == Kind.LIST) {
        append(at, code);
        return;
      }
    } catch (MalformedEvent e) {
      // A list with such an element is no list of codes.
    }
    kinds[at] = Kind.OTHER;
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
    boolean first = kinds[at] == Kind.LIST && listSizes[at] == 0;
    if (first || kinds[at] == Kind.LEVELS) {
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
        kinds[at] = Kind.LEVELS;
        return;
      } catch (MalformedEvent e) {
        // A list with such an element is no list of levels.
      }
    }
    kinds[at] = Kind.OTHER;
  }

  /** Whether it was sent with a value; an empty text is none. */
  boolean has(Field field) {
    return has(field.ordinal());
  }

  private boolean has(int at) {
    return kinds[at] != Kind.ABSENT && !(kinds[at] == Kind.TEXT && texts[at].isEmpty());
  }

  /** Whether it is a text with something in it, which may look like a number. */
  boolean isText(Field field) {
    return kinds[field.ordinal()] == Kind.TEXT && has(field);
  }

  /** A finite number that must be there. */
  double number(Field field) {
    return number(field.ordinal(), field);
  }

  double number(Field field, double absent) {
    return has(field) ? number(field) : absent;
  }

  private double number(int at, Object name) {
    if (!has(at)) {
      throw new MalformedEvent("no '" + name + "'");
    }
    double value =
        switch (kinds[at]) {
          case WHOLE -> wholes[at];
          case NUMBER -> numbers[at];
          case TEXT -> parseNumber(texts[at], name);
          default -> throw new MalformedEvent("'" + name + "' is not a number");
        };
    if (!Double.isFinite(value)) {
      throw new MalformedEvent("'" + name + "' is not finite");
    }
    return value;
  }

  /** A whole number that must be there. */
  long whole(Field field) {
    if (!has(field)) {
      throw new MalformedEvent("no '" + field + "'");
    }
    return whole(field.ordinal(), field);
  }

  long whole(Field field, long absent) {
    return has(field) ? whole(field) : absent;
  }

  /** A whole number that fits 32 bits; 0 when absent. */
  int small(Field field) {
    return has(field) ? code(field.ordinal(), field) : 0;
  }

  private int code(int at, Object name) {
    long value = whole(at, name);
    if (value != (int) value) {
      throw new MalformedEvent("'" + name + "' is too large: " + value);
    }
    return (int) value;
  }

  private long whole(int at, Object name) {
    return switch (kinds[at]) {
      case WHOLE -> wholes[at];
      case NUMBER -> exact(numbers[at], name);
      case TEXT -> parseWhole(texts[at], name);
      default -> throw new MalformedEvent("'" + name + "' is not a number");
    };
  }

  private static long parseWhole(String text, Object name) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      return exact(parseNumber(text, name), name);
    }
  }

  private static double parseNumber(String text, Object name) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new MalformedEvent("'" + name + "' is not a number");
    }
  }

  private static long exact(double value, Object name) {
    if (value != Math.rint(value) || Math.abs(value) >= 0x1p63) {
      throw new MalformedEvent("'" + name + "' is not a whole number: " + value);
    }
    return (long) value;
  }

  /** A text, or a whole number as text; empty when absent. */
  String text(Field field) {
    int at = field.ordinal();
    return switch (kinds[at]) {
      case ABSENT -> "";
      case TEXT -> texts[at];
      case WHOLE -> Long.toString(wholes[at]);
      default -> throw new MalformedEvent("'" + field + "' is not a text");
    };
  }

  /** The ticker of a text that must be there; throws what the cache throws for no ticker. */
  Ticker ticker(Field field, TickerCache cache) {
    return cache.get(text(field));
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
    switch (kinds[at]) {
      case LIST -> {}
      case ABSENT, WHOLE, NUMBER, TEXT -> {
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
    boolean none = kinds[at] == Kind.ABSENT || (kinds[at] == Kind.LIST && listSizes[at] == 0);
    if (none) {
      return List.of();
    }
    if (kinds[at] != Kind.LEVELS) {
      throw new MalformedEvent("'" + field + "' is not a list of prices and sizes");
    }
    List<OrderBook.Level> read = new ArrayList<>(listSizes[at] / 2);
    for (int i = 0; i < listSizes[at]; i += 2) {
      read.add(new OrderBook.Level(levels[at][i], levels[at][i + 1]));
    }
    return read;
  }
}
