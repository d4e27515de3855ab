package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.PolygonException.BadData;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads the vendor's numbers, which come as {@code 12}, {@code 12.0} and {@code 7.09e7} alike. */
final class WireNumbers {
  private static final double EXACT = 1L << 53;

  private WireNumbers() {}

  /** A finite number, or {@link BadData} naming the member. */
  static double real(JsonParser parser, JsonToken token, String name) {
    if (!token.isNumeric()) {
      throw new BadData("'%s' is %s, not a number".formatted(name, kind(token)));
    }
    double value = parser.getDoubleValue();
    if (!Double.isFinite(value)) {
      throw new BadData("'%s' is larger than any number can be".formatted(name));
    }
    return value;
  }

  /** A whole number, however it is written, or {@link BadData} naming the member. */
  static long whole(JsonParser parser, JsonToken token, String name) {
    if (token == JsonToken.VALUE_NUMBER_INT) {
      return parser.getLongValue();
    }
    double value = real(parser, token, name);
    if (value != Math.rint(value) || Math.abs(value) > EXACT) {
      throw new BadData("'%s' is %s, not a whole number".formatted(name, value));
    }
    return (long) value;
  }

  private static String kind(JsonToken token) {
    return switch (token) {
      case VALUE_STRING -> "a text";
      case VALUE_TRUE, VALUE_FALSE -> "a boolean";
      case START_ARRAY -> "a list";
      case START_OBJECT -> "an object";
      default -> "nothing";
    };
  }
}
