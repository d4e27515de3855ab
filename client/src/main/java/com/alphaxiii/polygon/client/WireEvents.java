package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.Market;

/**
 * Reads the messages of a market's stream: events, which an {@link EventReader} understands, and
 * status.
 *
 * <p>An event whose fields make no sense costs only itself. After an event that is not even JSON,
 * reading goes on at the next thing that looks like the beginning of one.
 */
final class WireEvents implements EventDecoder {
  /** Broken JSON in one message after which the rest of it is given up, so that it cannot stall. */
  private static final int REPAIRS = 256;

  private final EventParser parser = new EventParser();
  private final WireFields fields = new WireFields();
  private final EventReader reader;

  /** Where the last element that was read of this message ends. */
  private int done;

  WireEvents(Market market) {
    reader = new EventReader(market);
  }

  @Override
  public void decode(byte[] bytes, int offset, int length, Output output) {
    int end = offset + length;
    bytes[end] = EventParser.END;
    done = offset;
    try {
      int at = EventParser.skipBlanks(bytes, offset);
      switch (bytes[at]) {
        case '{' -> done = event(bytes, at, output);
        case '[' -> done = events(bytes, at, output);
        default -> throw new NotJson("a message is neither an array nor an event");
      }
    } catch (NotJson e) {
      output.malformed(String.valueOf(e.getMessage()));
      readOn(bytes, Math.min(skipTo(bytes, done, end, '{') + 1, end), end, output);
      return;
    }
    int rest = EventParser.skipBlanks(bytes, done);
    if (rest < end) {
      output.malformed("not JSON: something follows the end of a message");
      readOn(bytes, rest, end, output);
    }
  }

  private int event(byte[] bytes, int brace, Output output) {
    int end = parser.object(bytes, brace, fields);
    reader.tell(fields, output);
    return end;
  }

  private int events(byte[] bytes, int bracket, Output output) {
    int at = EventParser.skipBlanks(bytes, bracket + 1);
    if (bytes[at] == ']') {
      return at + 1;
    }
    while (true) {
      if (bytes[at] == '{') {
        at = event(bytes, at, output);
      } else {
        at = parser.pass(bytes, at, fields, 1);
        output.malformed("an element of a message is not an event");
      }
      done = at;
      at = EventParser.skipBlanks(bytes, at);
      if (bytes[at] == ']') {
        return at + 1;
      }
      if (bytes[at] != ',') {
        throw new NotJson("a comma or a bracket is missing between events");
      }
      at = EventParser.skipBlanks(bytes, at + 1);
    }
  }

  /** Reads what looks like events, whatever lies between them. */
  private void readOn(byte[] bytes, int from, int end, Output output) {
    int start = nextEvent(bytes, from, end);
    int repairs = 1;
    while (start < end) {
      int next;
      try {
        next = event(bytes, start, output);
      } catch (NotJson e) {
        output.malformed(String.valueOf(e.getMessage()));
        repairs++;
        if (repairs > REPAIRS) {
          output.malformed("too much of a message is broken: the rest is given up");
          return;
        }
        next = start + 1;
      }
      start = nextEvent(bytes, next, end);
    }
  }

  /** The next brace that a comma or bracket precedes and a quote follows; {@code end} for none. */
  private static int nextEvent(byte[] bytes, int from, int end) {
    for (int at = skipTo(bytes, from, end, '{'); at < end; at = skipTo(bytes, at + 1, end, '{')) {
      int before = at - 1;
      while (before >= 0 && EventParser.isBlank(bytes[before])) {
        before--;
      }
      int after = EventParser.skipBlanks(bytes, at + 1);
      if (before >= 0
          && (bytes[before] == ',' || bytes[before] == '[')
          && after < end
          && bytes[after] == '"') {
        return at;
      }
    }
    return end;
  }

  private static int skipTo(byte[] bytes, int from, int end, char wanted) {
    int at = from;
    while (at < end && bytes[at] != wanted) {
      at++;
    }
    return at;
  }
}
