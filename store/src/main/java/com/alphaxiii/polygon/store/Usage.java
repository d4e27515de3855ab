package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.PolygonException;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When symbol-years were last used, and which are in use. Kept in memory and written to the catalog
 * once a minute at most, so that reading stays reading.
 */
final class Usage {
  private static final Logger LOG = LoggerFactory.getLogger(Usage.class);
  private static final Duration BETWEEN_WRITES = Duration.ofMinutes(1);

  /** Ticks are read at their reader's pace, who does not say when it has finished. */
  private static final Duration TICKS_IN_USE = Duration.ofMinutes(10);

  private final Database database;
  private final InstantSource clock;
  private final ConcurrentMap<SymbolYear, Instant> used = new ConcurrentHashMap<>();
  private final ConcurrentMap<SymbolYear, Instant> ticksUntil = new ConcurrentHashMap<>();
  private final ConcurrentMap<SymbolYear, Integer> pins = new ConcurrentHashMap<>();
  private final AtomicReference<Instant> written;

  Usage(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
    this.written = new AtomicReference<>(clock.instant());
  }

  /** The right to find things where they are until it is closed. */
  interface Pin extends AutoCloseable {
    @Override
    void close();
  }

  /** Notes a use and keeps from eviction, in this process. */
  Pin pin(Collection<SymbolYear> years) {
    Instant now = clock.instant();
    for (SymbolYear year : years) {
      used.put(year, now);
      pins.merge(year, 1, Integer::sum);
    }
    writeAtTimes(now);
    return () -> years.forEach(year -> pins.computeIfPresent(year, (y, n) -> n > 1 ? n - 1 : null));
  }

  /** Notes that a day of ticks is read. */
  void ticks(SymbolYear year) {
    Instant now = clock.instant();
    used.put(year, now);
    ticksUntil.put(year, now.plus(TICKS_IN_USE));
    writeAtTimes(now);
  }

  boolean isInUse(SymbolYear year) {
    ticksUntil.values().removeIf(until -> !until.isAfter(clock.instant()));
    return pins.containsKey(year) || ticksUntil.containsKey(year);
  }

  private void writeAtTimes(Instant now) {
    Instant last = written.get();
    if (!now.isBefore(last.plus(BETWEEN_WRITES)) && written.compareAndSet(last, now)) {
      write();
    }
  }

  /** Writes what was noted; that it cannot be written only makes the order of eviction worse. */
  void write() {
    Map<SymbolYear, Instant> noted = Map.copyOf(used);
    if (noted.isEmpty()) {
      return;
    }
    try {
      database.write(
          connection -> {
            try (PreparedStatement upsert =
                connection.prepareStatement(
                    """
                    INSERT INTO symbol_use (symbol, year, last_used) VALUES (?, ?, ?)
                    ON CONFLICT DO UPDATE SET last_used = max(last_used, excluded.last_used)\
                    """)) {
              for (Map.Entry<SymbolYear, Instant> use : noted.entrySet()) {
                upsert.setString(1, use.getKey().symbol());
                upsert.setString(2, use.getKey().word());
                upsert.setLong(3, use.getValue().toEpochMilli());
                upsert.addBatch();
              }
              upsert.executeBatch();
            }
            return null;
          });
      noted.forEach(used::remove);
    } catch (PolygonException.StorageFailure e) {
      LOG.debug("it could not be noted what is in use", e);
    }
  }
}
