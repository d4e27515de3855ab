package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.Dividend;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.ReferenceSource;
import com.alphaxiii.polygon.core.Split;
import com.alphaxiii.polygon.core.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Splits and dividends, remembered. They are asked for again after half a day; when that fails,
 * what is known still holds. With nothing known the failure is the caller's: history is never
 * silently unadjusted.
 */
final class CorporateActions {
  private static final Logger LOG = LoggerFactory.getLogger(CorporateActions.class);

  private static final Duration FRESH = Duration.ofHours(12);

  /** After a failure what is known is used so long without asking again. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final ReferenceSource upstream;
  private final ReferenceTable table;
  private final SplitOverrides overrides;
  private final InstantSource clock;
  private final Health health = new Health();
  private final ConcurrentMap<String, ReentrantLock> asking = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Instant> failedAt = new ConcurrentHashMap<>();

  CorporateActions(
      ReferenceSource upstream,
      ReferenceTable table,
      SplitOverrides overrides,
      InstantSource clock) {
    this.upstream = upstream;
    this.table = table;
    this.overrides = overrides;
    this.clock = clock;
  }

  /**
   * What is known and whether it took a request.
   *
   * @param asked true when the vendor was asked just now
   */
  record Known<T>(List<T> actions, boolean asked) {}

  /**
   * All splits of a ticker as the user corrects them.
   *
   * @param anew asks the vendor even if the answer is remembered
   * @throws PolygonException.StorageFailure when a correction of this ticker cannot be read
   */
  Known<Split> splits(Ticker ticker, boolean anew) {
    Known<Split> told = told(ticker, anew);
    return new Known<>(overrides.apply(ticker, told.actions()), told.asked());
  }

  /** The same as the vendor tells them. */
  Known<Split> told(Ticker ticker, boolean anew) {
    return known(ticker, ReferenceTable.SPLITS, upstream::splits, anew);
  }

  /** All dividends of a ticker. */
  Known<Dividend> dividends(Ticker ticker, boolean anew) {
    return known(ticker, ReferenceTable.DIVIDENDS, upstream::dividends, anew);
  }

  private <T> Known<T> known(
      Ticker ticker, ReferenceTable.Kind<T> kind, Function<Ticker, List<T>> ask, boolean anew) {
    Optional<ReferenceTable.Remembered<T>> known = remembered(kind, ticker);
    if (!anew && known.isPresent() && isFresh(known.get())) {
      return new Known<>(known.get().actions(), false);
    }
    String subject = kind.word() + " of " + ticker;
    ReentrantLock turn = asking.computeIfAbsent(subject, s -> new ReentrantLock());
    turn.lock();
    try {
      known = remembered(kind, ticker);
      if (!anew && known.isPresent() && (isFresh(known.get()) || hasJustFailed(subject))) {
        return new Known<>(known.get().actions(), false);
      }
      return new Known<>(ask(subject, kind, ticker, ask, known), true);
    } finally {
      turn.unlock();
      if (!turn.hasQueuedThreads()) {
        asking.remove(subject, turn);
      }
    }
  }

  private <T> List<T> ask(
      String subject,
      ReferenceTable.Kind<T> kind,
      Ticker ticker,
      Function<Ticker, List<T>> ask,
      Optional<ReferenceTable.Remembered<T>> known) {
    try {
      List<T> actions = ask.apply(ticker);
      failedAt.remove(subject);
      remember(kind, ticker, actions);
      return actions;
    } catch (PolygonException e) {
      if (known.isEmpty()) {
        throw e;
      }
      failedAt.put(subject, clock.instant());
      LOG.warn(
          "{} could not be had ({}); those read at {} still hold",
          subject,
          e.getMessage(),
          known.get().readAt());
      return known.get().actions();
    }
  }

  private boolean isFresh(ReferenceTable.Remembered<?> known) {
    return clock.instant().isBefore(known.readAt().plus(FRESH));
  }

  private boolean hasJustFailed(String subject) {
    Instant failed = failedAt.get(subject);
    return failed != null && clock.instant().isBefore(failed.plus(PATIENCE));
  }

  private <T> Optional<ReferenceTable.Remembered<T>> remembered(
      ReferenceTable.Kind<T> kind, Ticker ticker) {
    try {
      return table.find(kind, ticker);
    } catch (PolygonException.StorageFailure e) {
      health.failed(e);
      return Optional.empty();
    }
  }

  private <T> void remember(ReferenceTable.Kind<T> kind, Ticker ticker, List<T> actions) {
    try {
      table.replace(kind, ticker, actions, clock.instant());
      health.worked();
    } catch (PolygonException.StorageFailure e) {
      health.failed(e);
    }
  }
}
