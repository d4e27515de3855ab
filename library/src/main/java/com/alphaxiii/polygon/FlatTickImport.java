package com.alphaxiii.polygon;

import com.alphaxiii.polygon.ImportReport.Outcome;
import com.alphaxiii.polygon.ImportReport.Status;
import com.alphaxiii.polygon.client.FlatFile;
import com.alphaxiii.polygon.client.FlatFileStore;
import com.alphaxiii.polygon.client.FlatTicks;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.store.ImportedFile;
import com.alphaxiii.polygon.store.TickImport;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Files of trades or quotes into the cache, one after the other: each is read through first, so
 * that nothing of a bad one is stored, and then again, a tick in memory at a time.
 */
final class FlatTickImport<T> {
  private final FlatFileStore files;
  private final ImportRequest request;
  private final TickImport<T> target;
  private final Function<FlatFileStore.Local, FlatTicks<T>> reader;

  /** Whether the cache can take no more. */
  private boolean full;

  FlatTickImport(
      FlatFileStore files,
      ImportRequest request,
      TickImport<T> target,
      Function<FlatFileStore.Local, FlatTicks<T>> reader) {
    this.files = files;
    this.request = request;
    this.target = target;
    this.reader = reader;
  }

  /** What is to be done with a file; {@link Status#STOPPED} for one that is to be imported. */
  Status plan(FlatFile file) {
    if (!target.isSettled(file.day())) {
      return Status.UNSETTLED;
    }
    return !request.again() && target.has(file.day(), file.fingerprint(), request.symbols())
        ? Status.KNOWN
        : Status.STOPPED;
  }

  /**
   * Imports files in order, until interrupted.
   *
   * @return false when the cache can take no more; the file that showed it is told as failed
   */
  boolean run(List<FlatFile> planned, Consumer<Outcome> ended) {
    for (FlatFile file : planned) {
      if (Thread.currentThread().isInterrupted()) {
        return true;
      }
      Outcome outcome = one(file);
      ended.accept(outcome);
      if (full) {
        return false;
      }
    }
    return true;
  }

  private Outcome one(FlatFile file) {
    FlatFileStore.Local local;
    try {
      local = files.fetch(file);
    } catch (PolygonException e) {
      return ended(file, e);
    }
    try (local) {
      try {
        FlatTicks.check(local);
      } catch (PolygonException e) {
        return ended(file, e);
      }
      return stored(local);
    } catch (PolygonException.BadData | PolygonException.StorageFailure e) {
      return ended(file, e);
    }
  }

  private static Outcome ended(FlatFile file, PolygonException error) {
    return Thread.currentThread().isInterrupted()
        ? Outcome.of(file, Status.STOPPED)
        : Outcome.failed(file, error);
  }

  private Outcome stored(FlatFileStore.Local local) {
    FlatFile file = local.file();
    boolean replace = request.again() || target.hasOther(file.day(), file.fingerprint());
    for (int attempt = 0; attempt < FlatFileImport.ATTEMPTS; attempt++) {
      target.begin();
      OptionalLong rows = rows(local, replace);
      if (rows.isEmpty()) {
        return Outcome.of(file, Status.STOPPED);
      }
      ImportedFile imported =
          new ImportedFile(
              file.dataset().toString(),
              file.day(),
              file.fingerprint(),
              request.symbols(),
              rows.getAsLong());
      if (target.end(imported)) {
        return new Outcome(file, Status.IMPORTED, rows.getAsLong(), List.of(), null);
      }
    }
    return Outcome.failed(file, FlatFileImport.withdrawn(file));
  }

  /** Stores a file's ticks; empty when interrupted. */
  private OptionalLong rows(FlatFileStore.Local local, boolean replace) {
    long rows = 0;
    try (FlatTicks<T> ticks = reader.apply(local)) {
      while (ticks.next()) {
        if (Thread.currentThread().isInterrupted()) {
          return OptionalLong.empty();
        }
        Ticker ticker = ticks.ticker();
        if (request.symbols().isEmpty() || request.symbols().contains(ticker.symbol())) {
          rows += add(ticker, local.file(), ticks, replace);
        } else {
          ticks.ticks().forEachRemaining(tick -> {});
        }
      }
    }
    return OptionalLong.of(rows);
  }

  private long add(Ticker ticker, FlatFile file, FlatTicks<T> ticks, boolean replace) {
    try {
      return target.add(ticker, file.day(), ticks.ticks(), replace);
    } catch (PolygonException.StorageFailure e) {
      full = !Thread.currentThread().isInterrupted();
      throw e;
    }
  }
}
