package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.catalogue.Answer;
import com.alphaxiii.polygon.catalogue.Answer.Shape;
import com.alphaxiii.polygon.catalogue.Endpoint;
import com.alphaxiii.polygon.core.PolygonException.BadData;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** Reads all of an answer, what stands around its data too. */
final class WholeAnswer implements Requests.Reading<JsonNode> {
  private final Endpoint endpoint;
  private @Nullable JsonNode body;

  WholeAnswer(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  @Override
  public Answer where() {
    return endpoint.answer();
  }

  @Override
  public Envelope read(InputStream content) throws IOException {
    if (endpoint.answer().shape() == Shape.DOCUMENT) {
      String text = new String(content.readAllBytes(), StandardCharsets.UTF_8);
      body = StringNode.valueOf(text);
      return new Envelope(null, null, null, null, 1, -1, where());
    }
    JsonNode whole = Json.document(content);
    body = whole;
    return Envelope.of(whole, where(), this);
  }

  /** Counts the elements of the data. */
  @Override
  public int read(JsonParser parser) {
    JsonToken expected = endpoint.answer().list() ? JsonToken.START_ARRAY : JsonToken.START_OBJECT;
    if (parser.currentToken() != expected) {
      throw new BadData(
          "%s is not %s"
              .formatted(
                  String.join(".", where().key()),
                  endpoint.answer().list() ? "a list" : "an object"));
    }
    if (!endpoint.answer().list()) {
      parser.skipChildren();
      return 1;
    }
    int rows = 0;
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      parser.skipChildren();
      rows++;
    }
    return rows;
  }

  @Override
  public JsonNode content() {
    if (body == null) {
      throw new IllegalStateException("nothing was read");
    }
    return body;
  }
}
