package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.TickerEvent;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Writes each event at most once in each dialect, when somebody there receives it. One thread. */
final class Encoding {
  private static final Dialect[] DIALECTS = Dialect.values();

  private final EventEncoder[] encoders = new EventEncoder[DIALECTS.length];
  private final byte @Nullable [][] written = new byte[DIALECTS.length][];
  private @Nullable TickerEvent event;
  private Marks marks = Marks.NONE;

  Encoding(InstantSource clock) {
    for (Dialect dialect : DIALECTS) {
      encoders[dialect.ordinal()] = dialect.encoder(clock);
    }
  }

  /** Takes the next event. */
  void begin(TickerEvent next, Marks said) {
    event = next;
    marks = said;
    for (int i = 0; i < written.length; i++) {
      written[i] = null;
    }
  }

  /** The event in a dialect. */
  byte[] in(Dialect dialect) {
    int at = dialect.ordinal();
    byte[] bytes = written[at];
    if (bytes == null) {
      if (event == null) {
        throw new IllegalStateException("there is no event");
      }
      bytes = encoders[at].encode(event, marks);
      written[at] = bytes;
    }
    return bytes;
  }
}
