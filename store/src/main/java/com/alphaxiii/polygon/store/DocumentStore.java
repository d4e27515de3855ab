package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.DocumentCache;
import com.alphaxiii.polygon.core.PolygonException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers kept in the catalog. One thread asks for a document, the others wait for it. When the
 * vendor cannot be reached the old answer serves, and the vendor is not asked again for a minute.
 */
final class DocumentStore implements DocumentCache {
  private static final Logger LOG = LoggerFactory.getLogger(DocumentStore.class);

  /** After a failure what is kept is used so long without asking again. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final DocumentTable table;
  private final InstantSource clock;
  private final Health health = new Health();
  private final ConcurrentMap<String, ReentrantLock> asking = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Instant> failedAt = new ConcurrentHashMap<>();

  DocumentStore(DocumentTable table, InstantSource clock) {
    this.table = table;
    this.clock = clock;
  }

  @Override
  public Document get(String key, Duration fresh, Supplier<byte[]> ask) {
    Optional<DocumentTable.Kept> kept = kept(key);
    if (kept.isPresent() && isFresh(kept.get(), fresh)) {
      return document(kept.get(), false);
    }
    ReentrantLock turn = asking.computeIfAbsent(key, k -> new ReentrantLock());
    turn.lock();
    try {
      kept = kept(key);
      if (kept.isPresent() && isFresh(kept.get(), fresh)) {
        return document(kept.get(), false);
      }
      if (kept.isPresent() && hasJustFailed(key)) {
        return document(kept.get(), true);
      }
      return asked(key, ask, kept);
    } finally {
      turn.unlock();
      if (!turn.hasQueuedThreads()) {
        asking.remove(key, turn);
      }
    }
  }

  private Document asked(String key, Supplier<byte[]> ask, Optional<DocumentTable.Kept> kept) {
    try {
      byte[] body = ask.get();
      failedAt.remove(key);
      keep(key, body);
      return new Document(body, clock.instant(), false);
    } catch (PolygonException e) {
      // A refusal is an answer; only a vendor out of reach is a reason to look at old ones.
      if (kept.isEmpty() || !e.retryable()) {
        throw e;
      }
      failedAt.put(key, clock.instant());
      LOG.warn(
          "{} could not be had ({}); the answer of {} still holds",
          key,
          e.getMessage(),
          kept.get().readAt());
      return document(kept.get(), true);
    }
  }

  private static Document document(DocumentTable.Kept kept, boolean stale) {
    return new Document(kept.body(), kept.readAt(), stale);
  }

  private boolean isFresh(DocumentTable.Kept kept, Duration fresh) {
    return clock.instant().isBefore(kept.readAt().plus(fresh));
  }

  private boolean hasJustFailed(String key) {
    Instant failed = failedAt.get(key);
    return failed != null && clock.instant().isBefore(failed.plus(PATIENCE));
  }

  private Optional<DocumentTable.Kept> kept(String key) {
    try {
      return table.find(key);
    } catch (PolygonException.StorageFailure e) {
      health.failed(e);
      return Optional.empty();
    }
  }

  private void keep(String key, byte[] body) {
    try {
      table.put(key, body, clock.instant());
      health.worked();
    } catch (PolygonException.StorageFailure e) {
      health.failed(e);
    }
  }
}
