package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.PolygonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Looks at every day of trades and quotes as {@link Verifier} looks at bars. */
final class TickVerifier {
  private static final String FETCHED_AGAIN = "dropped; it is fetched again when it is asked for";

  private final Layout layout;
  private final TickCatalog catalog;
  private final TickFiles ticks;
  private final DirectoryLock lock;
  private final boolean repair;
  private final List<Damage> damages = new ArrayList<>();
  private long files;
  private long bytes;

  TickVerifier(CacheFolder folder, boolean repair) {
    this.layout = folder.layout();
    this.catalog = new TickCatalog(folder.database());
    this.ticks = folder.ticks();
    this.lock = folder.lock();
    this.repair = repair;
  }

  /** What is wrong; with repair, was. */
  List<Damage> run() {
    lock.alone(this::downloads);
    for (TickCatalog.Words words : catalog.unreadable()) {
      damages.add(
          new Damage(
              Damage.Kind.CATALOG_ROW,
              layout.database(),
              "'%s' names no day of ticks".formatted(words),
              "dropped"));
      if (repair) {
        catalog.drop(words);
      }
    }
    for (TickCatalog.Entry entry : catalog.all()) {
      if (looksWrong(entry)) {
        // Perhaps only because it was being written: looked at again while nobody writes.
        lock.alone(() -> examineAgain(entry.day()));
      }
    }
    strays();
    return damages;
  }

  /** How many files were read as a whole. */
  long files() {
    return files;
  }

  /** Their size together. */
  long bytes() {
    return bytes;
  }

  private void downloads() throws IOException {
    for (Path partial : ticks.abandoned(repair)) {
      damages.add(
          new Damage(Damage.Kind.UNFINISHED_WRITE, partial, "a download was cut short", "removed"));
    }
  }

  private boolean looksWrong(TickCatalog.Entry entry) {
    try {
      return examined(entry).isPresent();
    } catch (PolygonException.StorageFailure e) {
      return true;
    }
  }

  private void examineAgain(TickDay day) throws IOException {
    Optional<TickCatalog.Entry> entry = catalog.find(day);
    if (entry.isEmpty()) {
      return;
    }
    Optional<Damage> damage = examined(entry.get());
    damage.ifPresent(damages::add);
    if (repair && damage.isPresent()) {
      ticks.settle(entry.get(), damage.get().kind() == Damage.Kind.UNFINISHED_WRITE);
    }
  }

  private Optional<Damage> examined(TickCatalog.Entry entry) {
    Path path = layout.file(entry.day());
    if (entry.state() == TickCatalog.State.REMOVING) {
      return damage(
          Damage.Kind.UNFINISHED_REMOVAL, entry, "their removal was cut short", "removed");
    }
    if (!entry.look().isFile()) {
      return Optional.empty();
    }
    try {
      if (Files.notExists(path)) {
        return damage(Damage.Kind.FILE_MISSING, entry, "the file is missing", FETCHED_AGAIN);
      }
      if (Files.size(path) != entry.look().bytes()) {
        return damage(
            Damage.Kind.FILE_SIZE,
            entry,
            "the file has another size than it was written with",
            FETCHED_AGAIN);
      }
      long rows = ticks.rows(entry);
      if (rows != entry.rows()) {
        return damage(
            Damage.Kind.FILE_ROWS,
            entry,
            "the file holds %d rows, not the %d of the catalog".formatted(rows, entry.rows()),
            FETCHED_AGAIN);
      }
    } catch (DamagedTicks e) {
      return damage(Damage.Kind.FILE_CONTENT, entry, String.valueOf(e.getMessage()), FETCHED_AGAIN);
    } catch (IOException e) {
      // Of a file that cannot be read nothing is known: it may be well.
      throw new PolygonException.StorageFailure(
          "%s: %s cannot be read (%s): see that it may be read and the disk is well"
              .formatted(entry.day(), path, e),
          e);
    }
    if (entry.state() == TickCatalog.State.ANNOUNCED) {
      return damage(
          Damage.Kind.UNFINISHED_WRITE,
          entry,
          "the file was announced and not committed",
          "committed, since it is whole");
    }
    files++;
    bytes += entry.look().bytes();
    return Optional.empty();
  }

  private Optional<Damage> damage(
      Damage.Kind kind, TickCatalog.Entry entry, String detail, String remedy) {
    return Optional.of(
        new Damage(kind, layout.file(entry.day()), entry.day() + ": " + detail, remedy));
  }

  private void strays() {
    Set<Path> known = known();
    List<Path> found = layout.stored().stream().filter(file -> isStray(file, known)).toList();
    for (Path stray : found) {
      lock.alone(
          () -> {
            if (Files.exists(stray) && isStray(stray, known())) {
              Path aside = Verifier.setAside(layout, stray, repair);
              damages.add(
                  new Damage(
                      Damage.Kind.STRAY_FILE,
                      stray,
                      "the catalog does not know it",
                      "moved to " + layout.root().relativize(aside)));
            }
          });
    }
  }

  private Set<Path> known() {
    return catalog.all().stream()
        .filter(entry -> entry.look().isFile())
        .map(entry -> layout.file(entry.day()))
        .collect(Collectors.toSet());
  }

  /** Whether a file lies among ticks without being known. */
  private static boolean isStray(Path file, Set<Path> known) {
    String folder = String.valueOf(file.getParent());
    boolean amongTicks = folder.endsWith("_trades.parquet") || folder.endsWith("_quotes.parquet");
    return amongTicks && Files.isRegularFile(file) && !known.contains(file);
  }
}
