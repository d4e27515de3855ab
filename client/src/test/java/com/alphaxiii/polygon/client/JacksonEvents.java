package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.client.WireFields.Field;
import com.alphaxiii.polygon.core.Market;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/**
 * What {@link WireEvents} does, with the grammar read by Jackson: the measure that it is held to.
 */
@SuppressWarnings("EnumOrdinal")
final class JacksonEvents implements EventDecoder {
  /** Broken JSON in one message after which the rest of it is given up, so that it cannot stall. */
  private static final int REPAIRS = 256;

  private static final byte[] NOTHING = {};

  private final JsonFactory json =
      JsonFactory.builder()
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
          .build();
  private final WireFields fields = new WireFields();
  private final EventReader reader;

  JacksonEvents(Market market) {
    reader = new EventReader(market);
  }

  @Override
  public void decode(byte[] bytes, int offset, int length, Output output) {
    int end = offset + length;
    int done = offset;
    try (JsonParser parser = json.createParser(ObjectReadContext.empty(), bytes, offset, length)) {
      JsonToken first = parser.nextToken();
      if (first == JsonToken.START_OBJECT) {
        read(parser);
        reader.tell(fields, output);
        done = position(parser, offset);
        finish(bytes, done, end, output);
        return;
      }
      if (first != JsonToken.START_ARRAY) {
        output.malformed("a message is neither an array nor an event");
        repair(bytes, offset, end, output);
        return;
      }
      for (JsonToken token = parser.nextToken();
          token != JsonToken.END_ARRAY;
          token = parser.nextToken()) {
        if (token == JsonToken.START_OBJECT) {
          read(parser);
          reader.tell(fields, output);
        } else {
          parser.skipChildren();
          parser.finishToken();
          output.malformed("an element of a message is not an event");
        }
        done = position(parser, offset);
      }
      done = position(parser, offset);
      finish(bytes, done, end, output);
    } catch (JacksonException e) {
      output.malformed(reason(e));
      repair(bytes, done, end, output);
    }
  }

  /** Whatever follows the end of a message is a fault in it, and may hold events. */
  private void finish(byte[] bytes, int done, int end, Output output) {
    int at = done;
    while (at < end && isBlank(bytes[at])) {
      at++;
    }
    if (at < end) {
      output.malformed("not JSON: something follows the end of a message");
      readOn(bytes, at, end, output);
    }
  }

  /** Reads on behind an event that is not JSON; {@code done} is where the last good one ended. */
  private void repair(byte[] bytes, int done, int end, Output output) {
    readOn(bytes, Math.min(skipTo(bytes, done, end, '{') + 1, end), end, output);
  }

  private void readOn(byte[] bytes, int from, int end, Output output) {
    int start = nextEvent(bytes, from, end);
    int repairs = 1;
    while (start < end) {
      int next;
      try (JsonParser parser =
          json.createParser(ObjectReadContext.empty(), bytes, start, end - start)) {
        parser.nextToken();
        read(parser);
        reader.tell(fields, output);
        next = position(parser, start);
      } catch (JacksonException e) {
        output.malformed(reason(e));
        repairs++;
        if (repairs > REPAIRS) {
          output.malformed("too much of a message is broken: the rest is given up");
          return;
        }
        next = start + 1;
      }
      start = nextEvent(bytes, next, end);
    }
  }

  /** The next brace that a comma or bracket precedes and a quote follows; {@code end} for none. */
  private static int nextEvent(byte[] bytes, int from, int end) {
    for (int at = skipTo(bytes, from, end, '{'); at < end; at = skipTo(bytes, at + 1, end, '{')) {
      int before = at - 1;
      while (before >= 0 && isBlank(bytes[before])) {
        before--;
      }
      int after = at + 1;
      while (after < end && isBlank(bytes[after])) {
        after++;
      }
      if (before >= 0
          && (bytes[before] == ',' || bytes[before] == '[')
          && after < end
          && bytes[after] == '"') {
        return at;
      }
    }
    return end;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  private static int skipTo(byte[] bytes, int from, int end, char wanted) {
    int at = from;
    while (at < end && bytes[at] != wanted) {
      at++;
    }
    return at;
  }

  /** Where the parser stands in the array; it counts from where its own part begins. */
  private static int position(JsonParser parser, int offset) {
    return offset + (int) parser.currentLocation().getByteOffset();
  }

  private static String reason(JacksonException e) {
    return "not JSON: " + e.getOriginalMessage();
  }

  /** Reads an object into the fields; the parser stands at its start, and afterwards at its end. */
  private void read(JsonParser parser) {
    fields.begin(NOTHING);
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      Field field = Field.of(parser.currentName());
      JsonToken value = parser.nextToken();
      if (field == null) {
        parser.skipChildren();
      } else if (value == JsonToken.START_ARRAY) {
        readList(parser, field.ordinal());
      } else {
        readValue(parser, value, field.ordinal());
      }
    }
  }

  private void readValue(JsonParser parser, JsonToken token, int at) {
    switch (token) {
      case VALUE_NULL -> fields.putNull(at);
      case VALUE_TRUE -> fields.putFlag(at, true);
      case VALUE_FALSE -> fields.putFlag(at, false);
      case VALUE_STRING -> fields.putText(at, parser.getString());
      case VALUE_NUMBER_INT -> readWhole(parser, at);
      case VALUE_NUMBER_FLOAT -> fields.putNumber(at, parser.getDoubleValue());
      default -> {
        parser.skipChildren();
        fields.putOther(at);
      }
    }
  }

  private void readWhole(JsonParser parser, int at) {
    if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
      fields.putNumber(at, parser.getDoubleValue());
    } else {
      fields.putWhole(at, parser.getLongValue());
    }
  }

  private void readList(JsonParser parser, int at) {
    fields.putList(at);
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      if (token == JsonToken.START_ARRAY) {
        readLevel(parser);
        fields.appendLevel(at);
      } else {
        readValue(parser, token, WireFields.ELEMENT);
        fields.appendCode(at);
      }
    }
  }

  /** Reads a price and a size; what follows them in the same list is passed over. */
  private void readLevel(JsonParser parser) {
    fields.putNull(WireFields.ELEMENT);
    fields.putNull(WireFields.SECOND_ELEMENT);
    int at = WireFields.ELEMENT;
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      if (at <= WireFields.SECOND_ELEMENT) {
        readValue(parser, token, at);
        at++;
      } else {
        parser.skipChildren();
      }
    }
  }
}
