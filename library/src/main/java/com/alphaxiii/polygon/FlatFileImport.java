package com.alphaxiii.polygon;

import com.alphaxiii.polygon.ImportReport.Outcome;
import com.alphaxiii.polygon.ImportReport.Status;
import com.alphaxiii.polygon.calendar.MarketCalendar;
import com.alphaxiii.polygon.client.FlatBars;
import com.alphaxiii.polygon.client.FlatFile;
import com.alphaxiii.polygon.client.FlatFileDataset;
import com.alphaxiii.polygon.client.FlatFileStore;
import com.alphaxiii.polygon.client.FlatTicks;
import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Quote;
import com.alphaxiii.polygon.core.Result;
import com.alphaxiii.polygon.core.Timeframe;
import com.alphaxiii.polygon.core.Trade;
import com.alphaxiii.polygon.store.BarImport;
import com.alphaxiii.polygon.store.ImportedFile;
import com.alphaxiii.polygon.store.TickImport;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * One run over flat files. The files of a month (of a year, where each has a row a ticker) are
 * checked one by one, so that nothing of a bad one is stored, and then read side by side, so that a
 * part is written once and not once a day.
 */
final class FlatFileImport {
  private static final int CHECKERS = Math.min(4, Runtime.getRuntime().availableProcessors());

  /** So often files are begun with whose bars are withdrawn before they count. */
  static final int ATTEMPTS = 3;

  private final FlatFileStore files;
  private final ImportRequest request;
  private final ImportTargets targets;
  private final MarketCalendar calendar;
  private final Consumer<ImportProgress> listener;
  private final Map<FlatFile, Outcome> outcomes = new TreeMap<>();
  private final Map<FlatFileDataset, List<LocalDate>> missing = new LinkedHashMap<>();
  private int planned;
  private int done;
  private long rows;

  /** Whether the cache can take no more, and all that follows is left. */
  private boolean full;

  FlatFileImport(
      FlatFileStore files,
      ImportRequest request,
      ImportTargets targets,
      MarketCalendar calendar,
      Consumer<ImportProgress> listener) {
    this.files = files;
    this.request = request;
    this.targets = targets;
    this.calendar = calendar;
    this.listener = listener;
  }

  ImportReport run() {
    Map<FlatFileDataset, List<FlatFile>> found = new LinkedHashMap<>();
    for (FlatFileDataset dataset : request.datasets()) {
      List<FlatFile> some = files.list(dataset, request.from(), request.to());
      if (!some.isEmpty()) {
        found.put(dataset, some);
        missing.put(dataset, missing(dataset, some));
      }
    }
    for (Map.Entry<FlatFileDataset, List<FlatFile>> one : found.entrySet()) {
      if (full) {
        one.getValue().forEach(file -> outcomes.put(file, Outcome.of(file, Status.STOPPED)));
      } else if (!one.getKey().isTicks()) {
        dataset(one.getKey(), one.getValue());
      } else if (one.getKey().type().startsWith("trades")) {
        try (TickImport<Trade> target = targets.trades(one.getKey())) {
          ticks(new FlatTickImport<>(files, request, target, FlatTicks::trades), one.getValue());
        }
      } else {
        try (TickImport<Quote> target = targets.quotes(one.getKey())) {
          ticks(new FlatTickImport<>(files, request, target, FlatTicks::quotes), one.getValue());
        }
      }
    }
    return new ImportReport(List.copyOf(outcomes.values()), missing);
  }

  private void ticks(FlatTickImport<?> target, List<FlatFile> some) {
    List<FlatFile> wanted = new ArrayList<>();
    for (FlatFile file : some) {
      Status status = target.plan(file);
      outcomes.put(file, Outcome.of(file, status));
      if (status == Status.STOPPED) {
        wanted.add(file);
        planned++;
      }
    }
    tell();
    full =
        !target.run(
            wanted,
            outcome -> {
              rows += outcome.rows();
              end(outcome);
            });
  }

