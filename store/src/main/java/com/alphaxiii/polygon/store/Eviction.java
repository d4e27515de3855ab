package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.PolygonException;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the files of a cache within a size: the symbol-years that were used least lately go first,
 * bars and ticks alike. What this process is reading stays.
 */
final class Eviction {
  private static final Logger LOG = LoggerFactory.getLogger(Eviction.class);

  /** Of the size, so much is made free beyond it, so that not every write evicts. */
  private static final int SHARE_FREED = 20;

  private static final String FILES =
      """
      SELECT symbol, substr(name, 1, 4) AS year, bytes, last_used AS at FROM part WHERE bytes > 0
      UNION ALL SELECT symbol, substr(day, 1, 4), bytes, written_at FROM tick_day WHERE bytes > 0\
      """;

  private final OptionalLong mostBytes;
  private final Database database;
  private final PartStore parts;
  private final TickFiles ticks;
  private final Usage usage;
  private final ReentrantLock turn = new ReentrantLock();

  /** Whether what is in use kept it from evicting enough. */
  private volatile boolean pending;

  /**
   * @param mostBytes empty = there is no limit
   */
  Eviction(
      Database database, PartStore parts, TickFiles ticks, Usage usage, OptionalLong mostBytes) {
    this.mostBytes = mostBytes;
    this.database = database;
    this.parts = parts;
    this.ticks = ticks;
    this.usage = usage;
  }

  private record Candidate(SymbolYear year, long bytes) {}

  /** Evicts what is too much; a disk that fails is told of, and never stops an answer. */
  void run() {
    if (mostBytes.isEmpty()) {
      return;
    }
    turn.lock();
    try {
      long most = mostBytes.getAsLong();
      long bytes = bytes();
      if (bytes > most) {
        usage.write();
        evict(bytes - (most - most / SHARE_FREED));
      }
      pending = bytes() > most;
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

  /** The size of all files of every kind. */
  long bytes() {
    return database.read(
        connection -> {
          try (Statement statement = connection.createStatement();
              ResultSet row =
                  statement.executeQuery(
                      "SELECT (SELECT total(bytes) FROM part)"
                          + " + (SELECT total(bytes) FROM tick_day)")) {
            return row.next() ? row.getLong(1) : 0L;
          }
        });
  }

  private void evict(long tooMuch) {
    long left = tooMuch;
    for (Candidate candidate : candidates()) {
      if (left <= 0) {
        return;
      }
      if (!usage.isInUse(candidate.year())) {
        parts.evict(candidate.year(), usage::isInUse);
        ticks.evict(candidate.year());
        LOG.info("evicted {}, {} bytes", candidate.year(), candidate.bytes());
        left -= candidate.bytes();
      }
    }
  }

  private List<Candidate> candidates() {
    return database.read(
        connection -> {
          List<Candidate> all = new ArrayList<>();
          try (Statement statement = connection.createStatement();
              ResultSet rows =
                  statement.executeQuery(
                      "SELECT symbol, year, sum(bytes), max(at, coalesce(last_used, 0)) AS used"
                          + " FROM (SELECT symbol, year, sum(bytes) AS bytes, max(at) AS at FROM ("
                          + FILES
                          + ") GROUP BY symbol, year) LEFT JOIN symbol_use USING (symbol, year)"
                          + " GROUP BY symbol, year ORDER BY used, year, symbol")) {
            while (rows.next()) {
              all.add(
                  new Candidate(
                      new SymbolYear(rows.getString(1), rows.getString(2)), rows.getLong(3)));
            }
          }
          return all;
        });
  }
}
