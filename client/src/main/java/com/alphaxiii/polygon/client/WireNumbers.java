package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.PolygonException.BadData;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.InputCoercionException;

/**
 * Reads the vendor's numbers, which come as {@code 12}, {@code 12.0}, {@code 7.09e7} and {@code
 * "12.5"} alike.
 */
final class WireNumbers {
  private static final Pattern NUMBER =
      Pattern.compile("-?[0-9]{1,40}(\\.[0-9]{0,40})?([eE][+-]?[0-9]{1,4})?");

  private WireNumbers() {}

  /** A finite number, or {@link BadData} naming the member. */
  static double real(JsonParser parser, JsonToken token, String name) {
    double value =
        token == JsonToken.VALUE_STRING
            ? Double.parseDouble(text(parser, name))
            : number(parser, token, name).getDoubleValue();
    if (!Double.isFinite(value)) {
      throw new BadData("'%s' is larger than any number can be".formatted(name));
    }
    return value;
  }

  /** A whole number of 64 bits, exact however it is written, or {@link BadData}. */
  static long whole(JsonParser parser, JsonToken token, String name) {
    if (token == JsonToken.VALUE_NUMBER_INT) {
      try {
        return parser.getLongValue();
      } catch (InputCoercionException e) {
        throw new BadData("'%s' is larger than 64 bits can hold".formatted(name));
      }
    }
    String text =
        token == JsonToken.VALUE_STRING
            ? text(parser, name)
            : number(parser, token, name).getString();
    try {
      return new BigDecimal(text).longValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      throw new BadData("'%s' is %s, not a whole number".formatted(name, text));
    }
  }

  /** A whole number of 32 bits, or {@link BadData} naming the member. */
  static int small(JsonParser parser, JsonToken token, String name) {
    long value = whole(parser, token, name);
    if (value != (int) value) {
      throw new BadData("'%s' is %d, larger than 32 bits can hold".formatted(name, value));
    }
    return (int) value;
  }

  private static JsonParser number(JsonParser parser, JsonToken token, String name) {
    if (!token.isNumeric()) {
      throw new BadData("'%s' is %s, not a number".formatted(name, kind(token)));
    }
    return parser;
  }

  private static String text(JsonParser parser, String name) {
    String text = parser.getString();
    if (!NUMBER.matcher(text).matches()) {
      throw new BadData("'%s' is a text, not a number".formatted(name));
    }
    return text;
  }

  private static String kind(JsonToken token) {
    return switch (token) {
      case VALUE_TRUE, VALUE_FALSE -> "a boolean";
      case START_ARRAY -> "a list";
      case START_OBJECT -> "an object";
      default -> "nothing";
    };
  }
}
