package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.TimeRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Part files and the catalog kept in step, whatever moment the process dies at.
 *
 * <p>A write goes: new files in the temporary folder, forced to disk; their looks announced in the
 * catalog; renamed over the old ones; folders forced to disk; one transaction that makes files and
 * coverage count. A crash before the last step leaves files that hold all rows that count, and
 * more.
 */
final class PartStore implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PartStore.class);

  /** An empty answer is believed for so long; a vendor may fill in history later. */
  private static final Duration EMPTY_KEPT = Duration.ofDays(30);

  private static final int PARTS_AT_A_TIME = 12;

  /** Of parts with more bars, only the pages asked for are decoded: eight pages. */
  private static final int LARGE_ROWS = 131_072;

  private final Layout layout;
  private final Catalog catalog;
  private final DirectoryLock lock;
  private final PartReader reader;
  private final HotColumns hot;
  private volatile Runnable grown = () -> {};

  PartStore(Layout layout, Catalog catalog, DirectoryLock lock, HotColumns hot) {
    this.layout = layout;
    this.catalog = catalog;
    this.lock = lock;
    this.hot = hot;
    this.reader = new PartReader(layout::file);
  }

  /** Runs after each write, when nobody is kept from writing. */
  void afterWrite(Runnable action) {
    grown = action;
  }

  /**
   * What is known of a stretch.
   *
   * @param emptyBefore what is empty before this instant stays so
   */
  Snapshot snapshot(Series series, TimeRange range, Instant now, Instant emptyBefore) {
    return catalog.snapshot(series, range, now.minus(EMPTY_KEPT), emptyBefore);
  }

  /** Whether empty answers within a stretch are too old to be believed. */
  boolean doubts(Series series, TimeRange range, Instant now) {
    return !catalog
        .snapshot(series, range, now.minus(EMPTY_KEPT))
        .covered()
        .equals(catalog.snapshot(series, range, PartKey.EARLIEST).covered());
  }

  /**
   * Bars of stretches that a snapshot covers, one by one in order.
   *
   * @throws DamagedPart when a file is no longer what the snapshot says: see {@link #heal}
   */
  List<Bars> read(Series series, Snapshot snapshot, List<TimeRange> stretches) throws DamagedPart {
    NavigableMap<String, TimeRange> wanted = new TreeMap<>();
    for (TimeRange stretch : stretches) {
      for (PartKey key : PartKey.of(series, stretch)) {
        TimeRange share = key.range().intersect(stretch);
        wanted.merge(key.name(), share, PartStore::span);
      }
    }
    Map<String, Bars> found = new HashMap<>();
    List<Part> cold = new ArrayList<>();
    for (Map.Entry<String, TimeRange> share : wanted.entrySet()) {
      Part part = snapshot.part(new PartKey(series, share.getKey()));
      if (part.committed().isFile()) {
        Optional<Bars> known = known(part, share.getValue());
        known.ifPresent(bars -> found.put(share.getKey(), bars));
        if (known.isEmpty() && part.rows() > LARGE_ROWS) {
          found.put(share.getKey(), some(part, share.getValue()));
        } else if (known.isEmpty()) {
          cold.add(part);
        }
      }
    }
    if (!cold.isEmpty()) {
      found.putAll(load(cold));
    }
    return stretches.stream().map(stretch -> pick(series, stretch, found)).toList();
  }

  private static TimeRange span(TimeRange one, TimeRange other) {
    return TimeRange.of(
        Coverage.earliest(one.start(), other.start()), Coverage.latest(one.end(), other.end()));
  }

  private Optional<Bars> known(Part part, TimeRange range) {
    PartKey key = part.key();
    return hot.find(new HotColumns.Version(key, part.committed(), key.range()))
        .or(() -> hot.find(new HotColumns.Version(key, part.committed(), range)));
  }

  /** Reads parts as a whole and side by side, so that they need not be copied to be joined. */
  private Map<String, Bars> load(List<Part> parts) throws DamagedPart {
    PartReader.Loaded loaded = reading(() -> reader.readAll(parts));
    List<HotColumns.Version> versions = new ArrayList<>();
    Map<String, Bars> byName = new HashMap<>();
    for (int i = 0; i < parts.size(); i++) {
      PartKey key = parts.get(i).key();
      versions.add(new HotColumns.Version(key, loaded.files().get(i), key.range()));
      byName.put(key.name(), loaded.bars().slice(key.range()));
    }
    hot.put(versions, loaded.bars());
    return byName;
  }

  /** Of a part that is too large to be decoded for a small piece of it. */
  private Bars some(Part part, TimeRange range) throws DamagedPart {
    PartReader.Loaded loaded = reading(() -> reader.read(part, range));
    hot.put(
        List.of(new HotColumns.Version(part.key(), loaded.files().getFirst(), range)),
        loaded.bars());
    return loaded.bars();
  }

  private static Bars pick(Series series, TimeRange stretch, Map<String, Bars> found) {
    List<Bars> pieces = new ArrayList<>();
    for (PartKey key : PartKey.of(series, stretch)) {
      Bars bars = found.get(key.name());
      if (bars != null) {
        pieces.add(bars.slice(stretch));
      }
    }
    return Bars.concat(series.ticker(), series.base(), pieces);
  }

  private interface Reading<T> {
    T run() throws IOException;
  }

  private <T> T reading(Reading<T> reading) throws DamagedPart {
    try {
      return reading.run();
    } catch (DamagedPart e) {
      throw e;
    } catch (IOException e) {
      throw new PolygonException.StorageFailure(
          "files below %s cannot be read (%s): see that they may be read and the disk is well"
              .formatted(layout.symbols(), e),
          e);
    }
  }

  /** All of a part as its file is, whatever is known in memory. */
  private Bars stored(Part part) throws DamagedPart {
    return reading(() -> reader.read(part, part.key().range())).bars();
  }

  /**
   * Withdraws a part whose file is not what the catalog says, unless it has been replaced since.
   */
  void heal(DamagedPart damage) {
    lock.alone(
        () -> {
          PartKey key = damage.key();
          try {
            stored(catalog.get(key).part());
          } catch (DamagedPart confirmed) {
            LOG.warn("{}: {}; it will be fetched again", key, confirmed.getMessage());
            catalog.withdraw(List.of(key));
            remove(List.of(key));
          }
        });
  }

  /**
   * Stores bars.
   *
   * @param covered stretches that {@code bars} hold completely; what was stored of them is replaced
   * @param settled parts that end by then are full
   */
  void write(Series series, List<TimeRange> covered, Bars bars, Instant settled, Instant now) {
    List<PartAddition> shares =
        PartAddition.of(series, covered, List.of(), Replacement.WHOLE, bars);
    for (int from = 0; from < shares.size(); from += PARTS_AT_A_TIME) {
      write(
          shares.subList(from, Math.min(shares.size(), from + PARTS_AT_A_TIME)),
          Runnable::run,
          settled,
          now);
    }
  }

  /**
   * Stores bars of different parts, all of them or none.
   *
   * @param executor on which files are made side by side
   */
  void write(List<PartAddition> additions, Executor executor, Instant settled, Instant now) {
    lock.alone(
        () -> {
          Map<PartKey, Path> temporary = new ConcurrentHashMap<>();
          try {
            publish(
                Tasks.all(additions, addition -> merge(addition, settled, temporary), executor),
                temporary,
                executor,
                now);
          } finally {
            for (Path path : temporary.values()) {
              Files.deleteIfExists(path);
            }
          }
        });
    grown.run();
  }

  private Catalog.Written merge(
      PartAddition addition, Instant settled, Map<PartKey, Path> temporary) throws IOException {
    PartKey key = addition.key();
    List<TimeRange> covered = addition.known();
    PartRow row = PartRow.unknown(key);
    boolean damaged = false;
    Bars stored;
    try {
      row = current(key);
      stored = stored(row.part());
    } catch (DamagedPart e) {
      LOG.warn("{}: {}; what it held will be fetched again", key, e.getMessage());
      damaged = true;
      stored = Bars.empty(key.series().ticker(), key.series().base());
    }
    Bars merged = addition.over(stored);
    // A file is also written anew when it only covers more, since it says itself what it covers.
    if (!damaged && merged.equals(stored) && (!row.committed().isFile() || row.covers(covered))) {
      return new Catalog.Written(key, row.committed(), row.level(), merged, covered, false);
    }
    Path path = temporary(key);
    temporary.put(key, path);
    boolean full = !key.range().end().isAfter(settled);
    int level = full ? PartWriter.CLOSED_LEVEL : PartWriter.OPEN_LEVEL;
    List<TimeRange> known = new ArrayList<>(covered);
    if (!damaged) {
      known.addAll(row.covered());
    }
    Fingerprint file = PartWriter.write(path, merged, level, PartProof.of(key, known, merged));
    return new Catalog.Written(key, file, level, merged, covered, damaged);
  }

  /** The part as its file is, when an earlier write died between its rename and its commit. */
  private PartRow current(PartKey key) throws IOException {
    PartRow row = catalog.get(key);
    Fingerprint announced = row.announced();
    if (announced == null) {
      return row;
    }
    Path file = layout.file(key);
    if (Files.exists(file) && announced.equals(reader.look(file))) {
      Bars bars = stored(new Part(key, row.rows(), announced, null));
      PartRow adopted = row.adopting(bars, announced);
      catalog.adopt(adopted);
      return adopted;
    }
    return row;
  }

  /** Sizes of a file that was written anew, in bytes. */
  record Rewritten(long before, long after) {}

  /** Writes a part's file anew with the same rows, if it can be read and becomes smaller. */
  Optional<Rewritten> compact(PartKey key) {
    AtomicReference<Optional<Rewritten>> done = new AtomicReference<>(Optional.empty());
    lock.alone(
        () -> {
          Path temporary = temporary(key);
          try {
            PartRow row = current(key);
            if (row.committed().isFile()) {
              Bars bars = stored(row.part());
              PartProof proof = PartProof.of(key, row.covered(), bars);
              Fingerprint file = PartWriter.write(temporary, bars, PartWriter.CLOSED_LEVEL, proof);
              if (file.bytes() < row.committed().bytes()) {
                replace(row, temporary, file, bars);
                done.set(Optional.of(new Rewritten(row.committed().bytes(), file.bytes())));
              } else {
                catalog.rewritten(key, row.committed(), PartWriter.CLOSED_LEVEL);
              }
            }
          } catch (DamagedPart e) {
            LOG.warn("{}: {}; it is left as it is", key, e.getMessage());
          } finally {
            Files.deleteIfExists(temporary);
          }
        });
    return done.get();
  }

  private void replace(PartRow row, Path temporary, Fingerprint file, Bars bars)
      throws IOException {
    PartKey key = row.key();
    try (PartReader check = new PartReader(any -> temporary)) {
      if (!check.whole(new Part(key, bars.size(), file, null)).bars().equals(bars)) {
        throw new IOException("what was written of " + key + " reads otherwise");
      }
    }
    catalog.announce(Map.of(key, file));
    Files.move(temporary, layout.file(key), StandardCopyOption.ATOMIC_MOVE);
    Folders.force(layout.folder(key.series()));
    catalog.rewritten(key, file, PartWriter.CLOSED_LEVEL);
  }

  private Path temporary(PartKey key) {
    return layout.temporary().resolve(key.name() + "." + UUID.randomUUID() + ".tmp");
  }

  /** Ends a write that died; whoever calls holds the lock. */
  void settle(PartKey key) throws IOException {
    PartRow row = current(key);
    if (row.announced() != null) {
      catalog.adopt(row.settled());
    }
  }

  /** A whole file with its proof. */
  PartReader.Whole whole(Part part) throws DamagedPart {
    return reading(() -> reader.whole(part));
  }

  private void publish(
      List<Catalog.Written> written, Map<PartKey, Path> temporary, Executor executor, Instant now)
      throws IOException {
    Map<PartKey, Fingerprint> next = new LinkedHashMap<>();
    written.stream()
        .filter(part -> temporary.containsKey(part.key()))
        .forEach(part -> next.put(part.key(), part.file()));
    if (!next.isEmpty()) {
      catalog.announce(next);
    }
    Set<Path> folders = new TreeSet<>();
    for (Map.Entry<PartKey, Path> entry : temporary.entrySet()) {
      Path file = layout.file(entry.getKey());
      Path folder = layout.folder(entry.getKey().series());
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(folder);
        folders.addAll(List.of(folder.getParent(), layout.symbols()));
      }
      Files.move(entry.getValue(), file, StandardCopyOption.ATOMIC_MOVE);
      folders.add(folder);
    }
    Tasks.all(
        List.copyOf(folders),
        folder -> {
          Folders.force(folder);
          return folder;
        },
        executor);
    catalog.commit(written, now);
  }

  /**
   * What was taken away.
   *
   * @param files how many of the parts had a file
   */
  record Removed(List<PartKey> keys, long files, long bytes) {}

  /** Forgets parts, then removes their files. */
  Removed clear(Supplier<List<PartKey>> choice) {
    AtomicReference<Removed> removed = new AtomicReference<>(new Removed(List.of(), 0, 0));
    lock.alone(
        () -> {
          List<PartKey> keys = choice.get();
          catalog.withdraw(keys);
          removed.set(remove(keys));
        });
    return removed.get();
  }

  /**
   * Removes the files of a symbol-year.
   *
   * @param inUse looked at again while nobody writes
   */
  void evict(SymbolYear year, Predicate<SymbolYear> inUse) {
    clear(() -> inUse.test(year) ? List.of() : catalog.files(year));
  }

  /** Removes files of parts that were withdrawn; whoever calls holds the lock. */
  Removed remove(List<PartKey> keys) throws IOException {
    long files = 0;
    long bytes = 0;
    for (PartKey key : keys) {
      Path file = layout.file(key);
      if (Files.exists(file)) {
        files++;
        bytes += Files.size(file);
        Files.delete(file);
      }
      Folders.removeIfEmpty(layout.folder(key.series()));
      Folders.removeIfEmpty(layout.symbol(key.series().ticker()));
    }
    catalog.removed(keys);
    hot.drop(keys);
    return new Removed(keys, files, bytes);
  }

  /** Removes what a crash left behind, unless another process is writing. */
  void sweep() {
    lock.aloneIfFree(
        () -> {
          try (var strays = Files.newDirectoryStream(layout.temporary(), "*.tmp")) {
            for (Path stray : strays) {
              LOG.info("removing {}, left by an unfinished write", stray);
              Files.delete(stray);
            }
          }
          List<PartKey> removals = catalog.removals();
          if (!removals.isEmpty()) {
            remove(removals);
          }
        });
  }

  @Override
  public void close() {
    reader.close();
  }
}
