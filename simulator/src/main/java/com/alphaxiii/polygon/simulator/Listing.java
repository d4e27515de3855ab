package com.alphaxiii.polygon.simulator;

import java.util.Comparator;
import java.util.List;
import java.util.function.BiConsumer;
import tools.jackson.core.JsonGenerator;

/** Answers a list endpoint page by page. */
final class Listing {
  private Listing() {}

  /**
   * One page of rows.
   *
   * @param call with the state that a cursor carried
   * @param row writes the fields of one row
   */
  static <T> byte[] page(
      Call call,
      String path,
      List<T> rows,
      Comparator<T> order,
      int limit,
      BiConsumer<JsonGenerator, T> row) {
    List<T> sorted = rows.stream().sorted(order).toList();
    int from = Math.min(call.offset(), sorted.size());
    int to = Math.min(from + limit, sorted.size());
    return Json.bytes(
        json -> {
          json.writeStartObject();
          json.writeArrayPropertyStart("results");
          for (T item : sorted.subList(from, to)) {
            json.writeStartObject();
            row.accept(json, item);
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeStringProperty("status", "OK");
          json.writeStringProperty("request_id", call.requestId());
          json.writeNumberProperty("count", to - from);
          if (to < sorted.size()) {
            json.writeStringProperty(
                "next_url", call.nextUrl(path, call.stateWith("offset", Integer.toString(to))));
          }
          json.writeEndObject();
        });
  }
}
