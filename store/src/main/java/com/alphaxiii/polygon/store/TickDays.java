package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.calendar.MarketCalendar;
import com.alphaxiii.polygon.core.Cursor;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.TickRequest;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TimeRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finished days of one kind of tick: read from files, which are fetched when first asked for. A day
 * that cannot be stored, since the disk fails or some of its ticks cannot be read, is answered by
 * the vendor each time. Safe for use by many threads.
 */
final class TickDays<T> {
  private static final Logger LOG = LoggerFactory.getLogger(TickDays.class);

  /** That a day has no ticks is believed for so long, unless the market was closed. */
  private static final Duration EMPTY_KEPT = Duration.ofDays(30);

  private static final int ATTEMPTS = 2;

  private final TickColumns<T> columns;
  private final Function<TickRequest, Cursor<T>> upstream;
  private final TickFiles files;
  private final FetchLocks fetching;
  private final MarketCalendar calendar;
  private final InstantSource clock;
  private final Health health = new Health();
  private final ConcurrentMap<TickDay, CompletableFuture<@Nullable Void>> aloft =
      new ConcurrentHashMap<>();

  TickDays(
      TickColumns<T> columns,
      Function<TickRequest, Cursor<T>> upstream,
      TickFiles files,
      FetchLocks fetching,
      MarketCalendar calendar,
      InstantSource clock) {
    this.columns = columns;
    this.upstream = upstream;
    this.files = files;
    this.fetching = fetching;
    this.calendar = calendar;
    this.clock = clock;
  }

  /** The ticks of a request as the vendor gives them; nothing is stored. */
  Cursor<T> upstream(TickRequest request) {
    return upstream.apply(request);
  }

  TickDay day(Ticker ticker, LocalDate day) {
    return new TickDay(ticker, columns.kind(), day);
  }

  /** The tickers that have ticks of a day in files. */
  SortedSet<Ticker> tickers(LocalDate day) {
    return files.tickers(columns.kind(), day);
  }

  /** Whether a day need not be asked for. */
  boolean isKnown(TickDay day) {
    return known(day).isPresent();
  }

