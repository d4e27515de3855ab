package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.TimeRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Looks at every row and every byte of a cache. What cannot be trusted is dropped, so that it is
 * fetched again; nothing is mended by guessing.
 *
 * <p>Others may read and write meanwhile: whatever looks wrong is looked at again while nobody
 * writes, and only then believed to be.
 */
final class Verifier {
  private static final String FETCHED_AGAIN = "dropped; it is fetched again when it is asked for";

  /** Looked at by {@link TickVerifier}. */
  private static final Set<String> OTHER_KINDS = Set.of("trades", "quotes");

  private final CacheFolder folder;
  private final Layout layout;
  private final Database database;
  private final Catalog catalog;
  private final PartStore parts;
  private final ReferenceTable reference;
  private final DirectoryLock lock;
  private final boolean repair;
  private final List<Damage> damages = new ArrayList<>();
  private long files;
  private long bytes;

  Verifier(CacheFolder folder, boolean repair) {
    this.folder = folder;
    this.layout = folder.layout();
    this.database = folder.database();
    this.catalog = folder.catalog();
    this.parts = folder.parts();
    this.reference = folder.reference();
    this.lock = folder.lock();
    this.repair = repair;
  }

  Verification run() {
    lock.alone(this::leftovers);
    for (PartTable.Found found : database.read(PartTable::all)) {
      Optional<PartKey> key = found.words().key();
      if (key.isEmpty()) {
        lock.alone(() -> dropWords(found.words()));
      } else if (examined(key.get()).isPresent()) {
        lock.alone(() -> examineAgain(key.get()));
      }
    }
    for (PartTable.Words words : database.read(PartTable::orphans)) {
      lock.alone(() -> dropOrphan(words));
    }
    for (ReferenceTable.Subject subject : reference.unsealed()) {
      damages.add(
          new Damage(
              Damage.Kind.REFERENCE, layout.database(), subject + " were altered", FETCHED_AGAIN));
      if (repair) {
        reference.drop(subject);
      }
    }
    strays();
    damages.addAll(new RowVerifier(folder, repair).run());
    TickVerifier ticks = new TickVerifier(folder, repair);
    damages.addAll(ticks.run());
    return new Verification(files + ticks.files(), bytes + ticks.bytes(), damages, repair);
  }

  private void leftovers() throws IOException {
    try (var strays = Files.newDirectoryStream(layout.temporary(), "*.tmp")) {
      for (Path stray : strays) {
        damages.add(
            new Damage(Damage.Kind.UNFINISHED_WRITE, stray, "a write was cut short", "removed"));
        if (repair) {
          Files.delete(stray);
        }
      }
    }
    List<PartKey> removals = catalog.removals();
    for (PartKey key : removals) {
      damages.add(
          new Damage(
              Damage.Kind.UNFINISHED_REMOVAL,
              layout.file(key),
              "its removal was cut short",
              "removed"));
    }
    if (repair && !removals.isEmpty()) {
      parts.remove(removals);
    }
  }

  private void dropWords(PartTable.Words words) {
    damages.add(
        new Damage(
            Damage.Kind.CATALOG_ROW,
            layout.database(),
            "'%s' names no part".formatted(words),
            "dropped"));
    if (repair) {
      database.write(
          connection -> {
            PartTable.delete(connection, words);
            return null;
          });
    }
  }

  private void dropOrphan(PartTable.Words words) {
    if (!database.read(PartTable::orphans).contains(words)) {
      return;
    }
    damages.add(
        new Damage(
            Damage.Kind.COVERAGE,
            layout.database(),
            "%s is covered and there is no such part".formatted(words),
            FETCHED_AGAIN));
    if (repair) {
      database.write(
          connection -> {
            PartTable.delete(connection, "coverage", words);
            return null;
          });
    }
  }

  private void examineAgain(PartKey key) throws IOException {
    Optional<Damage> damage = examined(key);
    damage.ifPresent(damages::add);
    if (!repair || damage.isEmpty()) {
      return;
    }
    if (damage.get().kind() == Damage.Kind.UNFINISHED_WRITE) {
      parts.settle(key);
    } else {
      catalog.withdraw(List.of(key));
      parts.remove(List.of(key));
    }
  }

