package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.Conditions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The known fields of one event, in whatever order they came; unknown ones are passed over. The
 * same object is filled again for each event. What a name means depends on the event ({@code c} is
 * a closing price, a code or a list of codes), so values are kept as they were spelled and read by
 * the meaning: numbers may be strings, whole numbers may have a fraction of zero, null is absent.
 *
 * <p>The values lie in arrays by the ordinal of their field, so that an event allocates nothing but
 * its texts.
 */
@SuppressWarnings("EnumOrdinal")
final class WireFields {
  /** The names that any event of the stream uses. */
  enum Field {
    A,
    AP,
    AS,
    AV,
    AX,
    BP,
    BS,
    BX,
    C,
    DAV,
    DS,
    DV,
    E,
    EV,
    H,
    I,
    L,
    MESSAGE,
    O,
    OP,
    OTC,
    P,
    Q,
    S,
    STATUS,
    SYM,
    T,
    TRFI,
    TRFT,
    V,
    VW,
    X,
    Z;

    private static final Map<String, Field> BY_NAME = new HashMap<>();

    static {
      for (Field field : values()) {
        BY_NAME.put(field.toString(), field);
      }
    }

    private final String wireName = name().toLowerCase(Locale.ROOT);

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
    TRUE,
    FALSE,
    OTHER
  }

  private static final int[] NO_CODES = {};
  private static final int FIELDS = Field.values().length;

  private final Kind[] kinds = new Kind[FIELDS];
  private final long[] wholes = new long[FIELDS];
  private final double[] numbers = new double[FIELDS];
  private final String[] texts = new String[FIELDS];
  private final int[][] lists = new int[FIELDS][];
  private final int[] listSizes = new int[FIELDS];

  /** Reads an object; the parser stands at its start, and afterwards at its end. */
  void read(JsonParser parser) {
    Arrays.fill(kinds, Kind.ABSENT);
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      Field field = Field.of(parser.currentName());
      JsonToken value = parser.nextToken();
      if (field == null) {
        parser.skipChildren();
      } else {
        kinds[field.ordinal()] = readValue(parser, value, field.ordinal());
      }
    }
  }

  private Kind readValue(JsonParser parser, JsonToken token, int at) {
    return switch (token) {
      case VALUE_NULL -> Kind.ABSENT;
      case VALUE_TRUE -> Kind.TRUE;
      case VALUE_FALSE -> Kind.FALSE;
      case VALUE_STRING -> {
        texts[at] = parser.getString();
        yield Kind.TEXT;
      }
      case VALUE_NUMBER_INT -> readWhole(parser, at);
      case VALUE_NUMBER_FLOAT -> {
        numbers[at] = parser.getDoubleValue();
        yield Kind.NUMBER;
      }
      case START_ARRAY -> readList(parser, at);
      default -> {
        parser.skipChildren();
        yield Kind.OTHER;
      }
    };
  }

  private Kind readWhole(JsonParser parser, int at) {
    if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
      numbers[at] = parser.getDoubleValue();
      return Kind.NUMBER;
    }
    wholes[at] = parser.getLongValue();
    return Kind.WHOLE;
  }

  private Kind readList(JsonParser parser, int at) {
    listSizes[at] = 0;
    Kind kind = Kind.LIST;
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      if (token == JsonToken.VALUE_NULL) {
        continue;
      }
      Kind element = token.isStructStart() ? Kind.OTHER : readValue(parser, token, at);
      parser.skipChildren();
      long code = 0;
      try {
        code = toWhole(element, at, "code");
      } catch (MalformedEvent e) {
        kind = Kind.OTHER;
      }
      if (code != (int) code) {
        kind = Kind.OTHER;
      }
      append(at, (int) code);
    }
    return kind;
  }

  private void append(int at, int code) {
    int[] list = lists[at];
    int size = listSizes[at];
    if (list == null) {
      list = new int[8];
      lists[at] = list;
    } else if (size == list.length) {
      list = Arrays.copyOf(list, 2 * size);
      lists[at] = list;
    }
    list[size] = code;
    listSizes[at] = size + 1;
  }

  /** Whether it was sent with a value; an empty text is none. */
  boolean has(Field field) {
    Kind kind = kinds[field.ordinal()];
    return kind != Kind.ABSENT && !(kind == Kind.TEXT && texts[field.ordinal()].isEmpty());
  }

  /** A finite number that must be there. */
  double number(Field field) {
    if (!has(field)) {
      throw new MalformedEvent("no '" + field + "'");
    }
    int at = field.ordinal();
    double value =
        switch (kinds[at]) {
          case WHOLE -> wholes[at];
          case NUMBER -> numbers[at];
          case TEXT -> parseNumber(texts[at], field.toString());
          default -> throw new MalformedEvent("'" + field + "' is not a number");
        };
    if (!Double.isFinite(value)) {
      throw new MalformedEvent("'" + field + "' is not finite");
    }
    return value;
  }

  double number(Field field, double absent) {
    return has(field) ? number(field) : absent;
  }

  /** A whole number that must be there. */
  long whole(Field field) {
    if (!has(field)) {
      throw new MalformedEvent("no '" + field + "'");
    }
    return toWhole(kinds[field.ordinal()], field.ordinal(), field.toString());
  }

  long whole(Field field, long absent) {
    return has(field) ? whole(field) : absent;
  }

  /** A whole number that fits 32 bits; 0 when absent. */
  int small(Field field) {
    long value = whole(field, 0);
    if (value != (int) value) {
      throw new MalformedEvent("'" + field + "' is too large: " + value);
    }
    return (int) value;
  }

  private long toWhole(Kind kind, int at, String name) {
    return switch (kind) {
      case WHOLE -> wholes[at];
      case NUMBER -> exact(numbers[at], name);
      case TEXT -> parseWhole(texts[at], name);
      default -> throw new MalformedEvent("'" + name + "' is not a number");
    };
  }

  private static long parseWhole(String text, String name) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      return exact(parseNumber(text, name), name);
    }
  }

  private static double parseNumber(String text, String name) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new MalformedEvent("'" + name + "' is not a number");
    }
  }

  private static long exact(double value, String name) {
    if (value != Math.rint(value) || Math.abs(value) >= 0x1p63) {
      throw new MalformedEvent("'" + name + "' is not a whole number: " + value);
    }
    return (long) value;
  }

  /** A text, or a number as text; empty when absent. */
  String text(Field field) {
    int at = field.ordinal();
    return switch (kinds[at]) {
      case ABSENT -> "";
      case TEXT -> texts[at];
      case WHOLE -> Long.toString(wholes[at]);
      default -> throw new MalformedEvent("'" + field + "' is not a text");
    };
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
      case ABSENT -> listSizes[at] = 0;
      case LIST -> {}
      case WHOLE, NUMBER, TEXT -> {
        listSizes[at] = 0;
        if (has(field)) {
          append(at, small(field));
        }
      }
      default -> throw new MalformedEvent("'" + field + "' is not a list of codes");
    }
    int[] list = lists[at];
    return cache.get(list == null ? NO_CODES : list, listSizes[at]);
  }
}
