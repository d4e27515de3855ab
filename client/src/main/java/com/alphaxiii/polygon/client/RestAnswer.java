package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.catalogue.Answer;
import com.alphaxiii.polygon.catalogue.Answer.Shape;
import com.alphaxiii.polygon.catalogue.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One whole answer of the vendor.
 *
 * @param body as sent, every digit kept; of an endpoint that answers with a file, its text
 * @param requestId the vendor's id of the request
 * @param delayed whether the plan gets this data 15 minutes late
 * @param more whether there are further pages
 */
public record RestAnswer(
    Endpoint endpoint, JsonNode body, Optional<String> requestId, boolean delayed, boolean more) {

  static RestAnswer of(Endpoint endpoint, JsonNode body, Envelope envelope) {
    return new RestAnswer(
        endpoint,
        body,
        Optional.ofNullable(envelope.requestId()),
        envelope.delayed(),
        envelope.nextUrl() != null);
  }

  /** The data without what stands around it: a list, an object, or a file's text. */
  public Optional<JsonNode> data() {
    @Nullable JsonNode at = body;
    for (String name : endpoint.answer().key()) {
      at = at == null ? null : at.get(name);
    }
    return Optional.ofNullable(at).filter(node -> !node.isNull());
  }

  /**
   * The elements of a list, or the one object.
   *
   * @throws com.alphaxiii.polygon.core.PolygonException.BadData when one is no object
   */
  public List<Row> rows() {
    Answer answer = endpoint.answer();
    List<Row> rows = new ArrayList<>();
    if (answer.shape() == Shape.DOCUMENT || data().isEmpty()) {
      return rows;
    }
    if (answer.shape() == Shape.OBJECT) {
      return List.of(Row.of(data().get(), endpoint.name()));
    }
    for (JsonNode element : data().get()) {
      rows.add(Row.of(element, "element %d".formatted(rows.size() + 1)));
    }
    return rows;
  }
}
