package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.PolygonException.BadData;
import java.io.InputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * What the vendor puts around every answer. Unknown members are passed over; {@code results} go to
 * a {@link Results}, so that bars are never held twice.
 *
 * @param rows how many results were read; -1 when the member is absent or null
 * @param promised {@code resultsCount}, else {@code count}; -1 when neither is there
 */
record Envelope(
    @Nullable String status,
    @Nullable String requestId,
    @Nullable String nextUrl,
    @Nullable String text,
    int rows,
    long promised) {

  /** Takes the {@code results} member. */
  @FunctionalInterface
  interface Results {
    /** Reads the value that the parser stands on to its end and returns how many rows it had. */
    int read(JsonParser parser);
  }

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER).build();

  /** Reads a whole body; {@link BadData} when it is no JSON object, is cut, or goes on after it. */
  static Envelope read(InputStream body, Results results) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new BadData("the answer is not a JSON object");
      }
      Envelope envelope = new Reader(parser, results).members();
      if (parser.nextToken() != null) {
        throw new BadData("the answer goes on after its end");
      }
      return envelope;
    } catch (JacksonException e) {
      // Not kept as a cause: a parser's message may quote the body.
      throw new BadData(
          "the answer is cut or garbled at byte %d"
              .formatted(e.getLocation() == null ? -1 : e.getLocation().getByteOffset()));
    }
  }

  /** True for OK, DELAYED (15 minutes old, by plan), success, and where none is sent. */
  boolean success() {
    return status == null
        || switch (status.toUpperCase(Locale.ROOT)) {
          case "OK", "DELAYED", "SUCCESS" -> true;
          default -> false;
        };
  }

  /** Throws {@link BadData} unless the answer has all rows that it promises. */
  void requireComplete() {
    if (rows < 0 && promised != 0) {
      throw new BadData(
          promised < 0
              ? "the answer has neither results nor a count"
              : "the answer promises %d results and has none".formatted(promised));
    }
    if (promised >= 0 && rows >= 0 && promised != rows) {
      throw new BadData("the answer promises %d results and has %d".formatted(promised, rows));
    }
  }

  private static final class Reader {
    private final JsonParser parser;
    private final Results results;
    private @Nullable String status;
    private @Nullable String requestId;
    private @Nullable String nextUrl;
    private @Nullable String error;
    private @Nullable String message;
    private int rows = -1;
    private long resultsCount = -1;
    private long count = -1;

    Reader(JsonParser parser, Results results) {
      this.parser = parser;
      this.results = results;
    }

    Envelope members() {
      for (String name = parser.nextName(); name != null; name = parser.nextName()) {
        JsonToken token = parser.nextToken();
        switch (name) {
          case "status" -> status = text(token);
          case "request_id" -> requestId = text(token);
          case "next_url" -> nextUrl = nextUrl(token);
          case "error" -> error = text(token);
          case "message" -> message = text(token);
          case "resultsCount" -> resultsCount = number(name, token);
          case "count" -> count = number(name, token);
          case "results" -> results(token);
          default -> parser.skipChildren();
        }
      }
      // At the end of the object and nowhere else; a broken one has thrown before.
      return new Envelope(
          status,
          requestId,
          nextUrl,
          error != null ? error : message,
          rows,
          resultsCount >= 0 ? resultsCount : count);
    }

    private @Nullable String text(JsonToken token) {
      if (token.isStructStart()) {
        parser.skipChildren();
        return null;
      }
      return token == JsonToken.VALUE_NULL ? null : parser.getString();
    }

    private @Nullable String nextUrl(JsonToken token) {
      if (token != JsonToken.VALUE_STRING && token != JsonToken.VALUE_NULL) {
        throw new BadData("next_url is not a text");
      }
      return text(token);
    }

    private long number(String name, JsonToken token) {
      return token == JsonToken.VALUE_NULL ? -1 : WireNumbers.whole(parser, token, name);
    }

    private void results(JsonToken token) {
      if (rows >= 0) {
        throw new BadData("the answer has results twice");
      }
      if (token != JsonToken.VALUE_NULL) {
        rows = results.read(parser);
      }
    }
  }
}
