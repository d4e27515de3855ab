package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.catalogue.Endpoint;
import com.alphaxiii.polygon.catalogue.Parameter;
import com.alphaxiii.polygon.catalogue.Parameter.Place;
import com.alphaxiii.polygon.catalogue.ValueType;
import com.alphaxiii.polygon.core.PolygonException.InvalidRequest;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Everything that is wrong with one request, found before it is sent and told at once. */
final class Problems {
  private final Endpoint endpoint;
  private final List<String> told = new ArrayList<>();
  private @Nullable String field;
  private @Nullable String value;

  Problems(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  /** Adds a parameter to those given, which may not have another value already. */
  void give(Map<String, String> given, String name, String text) {
    String before = given.putIfAbsent(name, text);
    if (before != null && !before.equals(text) && !namesKey(name)) {
      tell(name, text, "is given twice, as '%s' and '%s'".formatted(before, text));
    }
  }

  /** Whether the value may be a key, however the name is spelled. */
  private static boolean namesKey(String name) {
    return name.replaceAll("[^A-Za-z]", "").equalsIgnoreCase("apiKey");
  }

  /** Throws {@link InvalidRequest} when anything is wrong. */
  void check(Map<String, String> given) {
    given.forEach(this::parameter);
    for (Parameter parameter : endpoint.parameters()) {
      if (parameter.required() && parameter.names().stream().noneMatch(given::containsKey)) {
        tell(parameter.name(), null, "is missing" + expected(parameter));
      }
    }
    if (!told.isEmpty()) {
      throw new InvalidRequest(
          String.valueOf(field), value, endpoint.name() + ": " + String.join("; ", told));
    }
  }

  private void parameter(String name, String text) {
    if (namesKey(name)) {
      tell(name, null, "is not a parameter: the key goes in a header of its own");
      return;
    }
    Optional<Parameter> known = endpoint.parameter(name);
    if (known.isEmpty()) {
      List<String> names = new ArrayList<>();
      endpoint.parameters().forEach(p -> names.addAll(p.names()));
      tell(
          name,
          text,
          names.isEmpty()
              ? "is not a parameter, there are none"
              : "is not a parameter" + Nearest.hint(name, names));
      return;
    }
    Parameter parameter = known.get();
    if (takesList(name, parameter)) {
      for (String one : text.split(",", -1)) {
        one(name, one.strip(), parameter);
      }
    } else {
      one(name, text, parameter);
    }
  }

  private static boolean takesList(String name, Parameter parameter) {
    return parameter.type() == ValueType.TEXTS
        || name.endsWith(".any_of")
        || name.endsWith(".all_of");
  }

  private void one(String name, String text, Parameter parameter) {
    if (text.isEmpty()) {
      tell(name, text, "is empty" + expected(parameter));
    } else if (!parameter.values().isEmpty() && !parameter.values().contains(text)) {
      tell(
          name,
          text,
          "is '%s', not one of %s%s"
              .formatted(
                  text,
                  String.join(", ", parameter.values()),
                  Nearest.hint(text, parameter.values())));
    } else if (!isOfType(text, parameter)) {
      tell(name, text, "is '%s'%s".formatted(text, expected(parameter)));
    } else if (parameter.least().isPresent()
        && new BigDecimal(text).compareTo(BigDecimal.valueOf(parameter.least().getAsLong())) < 0) {
      tell(name, text, "is %s, at least %d".formatted(text, parameter.least().getAsLong()));
    } else if (parameter.most().isPresent()
        && new BigDecimal(text).compareTo(BigDecimal.valueOf(parameter.most().getAsLong())) > 0) {
      tell(name, text, "is %s, at most %d".formatted(text, parameter.most().getAsLong()));
    }
  }

  private static boolean isOfType(String text, Parameter parameter) {
    if (parameter.place() == Place.PATH && (text.equals(".") || text.equals(".."))) {
      return false;
    }
    return switch (parameter.type()) {
      case INTEGER, MILLIS, NANOS -> isWhole(text);
      case NUMBER -> isNumber(text);
      case FLAG -> text.equals("true") || text.equals("false");
      case DATE -> isDate(text);
      case COMPACT_DATE -> isCompactDate(text);
      case DATE_TIME -> isDateTime(text);
      case DATE_OR_MILLIS -> isDate(text) || isWhole(text);
      case DATE_OR_NANOS -> isDate(text) || isWhole(text) || isDateTime(text);
      case DATE_OR_DATE_TIME -> isDate(text) || isDateTime(text);
      case TEXT, TEXTS, OBJECT -> true;
    };
  }

  private static String expected(Parameter parameter) {
    String form =
        switch (parameter.type()) {
          case INTEGER -> "a whole number";
          case NUMBER -> "a number";
          case FLAG -> "true or false";
          case DATE -> "a date such as 2024-01-31";
          case COMPACT_DATE -> "a date such as 20240131";
          case DATE_TIME -> "a time such as 2024-01-31T14:30:00Z";
          case MILLIS -> "Unix milliseconds";
          case NANOS -> "Unix nanoseconds";
          case DATE_OR_MILLIS -> "a date such as 2024-01-31, or Unix milliseconds";
          case DATE_OR_NANOS ->
              "a date such as 2024-01-31, a time such as 2024-01-31T14:30:00Z, or Unix nanoseconds";
          case DATE_OR_DATE_TIME ->
              "a date such as 2024-01-31, or a time such as 2024-01-31T14:30:00Z";
          case TEXT, TEXTS, OBJECT ->
              parameter.values().isEmpty()
                  ? "a text"
                  : "one of " + String.join(", ", parameter.values());
        };
    return ", expected " + form;
  }

  private static boolean isWhole(String text) {
    return text.matches("-?\\d{1,19}");
  }

  private static boolean isNumber(String text) {
    return text.matches("-?(\\d{1,30}(\\.\\d{0,30})?|\\.\\d{1,30})([eE][+-]?\\d{1,3})?");
  }

  private static boolean isDate(String text) {
    try {
      return text.length() == 10 && LocalDate.parse(text).getYear() > 0;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static boolean isCompactDate(String text) {
    try {
      return text.length() == 8
          && LocalDate.parse(text, DateTimeFormatter.BASIC_ISO_DATE).getYear() > 0;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static boolean isDateTime(String text) {
    try {
      return OffsetDateTime.parse(text).getYear() > 0;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private void tell(String name, @Nullable String given, String problem) {
    if (told.isEmpty()) {
      field = name;
      value = given;
    }
    told.add("'%s' %s".formatted(name, problem));
  }
}