  private Optional<Damage> examined(PartKey key) {
    try {
      PartRow row = catalog.get(key);
      if (!row.part().hasFile()) {
        return Optional.empty();
      }
      Path file = layout.file(key);
      if (!row.committed().isFile() && Files.notExists(file)) {
        return Optional.of(unfinished(row));
      }
      PartReader.Whole whole = parts.whole(row.part());
      if (!whole.look().equals(row.committed())) {
        return Optional.of(unfinished(row));
      }
      Optional<Damage> wrong = contents(row, whole);
      if (wrong.isEmpty() && row.announced() != null) {
        wrong = Optional.of(unfinished(row));
      }
      if (wrong.isEmpty()) {
        // What looks wrong is looked at again, and must not count twice.
        files++;
        bytes += whole.look().bytes();
      }
      return wrong;
    } catch (DamagedPart e) {
      Path path = e.kind() == Damage.Kind.CATALOG_ROW ? layout.database() : layout.file(key);
      return Optional.of(new Damage(e.kind(), path, key + ": " + e.getMessage(), FETCHED_AGAIN));
    }
  }

  private Damage unfinished(PartRow row) {
    return new Damage(
        Damage.Kind.UNFINISHED_WRITE,
        layout.file(row.key()),
        row.key() + " was announced anew and not committed",
        "settled; what was committed is kept");
  }

  /** Whether bars and catalog say the same. */
  private Optional<Damage> contents(PartRow row, PartReader.Whole whole) {
    PartKey key = row.key();
    Bars bars = whole.bars();
    PartRow seen =
        PartRow.of(
            key,
            bars,
            row.committed(),
            row.level(),
            java.time.Instant.ofEpochMilli(row.writtenAt()),
            row.covered());
    if (!seen.equals(row.settled()) || bars.slice(key.range()).size() != bars.size()) {
      return Optional.of(
          new Damage(
              Damage.Kind.FILE_ROWS,
              layout.file(key),
              "%s holds %d bars, not the %d of the catalog".formatted(key, bars.size(), row.rows()),
              FETCHED_AGAIN));
    }
    if (whole.proof().isEmpty()) {
      return Optional.empty();
    }
    PartProof proof = whole.proof().get();
    if (!proof.holds(key, bars)) {
      return Optional.of(
          new Damage(
              Damage.Kind.FILE_ROWS,
              layout.file(key),
              "the bars of %s are not those that its footer tells of".formatted(key),
              FETCHED_AGAIN));
    }
    for (TimeRange covered : row.covered()) {
      if (!covered.minus(proof.covered()).isEmpty()) {
        return Optional.of(
            new Damage(
                Damage.Kind.COVERAGE,
                layout.database(),
                "%s covers %s, which its file was not written for".formatted(key, covered),
                FETCHED_AGAIN));
      }
    }
    return Optional.empty();
  }

  private void strays() {
    List<Path> found =
        layout.stored().stream()
            .filter(path -> !isOfOtherKind(path))
            .filter(this::isStray)
            .toList();
    for (Path stray : found) {
      lock.alone(
          () -> {
            if (Files.exists(stray) && isStray(stray)) {
              setAside(stray);
            }
          });
    }
  }

  private boolean isOfOtherKind(Path file) {
    for (Path each : layout.symbols().relativize(file)) {
      String name = each.toString();
      int end = name.length() - ".parquet".length();
      if (name.endsWith(".parquet")
          && OTHER_KINDS.contains(name.substring(name.lastIndexOf('_', end) + 1, end))) {
        return true;
      }
    }
    return false;
  }

  private boolean isStray(Path file) {
    Optional<PartKey> key = layout.part(file);
    try {
      return key.isEmpty() || !catalog.get(key.get()).part().hasFile();
    } catch (DamagedPart e) {
      // Told of before, and only looked for: or else neither row nor file would be there.
      return false;
    }
  }

  private void setAside(Path stray) throws IOException {
    Path aside = setAside(layout, stray, repair);
    damages.add(
        new Damage(
            Damage.Kind.STRAY_FILE,
            stray,
            "the catalog does not know it",
            "moved to " + layout.root().relativize(aside)));
  }

  /** Where a file is put that belongs to nothing; never over another. */
  static Path setAside(Layout layout, Path file, boolean move) throws IOException {
    Path aside = layout.setAside().resolve(layout.root().relativize(file).toString());
    Set<Path> tried = new HashSet<>();
    Path free = aside;
    while (Files.exists(free)) {
      tried.add(free);
      free = aside.resolveSibling(aside.getFileName() + "." + tried.size());
    }
    if (move) {
      Files.createDirectories(free.getParent());
      Files.move(file, free, StandardCopyOption.ATOMIC_MOVE);
    }
    return free;
  }
}
