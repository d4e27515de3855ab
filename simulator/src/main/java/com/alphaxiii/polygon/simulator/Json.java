package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.Conditions;
import java.io.ByteArrayOutputStream;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/** Writes and reads JSON as the vendor spells it: whole numbers without a decimal point. */
final class Json {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build();

  /** Largest magnitude up to which every whole double is written as an integer. */
  private static final double EXACT = 1L << 53;

  /** Prices have four decimals at most; their digits are then those of a whole number. */
  private static final double SCALE = 10_000;

  private static final int DECIMALS = 4;

  /** Between these Java, and so the library, spells numbers without an exponent. */
  private static final double LEAST_PLAIN = 1e-3;

  private static final double MOST_PLAIN = 1e7;

  private static final int MOST_DIGITS = 16;

  private Json() {}

  static byte[] bytes(Consumer<JsonGenerator> body) {
    var out = new ByteArrayOutputStream(4096);
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
      body.accept(json);
    }
    return out.toByteArray();
  }

  static String text(Consumer<JsonGenerator> body) {
    var out = new StringWriter(256);
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
      body.accept(json);
    }
    return out.toString();
  }

  static JsonParser parser(String text) {
    return FACTORY.createParser(ObjectReadContext.empty(), text);
  }

  static void number(JsonGenerator json, String name, double value) {
    json.writeName(name);
    number(json, value);
  }

  static void number(JsonGenerator json, double value) {
    if (value == Math.rint(value) && Math.abs(value) < EXACT) {
      json.writeNumber((long) value);
      return;
    }
    long scaled = Math.round(value * SCALE);
    if (value >= LEAST_PLAIN && value < MOST_PLAIN && scaled / SCALE == value) {
      decimals(json, scaled);
    } else {
      json.writeNumber(value);
    }
  }

  /** Writes a number with decimals, given as so many parts of {@link #SCALE}. */
  private static void decimals(JsonGenerator json, long scaled) {
    char[] text = new char[MOST_DIGITS];
    int at = text.length;
    int end = text.length;
    long left = scaled;
    for (int digit = 0; left > 0 || digit <= DECIMALS; digit++) {
      if (digit == DECIMALS) {
        text[--at] = '.';
      }
      text[--at] = (char) ('0' + left % 10);
      left /= 10;
    }
    while (text[end - 1] == '0') {
      end--;
    }
    json.writeNumber(text, at, end - at);
  }

  /** A number as the vendor's decimal strings spell it: never with an exponent. */
  static String decimal(double value) {
    BigDecimal exact = BigDecimal.valueOf(value);
    return exact.setScale(Math.max(1, exact.scale())).toPlainString();
  }

  /** Writes an array of integers, or nothing when there are none. */
  static void integers(JsonGenerator json, String name, Conditions values) {
    if (values.size() > 0) {
      json.writeArrayPropertyStart(name);
      for (int i = 0; i < values.size(); i++) {
        json.writeNumber(values.get(i));
      }
      json.writeEndArray();
    }
  }
}
