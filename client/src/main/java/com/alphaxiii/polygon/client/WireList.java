package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.PolygonException.BadData;
import com.alphaxiii.polygon.core.PolygonException.InvalidRequest;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads a list object by object, so that a bad one costs no other. What is not even JSON is an
 * error of the whole.
 */
final class WireList {
  private WireList() {}

  /** Takes one object. */
  @FunctionalInterface
  interface Element {
    /**
     * Reads the object at whose start the parser stands; may stop anywhere in it with {@link
     * BadData}, or with {@link InvalidRequest} for what cannot be a value of core.
     */
    void read(JsonParser parser);
  }

  /** Is told of what was left out. */
  @FunctionalInterface
  interface Faults {
    /**
     * One element.
     *
     * @param index in the list, from 1
     * @param reason what is wrong with it
     */
    void left(int index, String reason);
  }

  /** Reads the list at whose start the parser stands to its end; returns how long it is. */
  static int read(JsonParser parser, String subject, Element element, Faults faults) {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw new BadData("%s is not a list".formatted(subject));
    }
    int index = 0;
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      index++;
      if (token != JsonToken.START_OBJECT) {
        parser.skipChildren();
        faults.left(index, "is not an object");
        continue;
      }
      int depth = parser.streamReadContext().getNestingDepth();
      try {
        element.read(parser);
      } catch (BadData | InvalidRequest e) {
        while (parser.streamReadContext().getNestingDepth() >= depth) {
          parser.nextToken();
        }
        faults.left(index, String.valueOf(e.getMessage()));
      }
    }
    return index;
  }
}
