package com.alphaxiii.polygon;

import com.alphaxiii.polygon.BackfillReport.Outcome;
import com.alphaxiii.polygon.BackfillReport.Status;
import com.alphaxiii.polygon.core.BarAnswer;
import com.alphaxiii.polygon.core.BarRequest;
import com.alphaxiii.polygon.core.BarSource;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.store.BarStore;
import com.alphaxiii.polygon.store.Filled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One run over many symbols. What is in the cache is not asked for, so a run that follows one that
 * was cut off goes on where that ended.
 *
 * <p>When the key is refused, the cache cannot be written, or the vendor cannot be reached for
 * several symbols in a row, the rest is not tried: it would end in the same way.
 */
final class Backfill {
  /** Symbols at a time: keeps a paid plan's budget busy. */
  private static final int SYMBOLS_AT_ONCE = 16;

  /** So many symbols in a row that could not be had end the run. */
  private static final int MOST_UNAVAILABLE = SYMBOLS_AT_ONCE;

  private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();
  private static final long WAIT_SECONDS = 30;

  private final BackfillRequest request;
  private final BarStore store;
  private final BarSource vendor;
  private final Consumer<BackfillProgress> listener;
  private final List<Task> tasks = new ArrayList<>();

  // All below are guarded by this.
  private long days;
  private long daysDone;
  private long bars;
  private int symbolsDone;
  private int unavailable;
  private @Nullable PolygonException fatal;
  private @Nullable Throwable mistake;

  Backfill(
      BackfillRequest request,
      BarStore store,
      BarSource vendor,
      Consumer<BackfillProgress> listener) {
    this.request = request;
    this.store = store;
    this.vendor = vendor;
    this.listener = listener;
  }

  BackfillReport run() {
    plan();
    tell();
    boolean interrupted = false;
    try (var threads =
        Executors.newFixedThreadPool(SYMBOLS_AT_ONCE, Thread.ofVirtual().factory())) {
      List<Future<?>> running = new ArrayList<>();
      for (Task task : tasks) {
        running.add(threads.submit(task));
      }
      threads.shutdown();
      try {
        while (!threads.awaitTermination(WAIT_SECONDS, TimeUnit.SECONDS)) {
          // A backfill may take days.
        }
      } catch (InterruptedException e) {
        interrupted = true;
        running.forEach(task -> task.cancel(true));
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    throwMistake();
    return new BackfillReport(tasks.stream().map(Task::outcome).toList());
  }

  private void plan() {
    for (String symbol : request.symbols()) {
      Task task = new Task(symbol);
      tasks.add(task);
      days += task.planned;
    }
  }

  private synchronized void landed(Task task, TimeRange stretch) {
    long some = Math.min(days(stretch), task.planned - task.counted);
    task.counted += some;
    daysDone += some;
    tell();
  }

  private synchronized void fetched(Task task, int some) {
    task.bars += some;
    bars += some;
  }

  private synchronized void ended(Task task, Outcome outcome) {
    task.outcome = outcome;
    symbolsDone++;
    daysDone += task.planned - task.counted;
    task.counted = task.planned;
    switch (outcome.error()) {
      case PolygonException.Unauthorized refused -> fatal = refused;
      case PolygonException.StorageFailure disk -> fatal = disk;
      case PolygonException.Unavailable away -> unavailable(away);
      case PolygonException.RateLimited full -> unavailable(full);
      case null, default -> unavailable = 0;
    }
    tell();
  }

  private void unavailable(PolygonException error) {
    unavailable++;
    if (unavailable >= MOST_UNAVAILABLE) {
      fatal = error;
    }
  }

  private synchronized void throwMistake() {
    switch (mistake) {
      case null -> {}
      case Error error -> throw error;
      case RuntimeException exception -> throw exception;
      default -> throw new IllegalStateException(mistake);
    }
  }

  private synchronized void broke(Throwable reason) {
    if (mistake == null) {
      mistake = reason;
    }
  }

  private synchronized @Nullable PolygonException fatal() {
    return fatal;
  }

  private synchronized void tell() {
    listener.accept(new BackfillProgress(tasks.size(), symbolsDone, days, daysDone, bars));
  }

  private static long days(TimeRange range) {
    return Math.ceilDiv(Duration.between(range.start(), range.end()).toMillis(), DAY_MILLIS);
  }

  /** The work for one symbol. */
  private final class Task implements Runnable {
    private final String symbol;
    private final long planned;
    private long counted;
    private long bars;
    private @Nullable Outcome outcome;

    Task(String symbol) {
      this.symbol = symbol;
      this.planned = planned(symbol);
    }

    private long planned(String text) {
      try {
        Ticker ticker = Ticker.of(text);
        return store.missing(ticker, request.timeframe(), range(ticker)).stream()
            .mapToLong(Backfill::days)
            .sum();
      } catch (PolygonException.InvalidRequest e) {
        // Told when its turn comes.
        return 0;
      }
    }

    private TimeRange range(Ticker ticker) {
      return TimeRange.ofDays(request.from(), request.to(), ticker.market().zone());
    }

    @Override
    public void run() {
      PolygonException hopeless = fatal();
      if (hopeless != null) {
        ended(this, Outcome.failed(symbol, bars, hopeless));
        return;
      }
      try {
        ended(this, fill());
      } catch (RuntimeException | Error e) {
        // A mistake of ours, which run() throws on: without an end here it would look as if
        // somebody had stopped it.
        broke(e);
      }
    }

    private Outcome fill() {
      try {
        Ticker ticker = Ticker.of(symbol);
        Filled filled =
            store.fill(
                ticker,
                request.timeframe(),
                range(ticker),
                this::fetch,
                stretch -> landed(this, stretch));
        Status status =
            filled.fetched() > 0
                ? Status.FILLED
                : filled.holdsBars() ? Status.CACHED : Status.EMPTY;
        return new Outcome(symbol, status, filled.fetched(), filled.missing(), null);
      } catch (PolygonException e) {
        return Thread.currentThread().isInterrupted() ? stopped() : Outcome.failed(symbol, bars, e);
      }
    }

    private BarAnswer fetch(BarRequest some) {
      BarAnswer answer = vendor.bars(some);
      fetched(this, answer.bars().size());
      return answer;
    }

    private Outcome stopped() {
      return new Outcome(symbol, Status.STOPPED, bars, List.of(), null);
    }

    Outcome outcome() {
      return outcome == null ? stopped() : outcome;
    }
  }
}
