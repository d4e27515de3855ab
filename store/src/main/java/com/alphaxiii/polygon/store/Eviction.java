package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.PolygonException;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a cache within a size: what was used least lately goes first, be it a symbol-year of bars,
 * one of ticks, or a kept answer of the vendor. What this process is reading stays, and so does
 * what an import has brought as long as it runs.
 */
final class Eviction {
  private static final Logger LOG = LoggerFactory.getLogger(Eviction.class);

  /** Of the size, so much is made free beyond it, so that not every write evicts. */
  private static final int SHARE_FREED = 20;

  private static final String CANDIDATES =
      """
      SELECT symbol, year, ticks, bytes, max(at, coalesce(last_used, 0)) AS used FROM (
        SELECT symbol, substr(name, 1, 4) AS year, substr(name, 1, 4) AS word, 0 AS ticks,
          sum(bytes) AS bytes, max(last_used) AS at
        FROM part WHERE bytes > 0 GROUP BY symbol, substr(name, 1, 4)
        UNION ALL SELECT symbol, substr(day, 1, 4), substr(day, 1, 4) || ' ticks', 1,
          sum(bytes), max(written_at)
        FROM tick_day WHERE bytes > 0 GROUP BY symbol, substr(day, 1, 4)
      ) AS files LEFT JOIN (SELECT symbol, year AS word, last_used FROM symbol_use)
        USING (symbol, word)
      UNION ALL SELECT address, NULL, 0, length(body), read_at FROM document
      ORDER BY used, year, symbol\
      """;

  private static final String BYTES =
      """
      SELECT (SELECT total(bytes) FROM part) + (SELECT total(bytes) FROM tick_day)
        + (SELECT total(length(body)) FROM document)\
      """;

  private final OptionalLong mostBytes;
  private final Database database;
  private final PartStore parts;
  private final TickFiles ticks;
  private final DocumentTable documents;
  private final Usage usage;
  private final ReentrantLock turn = new ReentrantLock();
  private final AtomicLong evicted = new AtomicLong();

  /** When the imports began that are running. */
  private final List<Instant> imports = new CopyOnWriteArrayList<>();

  /** Whether what is in use kept it from evicting enough. */
  private volatile boolean pending;

  /**
   * @param mostBytes empty = there is no limit
   */
  Eviction(
      Database database,
      PartStore parts,
      TickFiles ticks,
      DocumentTable documents,
      Usage usage,
      OptionalLong mostBytes) {
    this.mostBytes = mostBytes;
    this.database = database;
    this.parts = parts;
    this.ticks = ticks;
    this.documents = documents;
    this.usage = usage;
  }

  /**
   * What may go.
   *
   * @param year empty for a kept answer
   * @param address of a kept answer, else the symbol
   */
  private record Candidate(Optional<SymbolYear> year, String address, long bytes, Instant used) {}

  /** Evicts what is too much; a disk that fails is told of, and never stops an answer. */
  void run() {
    if (mostBytes.isEmpty()) {
      return;
    }
    turn.lock();
    try {
      pending = makeRoom(0) > 0;
    } catch (PolygonException.StorageFailure e) {
      LOG.warn("the cache could not be brought within CACHE_MAX_BYTES: {}", e.getMessage(), e);
    } finally {
      turn.unlock();
    }
  }

  /** Once more, if something was in use before. */
  void finish() {
    if (pending) {
      run();
    }
  }

  /** The size of all files of every kind and of kept answers. */
  long bytes() {
    return database.read(
        connection -> {
          try (Statement statement = connection.createStatement();
              ResultSet row = statement.executeQuery(BYTES)) {
            return row.next() ? row.getLong(1) : 0L;
          }
        });
  }

  /** An import that is running: what was used since it began is not evicted. */
  Importing importing(Instant since) {
    imports.add(since);
    return new Importing(since);
  }

  /** Makes room for what an import brings, out of what was there before it. */
  final class Importing implements AutoCloseable {
    private final Instant since;
    private final long evictedBefore = evicted.get();

    private Importing(Instant since) {
      this.since = since;
    }

    /**
     * Makes room.
     *
     * @throws PolygonException.StorageFailure when there would be too much with so many bytes more
     */
    void require(long bytes) {
      if (mostBytes.isEmpty()) {
        return;
      }
      turn.lock();
      try {
        long lacking = makeRoom(bytes);
        if (lacking > 0) {
          throw new PolygonException.StorageFailure(
              "the cache is full: of the %d bytes of CACHE_MAX_BYTES, all that is there was brought or used since this import began, and %d more are needed for its next piece: raise CACHE_MAX_BYTES, or import fewer days or symbols"
                  .formatted(mostBytes.getAsLong(), lacking),
              null);
        }
      } finally {
        turn.unlock();
      }
    }

    @Override
    public void close() {
      imports.remove(since);
      run();
      long bytes = evicted.get() - evictedBefore;
      if (bytes > 0) {
        LOG.warn(
            "{} bytes of what was used least lately were evicted meanwhile, to keep within"
                + " CACHE_MAX_BYTES",
            bytes);
      }
    }
  }

  /** Evicts until so many bytes more would fit; tells how many are lacking then. */
  private long makeRoom(long wanted) {
    long most = mostBytes.orElseThrow();
    if (bytes() + wanted <= most) {
      return 0;
    }
    usage.write();
    evict(bytes() + wanted - (most - most / SHARE_FREED));
    return Math.max(0, bytes() + wanted - most);
  }

  private void evict(long tooMuch) {
    Optional<Instant> floor = imports.stream().min(Comparator.naturalOrder());
    List<String> answers = new ArrayList<>();
    long left = tooMuch;
    for (Candidate candidate : candidates()) {
      boolean isKept = floor.isPresent() && !candidate.used().isBefore(floor.get());
      if (left <= 0 || isKept) {
        break;
      }
      if (candidate.year().isEmpty()) {
        answers.add(candidate.address());
        left -= candidate.bytes();
        evicted.addAndGet(candidate.bytes());
      } else if (!usage.isInUse(candidate.year().get())) {
        evict(candidate.year().get());
        LOG.info("evicted {}, {} bytes", candidate.year().get(), candidate.bytes());
        evicted.addAndGet(candidate.bytes());
        left -= candidate.bytes();
      }
    }
    if (!answers.isEmpty()) {
      documents.forget(answers);
      LOG.info("evicted {} kept answers", answers.size());
    }
  }

  private void evict(SymbolYear year) {
    if (year.ticks()) {
      ticks.evict(year, usage::isInUse);
    } else {
      parts.evict(year, usage::isInUse);
    }
  }

  private List<Candidate> candidates() {
    return database.read(
        connection -> {
          List<Candidate> all = new ArrayList<>();
          try (Statement statement = connection.createStatement();
              ResultSet rows = statement.executeQuery(CANDIDATES)) {
            while (rows.next()) {
              String subject = rows.getString(1);
              boolean ofTicks = rows.getBoolean(3);
              Optional<SymbolYear> year =
                  Optional.ofNullable(rows.getString(2))
                      .map(name -> new SymbolYear(subject, name, ofTicks));
              all.add(
                  new Candidate(
                      year, subject, rows.getLong(4), Instant.ofEpochMilli(rows.getLong(5))));
            }
          }
          return all;
        });
  }
}