  /**
   * The ticks of a settled day; empty when there are none within it, whatever the range.
   *
   * @param range what is wanted of the day
   */
  Optional<Cursor<T>> ticks(TickDay day, TimeRange range, boolean newestFirst) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<TickCatalog.Entry> entry = stored(day);
      if (entry.isEmpty()) {
        break;
      }
      if (entry.get().rows() == 0) {
        return Optional.empty();
      }
      TickFile file = files.file(entry.get());
      try {
        return Optional.of(
            new StoredTicks<>(
                files.open(file, columns),
                damage -> reopen(file, damage),
                range.encloses(day.range()) ? null : range,
                newestFirst));
      } catch (IOException damage) {
        heal(file, damage);
      }
    }
    return Optional.of(upstream.apply(new TickRequest(day.ticker(), range, newestFirst)));
  }

  private void heal(TickFile file, IOException damage) {
    try {
      files.heal(file, damage);
    } catch (PolygonException.StorageFailure e) {
      health.failed(e);
    }
  }

  private TickReader<T> reopen(TickFile file, IOException damage) {
    heal(file, damage);
    Optional<TickCatalog.Entry> entry = stored(file.day());
    if (entry.isEmpty() || !entry.get().look().equals(file.look())) {
      throw new PolygonException.StorageFailure(
          "%s were replaced while they were read: ask again".formatted(file.day()), damage);
    }
    try {
      return files.open(file, columns);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  static PolygonException.StorageFailure unreadable(IOException e) {
    return new PolygonException.StorageFailure(
        "cached ticks cannot be read (%s): see that the files may be read and the disk is well"
            .formatted(e.getMessage()),
        e);
  }

  private Optional<TickCatalog.Entry> known(TickDay day) {
    try {
      return files.find(day).filter(this::isBelieved);
    } catch (PolygonException.StorageFailure e) {
      health.failed(e);
      return Optional.empty();
    }
  }

  private boolean isBelieved(TickCatalog.Entry entry) {
    return entry.rows() > 0
        || entry.writtenAt().isAfter(clock.instant().minus(EMPTY_KEPT))
        || isClosed(entry.day());
  }

  private boolean isClosed(TickDay day) {
    Market market = day.ticker().market();
    return (market == Market.STOCKS || market == Market.OPTIONS)
        && !calendar.isTradingDay(day.day());
  }

  /** A day in the catalog, fetched if need be; empty when it cannot be stored. */
  private Optional<TickCatalog.Entry> stored(TickDay day) {
    while (true) {
      Optional<TickCatalog.Entry> known = known(day);
      if (known.isPresent()) {
        return known;
      }
      CompletableFuture<@Nullable Void> mine = new CompletableFuture<>();
      CompletableFuture<@Nullable Void> other = aloft.putIfAbsent(day, mine);
      if (other == null) {
        try (FetchLocks.Held held = fetching.hold(day.series(), day.day())) {
          known = known(day);
          return known.isPresent() ? known : fetched(day);
        } finally {
          aloft.remove(day, mine);
          mine.complete(null);
        }
      }
      other.join();
    }
  }

  private Optional<TickCatalog.Entry> fetched(TickDay day) {
    Path partial = files.partial(day);
    try {
      Optional<TickCatalog.Entry> entry =
          write(day, partial).map(file -> files.publish(file, clock.instant()));
      health.worked();
      return entry;
    } catch (IOException e) {
      health.failed(unwritable(day, e));
      return Optional.empty();
    } catch (PolygonException.StorageFailure e) {
      health.failed(e);
      return Optional.empty();
    } finally {
      remove(partial);
    }
  }

  /** Downloads a day; the file is made first, so that a disk that fails costs no request. */
  private Optional<TickFile> write(TickDay day, Path partial) throws IOException {
    try (TickWriter<T> writer = TickWriter.create(partial, columns)) {
      Cursor<T> ticks = upstream.apply(TickRequest.of(day.ticker(), day.range()));
      while (ticks.hasNext()) {
        writer.add(ticks.next());
      }
      if (ticks.rejectedCount() > 0) {
        LOG.warn(
            "{} are not stored, since {} of them could not be read: {}",
            day,
            ticks.rejectedCount(),
            ticks.rejected().getFirst());
        return Optional.empty();
      }
      boolean any = writer.rows() > 0;
      return Optional.of(
          new TickFile(
              day, partial, writer.rows(), any ? writer.finish(day) : Fingerprint.NO_FILE));
    }
  }

  private static PolygonException.StorageFailure unwritable(TickDay day, IOException e) {
    return new PolygonException.StorageFailure(
        "%s cannot be stored (%s): see that the disk has room and the folder may be written"
            .formatted(day, e),
        e);
  }

  private static void remove(Path partial) {
    try {
      Files.deleteIfExists(partial);
    } catch (IOException e) {
      LOG.warn("{} cannot be removed: {}", partial, e.toString());
    }
  }

  /**
   * The first day with ticks, by one request; the days before it are remembered as empty.
   *
   * @param from the first day that may be it
   * @param to the last day that may be it; before {@code from} to look backwards
   */
  Optional<LocalDate> next(Ticker ticker, LocalDate from, LocalDate to) {
    boolean back = to.isBefore(from);
    TimeRange range = TimeRange.ofDays(back ? to : from, back ? from : to, ticker.market().zone());
    Cursor<T> ticks = upstream.apply(new TickRequest(ticker, range, back));
    Optional<LocalDate> found = Optional.empty();
    if (ticks.hasNext()) {
      long time = columns.time(ticks.next());
      found = Optional.of(TickDay.date(time, ticker.market().zone()));
    }
    if (ticks.rejectedCount() == 0) {
      List<TickDay> empty = new ArrayList<>();
      LocalDate end = found.orElse(back ? to.minusDays(1) : to.plusDays(1));
      for (LocalDate day = from; !day.equals(end); day = day.plusDays(back ? -1 : 1)) {
        empty.add(day(ticker, day));
      }
      try {
        files.publishEmpty(empty, clock.instant());
      } catch (PolygonException.StorageFailure e) {
        health.failed(e);
      }
    }
    return found;
  }
}
