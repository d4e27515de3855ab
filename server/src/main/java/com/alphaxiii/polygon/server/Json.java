package com.alphaxiii.polygon.server;

import java.io.ByteArrayOutputStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes small documents; bars and market events have encoders of their own. */
final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  /** Writes into a generator. */
  @FunctionalInterface
  interface Content {
    void write(JsonGenerator json);
  }

  /** An object with these members, as UTF-8. */
  static byte[] object(Content members) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (JsonGenerator json =
        MAPPER.tokenStreamFactory().createGenerator(ObjectWriteContext.empty(), bytes)) {
      json.writeStartObject();
      members.write(json);
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  /** Any value, written into a document under way. */
  static void write(JsonGenerator json, JsonNode value) {
    json.writeRawValue(MAPPER.writeValueAsString(value));
  }

  /**
   * Reads one document: nothing may follow it, no name may come twice.
   *
   * @throws tools.jackson.core.JacksonException when it is malformed
   */
  static JsonNode read(byte[] text) {
    return MAPPER.readTree(text);
  }

  static JsonNode read(String text) {
    return MAPPER.readTree(text);
  }

  static JsonNode text(String value) {
    return MAPPER.getNodeFactory().stringNode(value);
  }
}
