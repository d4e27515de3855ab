package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.catalogue.Answer;
import com.alphaxiii.polygon.catalogue.Endpoint;
import com.alphaxiii.polygon.core.PolygonException.BadData;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads one page of an endpoint whose answer is a list. */
final class RowPage implements Requests.Reading<RowPage> {
  private final Endpoint endpoint;
  private final List<Row> rows = new ArrayList<>();
  private final List<Fault> faults = new ArrayList<>();

  /**
   * An element that is no object.
   *
   * @param index on the page, from 1
   */
  record Fault(int index, String reason) {}

  RowPage(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  @Override
  public Answer where() {
    return endpoint.answer();
  }

  @Override
  public int read(JsonParser parser) {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw new BadData("%s is not a list".formatted(String.join(".", where().key())));
    }
    int index = 0;
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      index++;
      if (token == JsonToken.START_OBJECT) {
        rows.add(Row.read(parser, "element " + index));
      } else {
        parser.skipChildren();
        faults.add(new Fault(index, "is not an object"));
      }
    }
    return index;
  }

  @Override
  public RowPage content() {
    return this;
  }

  List<Row> rows() {
    return rows;
  }

  List<Fault> faults() {
    return faults;
  }
}
