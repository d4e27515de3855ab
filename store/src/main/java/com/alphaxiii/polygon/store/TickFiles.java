package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.Ticker;
import dev.hardwood.Hardwood;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files of ticks and the catalog kept in step, whatever moment the process dies at. A finished
 * download is announced in the catalog, renamed into place and then made to count; a crash in
 * between leaves a file that is recognised by its checksum.
 */
final class TickFiles implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TickFiles.class);

  /** Of a download in progress: series, day and something that nobody else uses. */
  private static final Pattern PARTIAL =
      Pattern.compile("(.+)\\.(\\d{4}-\\d{2}-\\d{2})\\.[0-9a-f-]+\\.partial");

  private final Layout layout;
  private final TickCatalog catalog;
  private final DirectoryLock lock;
  private final FetchLocks fetching;
  private volatile Runnable grown = () -> {};
  private volatile Consumer<TickDay> read = day -> {};
  private final Hardwood hardwood = Hardwood.create();

  TickFiles(Layout layout, TickCatalog catalog, DirectoryLock lock, FetchLocks fetching) {
    this.layout = layout;
    this.catalog = catalog;
    this.lock = lock;
    this.fetching = fetching;
  }

  /** Runs after each write, and with each day that is about to be read. */
  void afterWrite(Runnable action, Consumer<TickDay> reading) {
    grown = action;
    read = reading;
  }

  /** What is stored of a day, though not looked at. */
  Optional<TickCatalog.Entry> find(TickDay day) {
    Optional<TickCatalog.Entry> found =
        catalog.find(day).filter(entry -> entry.state() != TickCatalog.State.REMOVING);
    found.filter(entry -> entry.look().isFile()).ifPresent(entry -> read.accept(day));
    return found;
  }

  /** The tickers that have a file of a kind and day. */
  SortedSet<Ticker> tickers(String kind, LocalDate day) {
    SortedSet<Ticker> found = new TreeSet<>();
    for (TickCatalog.Entry entry : catalog.all()) {
      if (entry.look().isFile()
          && entry.state() != TickCatalog.State.REMOVING
          && entry.day().kind().equals(kind)
          && entry.day().day().equals(day)) {
        found.add(entry.day().ticker());
      }
    }
    return found;
  }

  TickFile file(TickCatalog.Entry entry) {
    return new TickFile(entry.day(), layout.file(entry.day()), entry.rows(), entry.look());
  }

  /** A name for a download that the folder has not; who uses it holds the day's fetch lock. */
  Path partial(TickDay day) {
    return layout
        .temporary()
        .resolve("%s.%s.%s.partial".formatted(day.series(), day.day(), UUID.randomUUID()));
  }

  /**
   * Reads a file; see {@link TickReader#open}.
   *
   * @throws DamagedTicks when it is not there or not the one expected
   */
  <T> TickReader<T> open(TickFile file, TickColumns<T> columns) throws IOException {
    return TickReader.open(hardwood, file, columns);
  }

  /** How many ticks a file of the catalog holds, all of them decoded. */
  long rows(TickCatalog.Entry entry) throws IOException {
    return switch (entry.day().kind()) {
      case "trades" -> rows(open(file(entry), new TradeColumns()));
      default -> rows(open(file(entry), new QuoteColumns()));
    };
  }

  private static long rows(TickReader<?> reader) throws IOException {
    long rows = 0;
    for (int group = 0; group < reader.groups(); group++) {
      rows += reader.read(group, null).size();
    }
    return rows;
  }

  /**
   * Puts a finished download in its place.
   *
   * @param download where it lies until then; without rows there is no file to be kept
   */
  TickCatalog.Entry publish(TickFile download, Instant now) {
    TickDay day = download.day();
    if (download.rows() == 0) {
      publishEmpty(List.of(day), now);
      return empty(day, now);
    }
    TickCatalog.Entry entry =
        new TickCatalog.Entry(
            day, TickCatalog.State.ANNOUNCED, download.rows(), download.look(), now);
    lock.alone(
        () -> {
          catalog.put(List.of(entry));
          Path file = layout.file(day);
          Path folder = layout.folder(day);
          boolean created = !Files.isDirectory(folder);
          Files.createDirectories(folder);
          Files.move(download.path(), file, StandardCopyOption.ATOMIC_MOVE);
          Folders.force(folder);
          if (created) {
            Folders.force(layout.symbol(day.ticker()));
            Folders.force(layout.symbols());
          }
          catalog.mark(List.of(day), TickCatalog.State.STORED);
        });
    // Whoever fetched it is about to read it, and it must not be evicted first.
    read.accept(day);
    grown.run();
    return entry;
  }

  /** Remembers that days have no ticks. */
  void publishEmpty(List<TickDay> days, Instant now) {
    lock.alone(() -> catalog.put(days.stream().map(day -> empty(day, now)).toList()));
  }

  private static TickCatalog.Entry empty(TickDay day, Instant now) {
    return new TickCatalog.Entry(day, TickCatalog.State.STORED, 0, Fingerprint.NO_FILE, now);
  }

  /** Gives up a file that is not what the catalog says, unless it has been replaced since. */
  void heal(TickFile file, IOException damage) {
    lock.alone(
        () -> {
          Optional<TickCatalog.Entry> now = catalog.find(file.day());
          if (now.isPresent() && now.get().look().equals(file.look()) && !isThere(file)) {
            LOG.warn("{}: {}; it will be fetched again", file.day(), damage.getMessage());
            remove(List.of(now.get()));
          }
        });
  }

  /**
   * Forgets days of one ticker, or of all, that were written before an instant, and their files.
   */
  Removed clear(Optional<Ticker> ticker, Instant limit) {
    AtomicReference<Removed> removed = new AtomicReference<>(new Removed(List.of(), 0, 0));
    lock.alone(() -> removed.set(remove(catalog.writtenBefore(ticker, limit))));
    return removed.get();
  }

  /** As {@link PartStore#evict}. */
  void evict(SymbolYear year, Predicate<SymbolYear> inUse) {
    lock.alone(
        () -> {
          if (!inUse.test(year)) {
            remove(catalog.files(year));
          }
        });
  }

  /**
   * What was taken away.
   *
   * @param files how many of the days had a file
   */
  record Removed(List<TickDay> days, long files, long bytes) {}

  private Removed remove(List<TickCatalog.Entry> entries) throws IOException {
    List<TickDay> days = entries.stream().map(TickCatalog.Entry::day).toList();
    catalog.mark(days, TickCatalog.State.REMOVING);
    long files = 0;
    long bytes = 0;
    for (TickDay day : days) {
      Path file = layout.file(day);
      if (Files.exists(file)) {
        files++;
        bytes += Files.size(file);
        Files.delete(file);
      }
      Folders.removeIfEmpty(layout.folder(day));
      Folders.removeIfEmpty(layout.symbol(day.ticker()));
    }
    catalog.forget(days);
    return new Removed(days, files, bytes);
  }

  /** Removes and finishes what a crash left behind, unless another process is writing. */
  void sweep() {
    lock.aloneIfFree(
        () -> {
          for (Path partial : abandoned(true)) {
            LOG.info("removed {}, left by an unfinished download", partial);
          }
          for (TickCatalog.Entry entry : catalog.unfinished()) {
            finish(entry);
          }
        });
  }

  /**
   * Downloads that nobody is at any more.
   *
   * @param remove whether to remove them
   */
  List<Path> abandoned(boolean remove) throws IOException {
    List<Path> abandoned = new ArrayList<>();
    try (DirectoryStream<Path> partials =
        Files.newDirectoryStream(layout.temporary(), "*.partial")) {
      for (Path partial : partials) {
        Matcher name = PARTIAL.matcher(String.valueOf(partial.getFileName()));
        Optional<FetchLocks.Held> held =
            name.matches()
                ? fetching.holdIfFree(name.group(1), LocalDate.parse(name.group(2)))
                : Optional.empty();
        if (held.isPresent()) {
          try (FetchLocks.Held mine = held.get()) {
            abandoned.add(partial);
            if (remove) {
              Files.deleteIfExists(partial);
            }
          }
        }
      }
    }
    return abandoned;
  }

  /**
   * Ends what was left in between, or gives a damaged day up.
   *
   * @param whole true when the file is right and only has to count
   */
  void settle(TickCatalog.Entry entry, boolean whole) throws IOException {
    if (whole) {
      catalog.mark(List.of(entry.day()), TickCatalog.State.STORED);
    } else {
      remove(List.of(entry));
    }
  }

  private void finish(TickCatalog.Entry entry) throws IOException {
    settle(entry, entry.state() == TickCatalog.State.ANNOUNCED && isThere(file(entry)));
  }

  private static boolean isThere(TickFile file) throws IOException {
    return Files.exists(file.path()) && TickReader.look(file).equals(file.look());
  }

  @Override
  public void close() {
    hardwood.close();
  }
}
