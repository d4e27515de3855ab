package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.TimeRange;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
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

  private final Layout layout;
  private final Catalog catalog;
  private final DirectoryLock lock;
  private final PartReader reader = new PartReader();

  PartStore(Layout layout, Catalog catalog, DirectoryLock lock) {
    this.layout = layout;
    this.catalog = catalog;
    this.lock = lock;
  }

  Snapshot snapshot(Series series, TimeRange range, Instant now) {
    return catalog.snapshot(series, range, now.minus(EMPTY_KEPT));
  }

  /**
   * Bars of stretches that a snapshot covers, one by one in order.
   *
   * @throws DamagedPart when a file is no longer what the snapshot says: see {@link #heal}
   */
  List<Bars> read(Series series, Snapshot snapshot, List<TimeRange> stretches) throws DamagedPart {
    List<Bars> found = new ArrayList<>();
    for (TimeRange stretch : stretches) {
      List<Bars> pieces = new ArrayList<>();
      for (PartKey key : PartKey.of(series, stretch)) {
        pieces.add(read(snapshot.part(key), key.range().intersect(stretch)));
      }
      found.add(Bars.concat(series.ticker(), series.base(), pieces));
    }
    return found;
  }

  private Bars read(Part part, TimeRange range) throws DamagedPart {
    Path file = layout.file(part.key());
    try {
      return reader.read(file, part, range);
    } catch (DamagedPart e) {
      throw e;
    } catch (IOException e) {
      throw new PolygonException.StorageFailure(
          "%s cannot be read (%s): see that it may be read and the disk is well".formatted(file, e),
          e);
    }
  }

  /**
   * Withdraws a part whose file is not what the catalog says, unless it has been replaced since.
   */
  void heal(DamagedPart damage) {
    lock.alone(
        () -> {
          PartKey key = damage.key();
          try {
            read(catalog.get(key), key.range());
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
    Map<PartKey, List<TimeRange>> byPart = new LinkedHashMap<>();
    for (TimeRange stretch : covered) {
      for (PartKey key : PartKey.of(series, stretch)) {
        byPart.computeIfAbsent(key, k -> new ArrayList<>()).add(key.range().intersect(stretch));
      }
    }
    List<Map.Entry<PartKey, List<TimeRange>>> shares = List.copyOf(byPart.entrySet());
    for (int from = 0; from < shares.size(); from += PARTS_AT_A_TIME) {
      var some = shares.subList(from, Math.min(shares.size(), from + PARTS_AT_A_TIME));
      lock.alone(
          () -> {
            Map<PartKey, Path> temporary = new LinkedHashMap<>();
            try {
              List<Catalog.Written> written = new ArrayList<>();
              for (Map.Entry<PartKey, List<TimeRange>> share : some) {
                written.add(merge(share.getKey(), share.getValue(), bars, settled, temporary));
              }
              publish(written, temporary, now);
            } finally {
              for (Path path : temporary.values()) {
                Files.deleteIfExists(path);
              }
            }
          });
    }
  }

  private Catalog.Written merge(
      PartKey key,
      List<TimeRange> covered,
      Bars bars,
      Instant settled,
      Map<PartKey, Path> temporary)
      throws IOException {
    Part part = current(key);
    boolean damaged = false;
    Bars stored;
    try {
      stored = read(part, key.range());
    } catch (DamagedPart e) {
      LOG.warn("{}: {}; what it held will be fetched again", key, e.getMessage());
      damaged = true;
      stored = Bars.empty(key.series().ticker(), key.series().base());
    }
    Bars merged = stored;
    for (TimeRange range : covered) {
      merged = merged.replace(range, bars.slice(range));
    }
    if (!damaged && merged.equals(stored)) {
      return new Catalog.Written(key, part.committed(), merged, covered, false);
    }
    Path path = layout.temporary().resolve(key.name() + "." + UUID.randomUUID() + ".tmp");
    temporary.put(key, path);
    boolean full = !key.range().end().isAfter(settled);
    Fingerprint file =
        PartWriter.write(path, merged, full ? PartWriter.CLOSED_LEVEL : PartWriter.OPEN_LEVEL);
    return new Catalog.Written(key, file, merged, covered, damaged);
  }

  /** The part as its file is, when an earlier write died between its rename and its commit. */
  private Part current(PartKey key) throws IOException {
    Part part = catalog.get(key);
    Fingerprint announced = part.announced();
    if (announced == null) {
      return part;
    }
    Path file = layout.file(key);
    if (Files.exists(file) && announced.equals(reader.look(file))) {
      catalog.adoptAnnounced(key);
      return new Part(key, announced, null);
    }
    return part;
  }

  private void publish(List<Catalog.Written> written, Map<PartKey, Path> temporary, Instant now)
      throws IOException {
    Map<PartKey, Fingerprint> next = new LinkedHashMap<>();
    written.stream()
        .filter(part -> temporary.containsKey(part.key()))
        .forEach(part -> next.put(part.key(), part.file()));
    if (!next.isEmpty()) {
      catalog.announce(next, now);
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
    for (Path folder : folders) {
      force(folder);
    }
    catalog.commit(written, now);
  }

  /** Makes renames within a folder last; Windows knows no such thing. */
  private static void force(Path folder) throws IOException {
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
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

  private Removed remove(List<PartKey> keys) throws IOException {
    long files = 0;
    long bytes = 0;
    for (PartKey key : keys) {
      Path file = layout.file(key);
      if (Files.exists(file)) {
        files++;
        bytes += Files.size(file);
        Files.delete(file);
      }
      removeIfEmpty(layout.folder(key.series()));
      removeIfEmpty(layout.symbol(key.series().ticker()));
    }
    catalog.removed(keys);
    return new Removed(keys, files, bytes);
  }

  private static void removeIfEmpty(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      try (var entries = Files.newDirectoryStream(folder)) {
        if (entries.iterator().hasNext()) {
          return;
        }
      }
      Files.delete(folder);
    }
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
