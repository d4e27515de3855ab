package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.catalogue.Field;
import com.alphaxiii.polygon.core.Market;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a column can be filtered by.
 *
 * @param operators the suffixes allowed besides the bare name: {@code gt}, {@code any_of} and so on
 */
record Filter(String column, Kind kind, Set<String> operators) {
  static final Set<String> RANGE = Set.of("gt", "gte", "lt", "lte");
  static final Set<String> ANY = Set.of("any_of");
  static final Set<String> RANGE_OR_ANY = Set.of("gt", "gte", "lt", "lte", "any_of");
  static final Set<String> ARRAY = Set.of("any_of", "all_of");
  static final Set<String> ALL = Set.of("gt", "gte", "lt", "lte", "any_of", "all_of");

  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
  private static final Pattern DIGITS = Pattern.compile("\\d{1,19}");
  private static final Pattern WHOLE = Pattern.compile("\\d{1,9}");

  /** What a column holds, and so how a filter's value is read. */
  enum Kind {
    TEXT,
    NUMBER,
    FLAG,
    /** A day as {@code YYYY-MM-DD}. */
    DATE,
    /** An instant as RFC 3339; a filter may also be a day, or seconds since 1970. */
    DATE_TIME,
    /** Unix ns; a filter may also be a day, which means its first moment in New York. */
    NANOS,
    /** Several texts; a filter names one that is among them. */
    TEXTS;

    /** How a filter on a described column is read. */
    static Kind of(Field field) {
      if (field.list()) {
        return TEXTS;
      }
      return switch (field.type()) {
        case INTEGER, NUMBER, MILLIS, DATE_OR_MILLIS -> NUMBER;
        case FLAG -> FLAG;
        case DATE -> DATE;
        case DATE_TIME, DATE_OR_DATE_TIME -> DATE_TIME;
        case NANOS, DATE_OR_NANOS -> NANOS;
        case TEXT, TEXTS, COMPACT_DATE, OBJECT -> TEXT;
      };
    }
  }

  /** A filter with its value. */
  interface Test extends Predicate<Row> {
    default boolean admits(Row row) {
      return test(row);
    }
  }

  /** Whether a text is a whole number from 1 on. */
  static boolean isWhole(String text, int most) {
    if (!WHOLE.matcher(text).matches()) {
      return false;
    }
    int value = Integer.parseInt(text);
    return value >= 1 && value <= most;
  }

  /** Understands one parameter; throws what the vendor answers when it cannot. */
  Test test(String operator, String value) {
    if (!operator.isEmpty() && !operators.contains(operator)) {
      throw ApiError.badRequest("%s: unsupported filter '%s'".formatted(column, operator));
    }
    return switch (operator) {
      case "" -> {
        Comparable<?> bound = read(value);
        yield row -> any(row, each -> each.equals(bound));
      }
      case "any_of", "all_of" -> {
        List<Comparable<?>> bounds =
            Stream.of(value.split(",", -1)).<Comparable<?>>map(this::read).toList();
        yield operator.equals("any_of")
            ? row -> any(row, bounds::contains)
            : row -> bounds.stream().allMatch(bound -> any(row, each -> each.equals(bound)));
      }
      case "gt" -> range(value, sign -> sign > 0);
      case "gte" -> range(value, sign -> sign >= 0);
      case "lt" -> range(value, sign -> sign < 0);
      default -> range(value, sign -> sign <= 0);
    };
  }

  private Test range(String value, IntPredicate sign) {
    Comparable<?> bound = read(value);
    return row -> any(row, each -> sign.test(compare(each, bound)));
  }

  /** Both sides were read as the same kind. */
  @SuppressWarnings({"unchecked", "rawtypes"})
  private static int compare(Comparable each, Comparable bound) {
    return each.compareTo(bound);
  }

  private boolean any(Row row, Predicate<Comparable<?>> test) {
    Object value = row.get(column);
    if (value instanceof Collection<?> items) {
      return items.stream().anyMatch(item -> test.test(item.toString()));
    }
    return value != null && test.test(own(value));
  }

  private Comparable<?> own(Object value) {
    return switch (kind) {
      case NUMBER -> value instanceof Number number ? number.doubleValue() : Double.NaN;
      case NANOS -> value instanceof Number number ? number.longValue() : Long.MIN_VALUE;
      default -> read(value.toString());
    };
  }

  private Comparable<?> read(String text) {
    try {
      return switch (kind) {
        case TEXT, TEXTS -> text;
        case NUMBER -> finite(Double.parseDouble(text));
        case FLAG -> {
          if (!text.equals("true") && !text.equals("false")) {
            throw bad(text, "true or false");
          }
          yield text;
        }
        case DATE -> LocalDate.parse(text.length() > 10 ? text.substring(0, 10) : text);
        case DATE_TIME -> instant(text);
        case NANOS -> nanos(text);
      };
    } catch (DateTimeException | NumberFormatException e) {
      throw bad(text, kind == Kind.NUMBER ? "a number" : "a date or time");
    }
  }

  private static double finite(double value) {
    if (!Double.isFinite(value)) {
      throw new NumberFormatException("not finite");
    }
    return value;
  }

  private static Instant instant(String text) {
    if (DIGITS.matcher(text).matches()) {
      return Instant.ofEpochSecond(Long.parseLong(text));
    }
    return DATE.matcher(text).matches()
        ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
        : Instant.parse(text);
  }

  /** An instant, Unix ns, of a parameter that is one, a day or RFC 3339. */
  static long time(String text) {
    return (Long) new Filter("timestamp", Kind.NANOS, RANGE).read(text);
  }

  private static long nanos(String text) {
    if (DIGITS.matcher(text).matches()) {
      return Long.parseLong(text);
    }
    return Ticks.nanos(
        DATE.matcher(text).matches()
            ? LocalDate.parse(text).atStartOfDay(Market.NEW_YORK).toInstant()
            : Instant.parse(text));
  }

  private ApiError bad(String text, @Nullable String wanted) {
    return ApiError.badRequest("%s: '%s' is not %s".formatted(column, text, wanted));
  }
}
