package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.Conditions;
import com.alphaxiii.polygon.core.PolygonException.BadData;
import com.alphaxiii.polygon.core.PolygonException.InvalidRequest;
import com.alphaxiii.polygon.core.Ticker;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * One object of an answer, read by the names of its members. Lenient where the vendor is: members
 * that are missing, null or unknown are fine, whole numbers may be written {@code 12.0} or {@code
 * 1.7e18}, numbers may stand in texts. Numbers keep every digit, so nanoseconds and decimals are
 * exact. What cannot be read is {@link BadData} naming the element and the member.
 *
 * <p>For answers of a few thousand rows; bars and ticks have decoders of their own.
 */
public final class Row {
  private final JsonNode node;
  private final String label;

  private Row(JsonNode node, String label) {
    this.node = node;
    this.label = label;
  }

  /**
   * Reads by name what a node holds.
   *
   * @param label names it in errors, such as {@code split 3}
   * @throws BadData when it is not an object
   */
  public static Row of(JsonNode node, String label) {
    Row row = new Row(node, label);
    if (!node.isObject()) {
      throw row.bad("is not an object");
    }
    return row;
  }

  /** Reads the value the parser stands on. */
  static Row read(JsonParser parser, String label) {
    return of(Json.tree(parser), label);
  }

  /** What names this row in errors. */
  public String label() {
    return label;
  }

  /** The object itself, numbers as exact as they were sent. */
  public JsonNode node() {
    return node;
  }

  /** The names of all members, null ones too, in their order. */
  public Set<String> names() {
    return Collections.unmodifiableSet(new LinkedHashSet<>(node.propertyNames()));
  }

  /** Whether the member is there and not null. */
  public boolean has(String name) {
    JsonNode value = node.get(name);
    return value != null && !value.isNull();
  }

  /** A scalar as written, numbers and booleans too; null when missing, null, a list or object. */
  public @Nullable String textOrNull(String name) {
    JsonNode value = node.get(name);
    return value == null || value.isNull() || value.isContainer() ? null : value.asString();
  }

  /** A scalar as written; {@code absent} where {@link #textOrNull} is null. */
  public String textOr(String name, String absent) {
    String value = textOrNull(name);
    return value == null ? absent : value;
  }

  /** A scalar as written that must be there. */
  public String text(String name) {
    String value = textOrNull(name);
    if (value == null) {
      throw bad("has no '%s'".formatted(name));
    }
    return value;
  }

  /** A scalar as written; empty when missing, null or an empty text. */
  public Optional<String> textIfAny(String name) {
    return Optional.of(textOr(name, "")).filter(text -> !text.isEmpty());
  }

  /** A ticker that must be there. */
  public Ticker ticker(String name) {
    String symbol = text(name);
    try {
      return new Ticker(symbol);
    } catch (InvalidRequest e) {
      throw wrong(name, symbol, "a ticker");
    }
  }

  /** A day written {@code YYYY-MM-DD} that must be there. */
  public LocalDate date(String name) {
    String value = text(name);
    try {
      return LocalDate.parse(value);
    } catch (DateTimeException e) {
      throw wrong(name, value, "a date");
    }
  }

  /** A day, empty when missing, null or an empty text. */
  public Optional<LocalDate> dateIfAny(String name) {
    return textOr(name, "").isEmpty() ? Optional.empty() : Optional.of(date(name));
  }

  /** A time with its offset; empty when missing, null or an empty text. */
  public Optional<Instant> timeIfAny(String name) {
    return textIfAny(name).map(text -> time(name, text));
  }

  private Instant time(String name, String value) {
    try {
      return OffsetDateTime.parse(value).toInstant();
    } catch (DateTimeException e) {
      throw wrong(name, value, "a time");
    }
  }

  /** A Unix time in milliseconds; empty when missing, null or zero. */
  public Optional<Instant> millisIfAny(String name) {
    long millis = wholeOr(name, 0);
    return millis == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }

  /** A Unix time in nanoseconds; empty when missing, null or zero. */
  public Optional<Instant> nanosIfAny(String name) {
    long nanos = wholeOr(name, 0);
    return nanos == 0 ? Optional.empty() : Optional.of(Instant.ofEpochSecond(0, nanos));
  }

  /** A finite number that must be there. */
  public double real(String name) {
    return real(name, text(name));
  }

  /** A finite number. */
  public double realOr(String name, double absent) {
    String value = textOrNull(name);
    return value == null ? absent : real(name, value);
  }

  /** A finite number; empty when missing, null or an empty text. */
  public OptionalDouble realIfAny(String name) {
    Optional<String> value = textIfAny(name);
    return value.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(real(name, value.get()));
  }

