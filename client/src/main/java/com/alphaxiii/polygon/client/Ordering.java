package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.catalogue.Endpoint;
import com.alphaxiii.polygon.catalogue.Field;
import com.alphaxiii.polygon.catalogue.Order;
import com.alphaxiii.polygon.catalogue.Order.Direction;
import com.alphaxiii.polygon.catalogue.Parameter;
import com.alphaxiii.polygon.catalogue.ValueType;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The order in which the elements of an answer must come: that of the request, else the endpoint's
 * own, by numbers and times. Texts are not held to any, since it is not documented by which
 * collation the vendor sorts them.
 *
 * @param field dotted when nested
 */
record Ordering(String field, ValueType type, boolean down) {
  private static final String DESCENDING = ".desc";
  private static final String ASCENDING = ".asc";

  /** The order of a request's elements, where it can be told. */
  static Optional<Ordering> of(Query query) {
    Endpoint endpoint = query.endpoint();
    String sort = query.value("sort").orElse("").split(",", -1)[0];
    String column = sort;
    Direction direction = endpoint.order().map(Order::direction).orElse(Direction.UNKNOWN);
    if (sort.equals("asc") || sort.equals("desc")) {
      // Aggregates have one column and call its direction the sort.
      direction = direction(sort);
      column = "";
    } else if (sort.endsWith(ASCENDING) || sort.endsWith(DESCENDING)) {
      direction = direction(sort.substring(sort.lastIndexOf('.') + 1));
      column = sort.substring(0, sort.lastIndexOf('.'));
    } else if (!sort.isEmpty() && endpoint.parameter("order").isEmpty()) {
      direction = Direction.UNKNOWN;
    }
    direction = query.value("order").map(Ordering::direction).orElse(direction);
    String field =
        column.isEmpty() || column.equals(standardColumn(endpoint))
            ? endpoint.order().map(Order::field).orElse("")
            : column;
    ValueType type = type(endpoint.fields(), field);
    return direction == Direction.UNKNOWN || type == null
        ? Optional.empty()
        : Optional.of(new Ordering(field, type, direction == Direction.DESCENDING));
  }

  private static String standardColumn(Endpoint endpoint) {
    String standard = endpoint.parameter("sort").flatMap(Parameter::defaultValue).orElse("");
    int dot = standard.lastIndexOf('.');
    return dot < 0 ? standard : standard.substring(0, dot);
  }

  private static Direction direction(String word) {
    return word.equals("desc") ? Direction.DESCENDING : Direction.ASCENDING;
  }

  private static @Nullable ValueType type(List<Field> fields, String path) {
    List<Field> at = fields;
    Field found = null;
    for (String name : path.split("\\.", -1)) {
      found = Field.find(at, name).orElse(null);
      if (found == null || found.list()) {
        return null;
      }
      at = found.members();
    }
    return found == null
        ? null
        : switch (found.type()) {
          case INTEGER, NUMBER, MILLIS, NANOS, DATE, DATE_TIME -> found.type();
          default -> null;
        };
  }

  /** What an element is sorted by; null where it is missing or cannot be read. */
  @Nullable Comparable<?> value(Row row) {
    JsonNode value = at(row, field);
    if (value == null) {
      return null;
    }
    try {
      return switch (type) {
        case DATE -> LocalDate.parse(value.asString());
        case DATE_TIME -> OffsetDateTime.parse(value.asString()).toInstant();
        default -> new BigDecimal(value.asString());
      };
    } catch (DateTimeException | NumberFormatException e) {
      return null;
    }
  }

  /** Below zero when {@code next} goes on after {@code before}, above when it goes back. */
  @SuppressWarnings({"unchecked", "rawtypes"}) // Values of one ordering are of one type.
  int step(Comparable<?> before, Comparable<?> next) {
    int compared = ((Comparable) before).compareTo(next);
    return down ? -compared : compared;
  }

  /** The scalar under a dotted name; null when it is missing. */
  static @Nullable JsonNode at(Row row, String path) {
    JsonNode at = row.node();
    for (String name : path.split("\\.", -1)) {
      at = at.get(name);
      if (at == null || at.isNull()) {
        return null;
      }
    }
    return at.isContainer() ? null : at;
  }
}