  /** The trading days without a file; other markets than these have no calendar here. */
  private List<LocalDate> missing(FlatFileDataset dataset, List<FlatFile> some) {
    Market market = dataset.market();
    if (market != Market.STOCKS && market != Market.OPTIONS) {
      return List.of();
    }
    List<LocalDate> days = some.stream().map(FlatFile::day).toList();
    return days.getFirst()
        .datesUntil(days.getLast())
        .filter(calendar::isTradingDay)
        .filter(day -> !days.contains(day))
        .toList();
  }

  private void dataset(FlatFileDataset dataset, List<FlatFile> some) {
    try (BarImport target = targets.bars(dataset)) {
      Map<LocalDate, List<FlatFile>> groups = new TreeMap<>();
      for (FlatFile file : some) {
        if (!target.isSettled(file.day())) {
          outcomes.put(file, Outcome.of(file, Status.UNSETTLED));
        } else if (!request.again()
            && target.has(file.day(), file.fingerprint(), request.symbols())) {
          outcomes.put(file, Outcome.of(file, Status.KNOWN));
        } else {
          outcomes.put(file, Outcome.of(file, Status.STOPPED));
          groups.computeIfAbsent(group(file), day -> new ArrayList<>()).add(file);
          planned++;
        }
      }
      tell();
      for (List<FlatFile> group : groups.values()) {
        try {
          group(target, group);
        } catch (PolygonException e) {
          if (full || Thread.currentThread().isInterrupted()) {
            return;
          }
          throw e;
        }
      }
    }
  }

  /** The first day of the days that are imported together. */
  private static LocalDate group(FlatFile file) {
    return file.dataset().timeframe().equals(Timeframe.DAY_1)
        ? file.day().withDayOfYear(1)
        : file.day().withDayOfMonth(1);
  }

  private record Ready(FlatFileStore.Local local, FlatBars.Contents contents) {}

  private void group(BarImport target, List<FlatFile> group) {
    List<FlatFileStore.Local> fetched = new ArrayList<>();
    try {
      List<Ready> sorted = new ArrayList<>();
      List<Ready> unsorted = new ArrayList<>();
      for (Map.Entry<FlatFile, Result<Ready>> one : check(group, fetched).entrySet()) {
        switch (one.getValue()) {
          case Result.Success<Ready>(Ready ready) ->
              (ready.contents().sorted() ? sorted : unsorted).add(ready);
          case Result.Failure<Ready>(PolygonException error) -> failed(one.getKey(), error);
        }
      }
      merge(target, sorted);
      // One at a time, since such a file is in memory as a whole.
      unsorted.forEach(ready -> merge(target, List.of(ready)));
    } finally {
      fetched.forEach(FlatFileStore.Local::close);
    }
  }

  private Map<FlatFile, Result<Ready>> check(
      List<FlatFile> group, List<FlatFileStore.Local> fetched) {
    Map<FlatFile, Future<Result<Ready>>> running = new TreeMap<>();
    Map<FlatFile, Result<Ready>> results = new TreeMap<>();
    try (var threads = Executors.newFixedThreadPool(CHECKERS)) {
      for (FlatFile file : group) {
        running.put(file, threads.submit(() -> Result.of(() -> check(file, fetched))));
      }
      running.forEach((file, future) -> results.put(file, result(future)));
    }
    return results;
  }

