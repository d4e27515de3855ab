package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.TickerEvent;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** Writes each event at most once in each dialect, when somebody there receives it. One thread. */
final class Encoding {
  private final Map<Dialect, EventEncoder> encoders = new EnumMap<>(Dialect.class);
  private final Map<Dialect, byte[]> written = new EnumMap<>(Dialect.class);

  Encoding(InstantSource clock) {
    for (Dialect dialect : Dialect.values()) {
      encoders.put(dialect, dialect.encoder(clock));
    }
  }

  /** Forgets the event before. */
  void begin() {
    written.clear();
  }

  /** The event that was begun with, in a dialect. */
  byte[] in(Dialect dialect, TickerEvent event, Marks marks) {
    return written.computeIfAbsent(
        dialect, each -> Objects.requireNonNull(encoders.get(each)).encode(event, marks));
  }
}
