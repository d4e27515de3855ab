package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.TickerEvent;

/**
 * Turns the bytes of one stream message into events. It knows no socket, keeps no message, and
 * never throws for what the bytes hold. Not thread-safe: one decoder serves one connection.
 */
interface EventDecoder {
  /** How many bytes behind a message must be in the array; the decoder writes to them. */
  int ROOM = EventParser.ROOM;

  /**
   * Reads one whole message and tells the output what it holds, in the order of the message. The
   * array reaches {@link #ROOM} bytes beyond it.
   */
  void decode(byte[] bytes, int offset, int length, Output output);

  /** What a message holds. */
  interface Output {
    /** An event of a ticker. */
    void event(TickerEvent event);

    /** Word of the vendor about the connection; both texts may be empty. */
    void status(String status, String message);

    /** One event that could not be read; its neighbours are told as if it were not there. */
    void malformed(String reason);
  }
}
