package com.alphaxiii.polygon.server;

import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * How market data is written for a client. An event is encoded once for each dialect in which
 * somebody receives it.
 */
enum Dialect {
  /** This server's own: a JSON object a message. */
  OWN(Batch.Form.FRAMES) {
    @Override
    EventEncoder encoder(InstantSource clock) {
      return new EventJson(clock);
    }

    @Override
    byte[] dropped(long count, Instant since) {
      return Messages.dropped(count, since);
    }
  },

  /** The vendor's: arrays of events, and no word for what was dropped. */
  VENDOR(Batch.Form.ARRAYS) {
    @Override
    EventEncoder encoder(InstantSource clock) {
      JsonBytes json = new JsonBytes(256);
      return (event, marks) -> {
        json.clear();
        VendorEventJson.write(json, event);
        return json.toBytes();
      };
    }

    @Override
    byte @Nullable [] dropped(long count, Instant since) {
      return null;
    }
  };

  private final Batch.Form form;

  Dialect(Batch.Form form) {
    this.form = form;
  }

  /** How its elements make messages. */
  Batch.Form form() {
    return form;
  }

  /** A new encoder; the clock tells when a message is sent. */
  abstract EventEncoder encoder(InstantSource clock);

  /**
   * The frame that tells how many messages a slow client lost; null where there is no such word.
   */
  abstract byte @Nullable [] dropped(long count, Instant since);
}
