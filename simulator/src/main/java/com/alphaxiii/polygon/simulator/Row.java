package com.alphaxiii.polygon.simulator;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * A JSON object in the making. Members are written in the order in which they were put; one without
 * a value is not written at all, as the vendor leaves out what it does not know.
 */
final class Row {
  /** A member that is written although it has no value. */
  static final Object NULL = new Object();

  private final Map<String, Object> members = new LinkedHashMap<>();

  /** Adds a member, or nothing for null and for not-a-number. */
  Row put(String name, @Nullable Object value) {
    if (value != null && !(value instanceof Double number && number.isNaN())) {
      members.put(name, value);
    }
    return this;
  }

  /** Adds a member, or nothing for an empty value. */
  Row put(String name, Optional<?> value) {
    return put(name, (Object) value.orElse(null));
  }

  /** Adds all members of another object. */
  Row putAll(Row other) {
    members.putAll(other.members);
    return this;
  }

  void remove(String name) {
    members.remove(name);
  }

  /** A member, or of an object that is one: {@code details.ticker}. Null when there is none. */
  @Nullable Object get(String name) {
    Object member = members.get(name);
    int dot = name.indexOf('.');
    return member == null && dot > 0 && members.get(name.substring(0, dot)) instanceof Row inner
        ? inner.get(name.substring(dot + 1))
        : member;
  }

  byte[] bytes() {
    return Json.bytes(this::write);
  }

  private void write(JsonGenerator json) {
    json.writeStartObject();
    members.forEach(
        (name, value) -> {
          json.writeName(name);
          write(json, value);
        });
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Object value) {
    switch (value) {
      case Row row -> row.write(json);
      case Collection<?> items -> {
        json.writeStartArray();
        items.forEach(item -> write(json, item));
        json.writeEndArray();
      }
      case Double number -> Json.number(json, number);
      case BigDecimal number -> json.writeNumber(number);
      case Number number -> json.writeNumber(number.longValue());
      case Boolean flag -> json.writeBoolean(flag);
      default -> {
        if (value == NULL) {
          json.writeNull();
        } else {
          json.writeString(value.toString());
        }
      }
    }
  }
}
