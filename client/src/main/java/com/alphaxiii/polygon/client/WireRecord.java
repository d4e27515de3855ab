package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.Conditions;
import com.alphaxiii.polygon.core.PolygonException.BadData;
import com.alphaxiii.polygon.core.PolygonException.InvalidRequest;
import com.alphaxiii.polygon.core.Ticker;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * One element of a reference answer: its scalars by name, numbers kept as written so that
 * nanoseconds stay exact, and lists of numbers; nested objects are passed over. For answers of a
 * few hundred rows; bars have columns.
 */
final class WireRecord {
  private final String label;
  private final Map<String, String> scalars = new HashMap<>();
  private final Map<String, List<String>> lists = new HashMap<>();

  private WireRecord(String label) {
    this.label = label;
  }

  /** Reads the object the parser stands on; {@code label} names it in errors. */
  static WireRecord read(JsonParser parser, String label) {
    WireRecord read = new WireRecord(label);
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw read.bad("is not an object");
    }
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      JsonToken token = parser.nextToken();
      if (token == JsonToken.START_ARRAY) {
        read.lists.put(name, scalarsOf(parser));
      } else if (token.isStructStart()) {
        parser.skipChildren();
      } else if (token != JsonToken.VALUE_NULL) {
        read.scalars.put(name, parser.getString());
      }
    }
    return read;
  }

  private static List<String> scalarsOf(JsonParser parser) {
    List<String> read = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      if (token.isStructStart()) {
        parser.skipChildren();
      } else if (token != JsonToken.VALUE_NULL) {
        read.add(parser.getString());
      }
    }
    return read;
  }

  @Nullable String textOrNull(String name) {
    return scalars.get(name);
  }

  String text(String name) {
    String value = scalars.get(name);
    if (value == null) {
      throw bad("has no '%s'".formatted(name));
    }
    return value;
  }

  Ticker ticker(String name) {
    String symbol = text(name);
    try {
      return new Ticker(symbol);
    } catch (InvalidRequest e) {
      throw wrong(name, symbol, "a ticker");
    }
  }

  LocalDate date(String name) {
    String value = text(name);
    try {
      return LocalDate.parse(value);
    } catch (DateTimeException e) {
      throw wrong(name, value, "a date");
    }
  }

  double real(String name) {
    String value = text(name);
    try {
      double number = Double.parseDouble(value);
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, as for an infinite one.
    }
    throw wrong(name, value, "a number");
  }

  double realOr(String name, double absent) {
    return scalars.containsKey(name) ? real(name) : absent;
  }

  long whole(String name) {
    return whole(name, text(name));
  }

  long wholeOr(String name, long absent) {
    return scalars.containsKey(name) ? whole(name) : absent;
  }

  int smallOr(String name, int absent) {
    long value = wholeOr(name, absent);
    if (value != (int) value) {
      throw wrong(name, Long.toString(value), "a number of at most 32 bits");
    }
    return (int) value;
  }

  Optional<Boolean> flag(String name) {
    return Optional.ofNullable(scalars.get(name)).map("true"::equals);
  }

  Conditions conditions(String name) {
    List<String> codes = lists.getOrDefault(name, List.of());
    int[] read = new int[codes.size()];
    for (int i = 0; i < read.length; i++) {
      long code = whole(name, codes.get(i));
      if (code != (int) code) {
        throw wrong(name, codes.get(i), "a condition code");
      }
      read[i] = (int) code;
    }
    return Conditions.of(read);
  }

  private long whole(String name, String value) {
    try {
      return new BigDecimal(value).longValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      throw wrong(name, value, "a whole number");
    }
  }

  /** What is wrong with this element. */
  BadData bad(String problem) {
    return new BadData(label + " " + problem);
  }

  private BadData wrong(String name, String value, String expected) {
    return bad("has '%s' for '%s', which is not %s".formatted(shown(value), name, expected));
  }

  private static String shown(String value) {
    return value.length() <= 60 ? value : value.substring(0, 60) + "…";
  }
}