  private double real(String name, String value) {
    double number = JsonNumbers.isNumber(value) ? Double.parseDouble(value) : Double.NaN;
    if (!Double.isFinite(number)) {
      throw wrong(name, value, "a number");
    }
    return number;
  }

  /** A number with every digit as written; empty when missing or null. */
  public Optional<BigDecimal> decimal(String name) {
    String value = textOrNull(name);
    if (value == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(new BigDecimal(value));
    } catch (NumberFormatException e) {
      throw wrong(name, value, "a number");
    }
  }

  /** A whole number of 64 bits that must be there, such as a time in nanoseconds. */
  public long whole(String name) {
    return whole(name, text(name));
  }

  /** A whole number of 64 bits. */
  public long wholeOr(String name, long absent) {
    String value = textOrNull(name);
    return value == null ? absent : whole(name, value);
  }

  /** A whole number of 32 bits. */
  public int smallOr(String name, int absent) {
    String value = textOrNull(name);
    return value == null ? absent : small(name, value);
  }

  /** A whole number of 64 bits; empty when missing, null or an empty text. */
  public OptionalLong wholeIfAny(String name) {
    Optional<String> value = textIfAny(name);
    return value.isEmpty() ? OptionalLong.empty() : OptionalLong.of(whole(name, value.get()));
  }

  /** A whole number of 32 bits that must be there. */
  public int small(String name) {
    return small(name, text(name));
  }

  /** A whole number of 32 bits; empty when missing, null or an empty text. */
  public OptionalInt smallIfAny(String name) {
    Optional<String> value = textIfAny(name);
    return value.isEmpty() ? OptionalInt.empty() : OptionalInt.of(small(name, value.get()));
  }

  /** True or false; empty when missing, null or neither. */
  public Optional<Boolean> flag(String name) {
    return switch (textOr(name, "")) {
      case "true" -> Optional.of(true);
      case "false" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  /** The object under a name; empty when missing or null. */
  public Optional<Row> object(String name) {
    JsonNode value = node.get(name);
    if (value == null || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isObject()) {
      throw bad("has a '%s' that is not an object".formatted(name));
    }
    return Optional.of(new Row(value, label + ", " + name));
  }

  /** The object under a name; one without members when missing or null. */
  public Row row(String name) {
    return object(name).orElseGet(() -> new Row(JsonNodeFactory.instance.objectNode(), label));
  }

  /** The objects of a list; none when missing or null. Nulls in the list are passed over. */
  public List<Row> objects(String name) {
    List<Row> rows = new ArrayList<>();
    int index = 0;
    for (JsonNode element : elements(name)) {
      index++;
      if (!element.isNull()) {
        rows.add(of(element, "%s, %s %d".formatted(label, name, index)));
      }
    }
    return rows;
  }

  /**
   * The scalars of a list as written; none when missing or null. A lone scalar is a list of one.
   */
  public List<String> texts(String name) {
    String alone = textOrNull(name);
    if (alone != null) {
      return List.of(alone);
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode element : elements(name)) {
      if (!element.isContainer() && !element.isNull()) {
        texts.add(element.asString());
      }
    }
    return texts;
  }

  /** The numbers of a list as condition codes; none when missing or null. */
  public Conditions conditions(String name) {
    return Conditions.of(texts(name).stream().mapToInt(code -> small(name, code)).toArray());
  }

  private Iterable<JsonNode> elements(String name) {
    JsonNode value = node.get(name);
    if (value == null || value.isNull()) {
      return List.of();
    }
    if (!value.isArray()) {
      throw bad("has a '%s' that is not a list".formatted(name));
    }
    return value;
  }

  private int small(String name, String value) {
    long number = whole(name, value);
    if (number != (int) number) {
      throw wrong(name, value, "a whole number of at most 32 bits");
    }
    return (int) number;
  }

  private long whole(String name, String value) {
    try {
      return new BigDecimal(value).longValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      throw wrong(name, value, "a whole number");
    }
  }

  /** What a member that must be there makes of this row when it is not. */
  public BadData lacks(String name) {
    return bad("has no '%s'".formatted(name));
  }

  /** What is wrong with a member. */
  public BadData bad(String name, String problem) {
    return bad("has a '%s' that %s".formatted(name, problem));
  }

  /** What is wrong with this row. */
  public BadData bad(String problem) {
    return new BadData(label + " " + problem);
  }

  private BadData wrong(String name, String value, String expected) {
    return bad("has '%s' for '%s', which is not %s".formatted(shown(value), name, expected));
  }

  private static String shown(String value) {
    return value.length() <= 60 ? value : value.substring(0, 60) + "…";
  }

  /** As JSON. */
  @Override
  public String toString() {
    return node.toString();
  }
}
