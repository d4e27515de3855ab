package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.PolygonException.BadData;
import java.io.InputStream;
import java.math.BigDecimal;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * How the vendor's JSON is parsed: quickly as a stream, exactly as a tree. Trees are built here and
 * not by a mapper, which would take a command its first tenth of a second.
 */
final class Json {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER).build();

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Json() {}

  static JsonParser parser(InputStream body) {
    return FACTORY.createParser(ObjectReadContext.empty(), body);
  }

  /** A parser over a tree, as over its text, standing on its first token. */
  static JsonParser parser(JsonNode tree) {
    JsonParser parser = tree.traverse(ObjectReadContext.empty());
    parser.nextToken();
    return parser;
  }

  /**
   * A whole body; {@link BadData} when it is not JSON, is cut, goes on after its end, or has a
   * member twice, of which one would be lost.
   */
  static JsonNode document(InputStream body) {
    try (JsonParser parser = parser(body)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw new BadData("the answer is empty");
      }
      JsonNode document = first == JsonToken.START_OBJECT ? members(parser, true) : tree(parser);
      if (parser.nextToken() != null) {
        throw new BadData("the answer goes on after its end");
      }
      return document;
    } catch (JacksonException e) {
      throw garbled(e);
    }
  }

  /**
   * The value the parser stands on, read to its end. Every digit is kept: neither a price nor a
   * nanosecond may be rounded.
   */
  static JsonNode tree(JsonParser parser) {
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> members(parser, false);
      case START_ARRAY -> elements(parser);
      case VALUE_STRING -> NODES.stringNode(parser.getString());
      case VALUE_TRUE, VALUE_FALSE -> NODES.booleanNode(token == JsonToken.VALUE_TRUE);
      case VALUE_NUMBER_FLOAT -> NODES.numberNode(decimal(parser));
      case VALUE_NUMBER_INT ->
          switch (parser.getNumberType()) {
            case INT -> NODES.numberNode(parser.getIntValue());
            case LONG -> NODES.numberNode(parser.getLongValue());
            default -> NODES.numberNode(parser.getBigIntegerValue());
          };
      default -> NODES.nullNode();
    };
  }

  private static BigDecimal decimal(JsonParser parser) {
    try {
      return parser.getDecimalValue();
    } catch (NumberFormatException e) {
      // The parser lets it through where the exponent is beyond every bound.
      throw new BadData("the answer holds a number beyond all bounds");
    }
  }

  /** The parser's own bound on nesting bounds the recursion too. */
  private static ObjectNode members(JsonParser parser, boolean once) {
    ObjectNode object = NODES.objectNode();
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      parser.nextToken();
      if (once && object.has(name)) {
        throw new BadData("the answer has %s twice".formatted(name));
      }
      object.set(name, tree(parser));
    }
    return object;
  }

  private static ArrayNode elements(JsonParser parser) {
    ArrayNode list = NODES.arrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      list.add(tree(parser));
    }
    return list;
  }

  /** What is said of a body that cannot be parsed. */
  static BadData garbled(JacksonException e) {
    // Not kept as a cause: a parser's message may quote the body.
    return new BadData(
        "the answer is cut or garbled at byte %d"
            .formatted(e.getLocation() == null ? -1 : e.getLocation().getByteOffset()));
  }
}
