package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.PolygonException.BadData;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonParser;

/**
 * One page of trades or quotes, read straight from the bytes: a day of a liquid stock has a million
 * of them. Knows no socket.
 */
final class TickPage<T> implements Requests.Reading<Rows<T>> {
  /** Reads one object. */
  @FunctionalInterface
  interface Element<T> {
    T read(JsonParser parser);
  }

  private final String subject;
  private final Element<T> element;
  private final List<T> values = new ArrayList<>();
  private final List<Rows.Fault> faults = new ArrayList<>();

  /**
   * An empty page.
   *
   * @param subject what its elements are, for errors
   */
  TickPage(String subject, Element<T> element) {
    this.subject = subject;
    this.element = element;
  }

  @Override
  public int read(JsonParser parser) {
    return WireList.read(
        parser,
        subject,
        p -> values.add(element.read(p)),
        (index, reason) -> faults.add(new Rows.Fault(index, reason)));
  }

  @Override
  public Rows<T> content() {
    return new Rows<>(values, List.of(), faults);
  }

  /** The member that an element must have and has not. */
  static BadData lacks(String name) {
    return new BadData("has no '%s'".formatted(name));
  }
}
