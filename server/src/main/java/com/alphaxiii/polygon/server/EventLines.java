package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.TickerEvent;

/**
 * Writes events as lines of JSON, each the object that {@code market_data} messages carry. For one
 * thread.
 */
public final class EventLines {
  private static final int USUAL_LENGTH = 512;

  private final JsonBytes json = new JsonBytes(USUAL_LENGTH);

  /** The event as UTF-8, with a line feed at its end. */
  public byte[] line(TickerEvent event) {
    json.clear();
    EventJson.writeData(json, event);
    json.raw('\n');
    byte[] line = new byte[json.size()];
    json.copyTo(line, 0);
    return line;
  }
}
