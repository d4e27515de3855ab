package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.PolygonException.BadData;
import java.io.InputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** How the vendor's JSON is parsed: quickly as a stream, exactly as a tree. */
final class Json {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER).build();

  private Json() {}

  /** Trees are needed by few commands, and their classes take a while to load. */
  private static final class Trees {
    private static final JsonMapper MAPPER =
        JsonMapper.builder(FACTORY)
            // Every digit as sent: neither a price nor a nanosecond may be rounded.
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
  }

  static JsonParser parser(InputStream body) {
    return FACTORY.createParser(ObjectReadContext.empty(), body);
  }

  /** A parser over a tree, as over its text. */
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
      parser.nextToken();
      if (parser.currentToken() == null) {
        throw new BadData("the answer is empty");
      }
      JsonNode document = parser.isExpectedStartObjectToken() ? members(parser) : tree(parser);
      if (parser.nextToken() != null) {
        throw new BadData("the answer goes on after its end");
      }
      return document;
    } catch (JacksonException e) {
      throw garbled(e);
    }
  }

  private static JsonNode members(JsonParser parser) {
    ObjectNode object = Trees.MAPPER.createObjectNode();
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      parser.nextToken();
      if (object.has(name)) {
        throw new BadData("the answer has %s twice".formatted(name));
      }
      object.set(name, tree(parser));
    }
    return object;
  }

  /** What is said of a body that cannot be parsed. */
  static BadData garbled(JacksonException e) {
    // Not kept as a cause: a parser's message may quote the body.
    return new BadData(
        "the answer is cut or garbled at byte %d"
            .formatted(e.getLocation() == null ? -1 : e.getLocation().getByteOffset()));
  }

  /** The value the parser stands on, read to its end. */
  static JsonNode tree(JsonParser parser) {
    JsonNode tree = Trees.MAPPER.reader().readTree(parser);
    return tree == null ? Trees.MAPPER.nullNode() : tree;
  }
}
