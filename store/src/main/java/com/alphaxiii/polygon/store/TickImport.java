package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Ticker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;

/**
 * Brings files of a whole market's trades or quotes into the cache: a day at a time, ticker after
 * ticker. What a file says of a ticker is all of its day. Not for use by several threads.
 *
 * <p>A day that the cache has already stays as it is, unless its file has been issued again: the
 * vendor's other way gives the same ticks.
 */
public final class TickImport<T> implements AutoCloseable {
  private final TickColumns<T> columns;
  private final TickFiles files;
  private final FetchLocks fetching;
  private final ImportTable table;
  private final Eviction.Importing room;
  private final String dataset;
  private final Instant settled;
  private final Instant now;
  private final NavigableMap<LocalDate, ImportedFile> imported;
  private final Set<String> came = new HashSet<>();
  private long withdrawals;

  TickImport(
      TickColumns<T> columns,
      TickFiles files,
      FetchLocks fetching,
      ImportTable table,
      Eviction.Importing room,
      String dataset,
      Instant settled,
      Instant now) {
    this.columns = columns;
    this.files = files;
    this.fetching = fetching;
    this.table = table;
    this.room = room;
    this.dataset = dataset;
    this.settled = settled;
    this.now = now;
    this.imported = table.files(dataset);
  }

  /** As {@link BarImport#has}. */
  public boolean has(LocalDate day, String fingerprint, Set<String> symbols) {
    ImportedFile known = imported.get(day);
    return known != null && known.serves(fingerprint, symbols);
  }

  /** Whether some of a day's file was imported when it looked otherwise. */
  public boolean hasOther(LocalDate day, String fingerprint) {
    ImportedFile known = imported.get(day);
    return known != null && !known.fingerprint().equals(fingerprint);
  }

  /** Whether a ticker's day is over and its ticks no longer change. */
  public boolean isSettled(LocalDate day) {
    return !new TickDay(Ticker.of("A"), columns.kind(), day).range().end().isAfter(settled);
  }

  /** Begins with a file. */
  public void begin() {
    came.clear();
    withdrawals = table.withdrawals();
  }

  /**
   * Stores a ticker's day.
   *
   * @param ticks all of them, in the vendor's order; all are taken, whatever is stored
   * @param replace whether a day that the cache has is replaced
   * @return how many were stored
   * @throws PolygonException.StorageFailure when the cache cannot be written
   */
  public long add(Ticker ticker, LocalDate date, Iterator<T> ticks, boolean replace) {
    TickDay day = new TickDay(ticker, columns.kind(), date);
    came.add(ticker.symbol());
    try (FetchLocks.Held held = fetching.hold(day.series(), date)) {
      Optional<TickCatalog.Entry> known = files.find(day).filter(entry -> entry.rows() > 0);
      if (known.isPresent() && !replace) {
        ticks.forEachRemaining(tick -> {});
        return 0;
      }
      return store(day, ticks);
    }
  }

  private long store(TickDay day, Iterator<T> ticks) {
    Path partial = files.partial(day);
    try {
      try (TickWriter<T> writer = TickWriter.create(partial, columns)) {
        while (ticks.hasNext()) {
          writer.add(ticks.next());
        }
        long rows = writer.rows();
        TickFile file = new TickFile(day, partial, rows, writer.finish(day));
        room.require(file.look().bytes());
        files.publish(file, now);
        return rows;
      } finally {
        Files.deleteIfExists(partial);
      }
    } catch (IOException e) {
      throw new PolygonException.StorageFailure(
          "%s cannot be stored (%s): see that the disk has room and the folder may be written"
              .formatted(day, e),
          e);
    }
  }

  /**
   * Makes a file count as imported.
   *
   * @return false when some of what was stored has been withdrawn meanwhile: then it does not count
   */
  public boolean end(ImportedFile file) {
    ImportedFile all = file.with(imported.get(file.day()));
    var stored =
        new ImportTable.Stored(
            columns.kind(), Set.of(file.day().toString()), Set.copyOf(came), withdrawals);
    boolean whole = table.record(dataset, stored, List.of(all), Map.of(), now);
    if (whole) {
      imported.put(all.day(), all);
    }
    return whole;
  }

  @Override
  public void close() {
    room.close();
  }
}