  private static <T> Result<T> result(Future<Result<T>> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private static PolygonException.Unavailable interrupted() {
    return new PolygonException.Unavailable(
        "interrupted while importing flat files: the same import goes on with the rest",
        null,
        null);
  }

  private Ready check(FlatFile file, List<FlatFileStore.Local> fetched) {
    FlatFileStore.Local local = files.fetch(file);
    synchronized (fetched) {
      fetched.add(local);
    }
    return new Ready(local, FlatBars.check(local));
  }

  /**
   * Stores files side by side. One that turns out to be broken or changed is given up, and the
   * others begin again; so do all when something of them was withdrawn before they counted.
   */
  private void merge(BarImport target, List<Ready> some) {
    Map<LocalDate, Ready> left = new TreeMap<>();
    some.forEach(ready -> left.put(ready.local().file().day(), ready));
    for (int attempt = 0; attempt < ATTEMPTS && !left.isEmpty(); ) {
      long before = rows;
      try {
        if (isStored(target, left)) {
          return;
        }
        attempt++;
      } catch (MarketDays.Broken e) {
        if (Thread.currentThread().isInterrupted()) {
          throw e.error();
        }
        Ready broken = left.remove(e.day());
        if (broken == null) {
          throw e.error();
        }
        failed(broken.local().file(), e.error());
      } catch (PolygonException.StorageFailure e) {
        if (!Thread.currentThread().isInterrupted()) {
          left.values().forEach(ready -> failed(ready.local().file(), e));
          full = true;
        }
        throw e;
      }
      target.abandon();
      rows = before;
    }
    left.values().forEach(ready -> failed(ready.local().file(), withdrawn(ready.local().file())));
  }

  static PolygonException.StorageFailure withdrawn(FlatFile file) {
    return new PolygonException.StorageFailure(
        "%s: what was stored of it was cleared, evicted or found damaged before all of it was there, %d times: import it again"
            .formatted(file, ATTEMPTS),
        null);
  }

  /** Whether the files count as imported now. */
  private boolean isStored(BarImport target, Map<LocalDate, Ready> some) {
    try (MarketDays days = new MarketDays()) {
      target.begin(some.keySet(), request.symbols());
      for (Map.Entry<LocalDate, Ready> one : some.entrySet()) {
        days.add(one.getKey(), open(one.getKey(), one.getValue()));
      }
      Map<LocalDate, Long> taken = store(target, days);
      boolean whole =
          target.end(
              some.values().stream().map(ready -> imported(ready.local().file(), taken)).toList());
      if (whole) {
        some.values().forEach(ready -> imported(ready, taken));
      }
      return whole;
    }
  }

  private static FlatBars open(LocalDate day, Ready ready) {
    try {
      return FlatBars.open(ready.local(), ready.contents());
    } catch (PolygonException e) {
      throw new MarketDays.Broken(day, e);
    }
  }

  private Map<LocalDate, Long> store(BarImport target, MarketDays days) {
    Map<LocalDate, Long> taken = new HashMap<>();
    while (days.hasNext()) {
      if (Thread.currentThread().isInterrupted()) {
        throw interrupted();
      }
      Bars bars = days.next();
      if (request.symbols().isEmpty() || request.symbols().contains(bars.ticker().symbol())) {
        target.add(bars, days.rows().keySet());
        days.rows().forEach((day, count) -> taken.merge(day, (long) count, Long::sum));
        rows += bars.size();
      }
    }
    return taken;
  }

  private ImportedFile imported(FlatFile file, Map<LocalDate, Long> taken) {
    return new ImportedFile(
        file.dataset().toString(),
        file.day(),
        file.fingerprint(),
        request.symbols(),
        taken.getOrDefault(file.day(), 0L));
  }

  private void imported(Ready ready, Map<LocalDate, Long> taken) {
    FlatFile file = ready.local().file();
    end(
        new Outcome(
            file,
            Status.IMPORTED,
            taken.getOrDefault(file.day(), 0L),
            ready.contents().unusable(),
            null));
  }

  private void failed(FlatFile file, PolygonException error) {
    end(Outcome.failed(file, error));
  }

  private void end(Outcome outcome) {
    outcomes.put(outcome.file(), outcome);
    done++;
    tell();
  }

  private void tell() {
    listener.accept(new ImportProgress(planned, done, rows));
  }
}
