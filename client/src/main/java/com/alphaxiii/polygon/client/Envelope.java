package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.catalogue.Answer;
import com.alphaxiii.polygon.catalogue.Answer.Shape;
import com.alphaxiii.polygon.core.PolygonException.BadData;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.databind.JsonNode;

/**
 * What the vendor puts around every answer. Unknown members are passed over; the data goes to a
 * {@link Results} as it is parsed, so that bars are never held twice. Only an answer that is flat,
 * its data beside its status, is read whole first.
 *
 * @param rows how many elements were read; -1 when there is no data or it is null
 * @param promised {@code resultsCount}, else {@code count}; -1 when neither is there
 * @param where its data was looked for
 */
record Envelope(
    @Nullable String status,
    @Nullable String requestId,
    @Nullable String nextUrl,
    @Nullable String text,
    int rows,
    long promised,
    Answer where) {

  /** Most answers: a list under {@code results}, or one object for who reads an object. */
  static final Answer RESULTS = new Answer(Shape.LIST, List.of("results"), true);

  /** Members of a flat answer that are not its data. */
  private static final Set<String> AROUND =
      Set.of("status", "request_id", "next_url", "error", "message", "count");

  /** Takes the data. */
  @FunctionalInterface
  interface Results {
    /** Reads the value that the parser stands on to its end and returns how many rows it had. */
    int read(JsonParser parser);
  }

  /** Reads an answer of the usual form. */
  static Envelope read(InputStream body, Results results) {
    return read(body, RESULTS, results);
  }

  /**
   * Reads a whole body; {@link BadData} when it is not the JSON it should be, is cut, or goes on
   * after its end.
   */
  static Envelope read(InputStream body, Answer where, Results results) {
    try (JsonParser parser = Json.parser(body)) {
      return read(parser, where, results);
    } catch (JacksonException e) {
      throw Json.garbled(e);
    }
  }

  /** The same of a body that was parsed before. */
  static Envelope of(JsonNode body, Answer where, Results results) {
    try (JsonParser parser = body.traverse(ObjectReadContext.empty())) {
      return read(parser, where, results);
    } catch (JacksonException e) {
      throw Json.garbled(e);
    }
  }

  private static Envelope read(JsonParser parser, Answer where, Results results) {
    Reader reader = new Reader(where, results);
    JsonToken first = parser.nextToken();
    if (where.key().isEmpty() && where.list()) {
      reader.bareList(parser, first);
    } else if (first != JsonToken.START_OBJECT) {
      throw new BadData("the answer is not a JSON object");
    } else if (where.key().isEmpty()) {
      reader.flat(Json.tree(parser));
    } else {
      reader.members(parser);
    }
    if (parser.nextToken() != null) {
      throw new BadData("the answer goes on after its end");
    }
    return reader.envelope();
  }

  /** True for OK, DELAYED (15 minutes old, by plan), success, and where none is sent. */
  boolean success() {
    return status == null
        || switch (status.toUpperCase(Locale.ROOT)) {
          case "OK", "DELAYED", "SUCCESS" -> true;
          default -> false;
        };
  }

  /** Whether the plan gets this data 15 minutes late. */
  boolean delayed() {
    return "DELAYED".equalsIgnoreCase(status);
  }

  /** Throws {@link BadData} unless the answer has all rows that it promises. */
  void requireComplete() {
    String data = where.key().isEmpty() ? "data" : String.join(".", where.key());
    if (rows < 0 && promised != 0) {
      throw new BadData(
          promised < 0
              ? "the answer has neither %s nor a count".formatted(data)
              : "the answer promises %d %s and has none".formatted(promised, data));
    }
    if (where.list() && promised >= 0 && rows >= 0 && promised != rows) {
      throw new BadData("the answer promises %d %s and has %d".formatted(promised, data, rows));
    }
  }

  private static final class Reader {
    private final Answer where;
    private final List<String> key;
    private final Results results;
    private @Nullable String status;
    private @Nullable String requestId;
    private @Nullable String nextUrl;
    private @Nullable String error;
    private @Nullable String message;
    private int rows = -1;
    private boolean keySeen;
    private long resultsCount = -1;
    private long count = -1;

    Reader(Answer where, Results results) {
      this.where = where;
      this.key = where.key();
      this.results = results;
    }

    Envelope envelope() {
      return new Envelope(
          status,
          requestId,
          nextUrl,
          error != null ? error : message,
          rows,
          resultsCount >= 0 ? resultsCount : count,
          where);
    }

    void bareList(JsonParser parser, @Nullable JsonToken first) {
      if (first == JsonToken.START_OBJECT) {
        // A refusal in the usual form, or something else altogether.
        members(parser);
        if (error == null && message == null) {
          throw new BadData("the answer is not a JSON list");
        }
        return;
      }
      if (first != JsonToken.START_ARRAY) {
        throw new BadData("the answer is not a JSON list");
      }
      rows = results.read(parser);
    }

    /** An answer whose members are the data; without any it is a refusal, or nothing. */
    void flat(JsonNode tree) {
      try (JsonParser around = Json.parser(tree)) {
        members(around);
      }
      if (tree.propertyNames().stream().anyMatch(name -> !AROUND.contains(name))) {
        try (JsonParser data = Json.parser(tree)) {
          rows = results.read(data);
        }
      }
    }

    /** Reads to the end of the object and nowhere else; a broken one throws before. */
    void members(JsonParser parser) {
      for (String name = parser.nextName(); name != null; name = parser.nextName()) {
        JsonToken token = parser.nextToken();
        if (!key.isEmpty() && name.equals(key.getFirst())) {
          data(parser, token);
          continue;
        }
        switch (name) {
          case "status" -> status = text(parser, token);
          case "request_id" -> requestId = text(parser, token);
          case "next_url" -> nextUrl = nextUrl(parser, token);
          case "error" -> error = text(parser, token);
          case "message" -> message = text(parser, token);
          case "resultsCount" -> resultsCount = number(parser, name, token);
          case "count" -> count = number(parser, name, token);
          default -> parser.skipChildren();
        }
      }
    }

    private void data(JsonParser parser, JsonToken token) {
      if (keySeen) {
        throw new BadData("the answer has %s twice".formatted(key.getFirst()));
      }
      keySeen = true;
      if (token == JsonToken.VALUE_NULL) {
        return;
      }
      if (key.size() == 1) {
        rows = results.read(parser);
        return;
      }
      if (token != JsonToken.START_OBJECT) {
        throw new BadData(key.getFirst() + " is not an object");
      }
      // The inner list is left out where it is empty, as indicators do.
      rows = 0;
      boolean seen = false;
      for (String name = parser.nextName(); name != null; name = parser.nextName()) {
        JsonToken inner = parser.nextToken();
        if (!name.equals(key.getLast()) || inner == JsonToken.VALUE_NULL) {
          parser.skipChildren();
        } else if (seen) {
          throw new BadData("the answer has %s twice".formatted(String.join(".", key)));
        } else {
          seen = true;
          rows = results.read(parser);
        }
      }
    }

    private static @Nullable String text(JsonParser parser, JsonToken token) {
      if (token.isStructStart()) {
        parser.skipChildren();
        return null;
      }
      return token == JsonToken.VALUE_NULL ? null : parser.getString();
    }

    private static @Nullable String nextUrl(JsonParser parser, JsonToken token) {
      if (token != JsonToken.VALUE_STRING && token != JsonToken.VALUE_NULL) {
        throw new BadData("next_url is not a text");
      }
      return text(parser, token);
    }

    private static long number(JsonParser parser, String name, JsonToken token) {
      return token == JsonToken.VALUE_NULL ? -1 : WireNumbers.whole(parser, token, name);
    }
  }
}
