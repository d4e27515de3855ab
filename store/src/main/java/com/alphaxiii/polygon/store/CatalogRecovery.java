package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.TimeRange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A new catalog in place of one that is lost or broken, made of the files of bars and ticks that
 * prove themselves by their footer. Splits, dividends and what was known to be empty are asked for
 * again; files without proof are left to the {@link Verifier}, which sets them aside.
 */
final class CatalogRecovery {
  private static final Logger LOG = LoggerFactory.getLogger(CatalogRecovery.class);
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final List<String> COMPANIONS = List.of("", "-wal", "-shm");
  private static final int ROWS_AT_A_TIME = 500;

  private final Layout layout;
  private final Instant now;

  CatalogRecovery(Layout layout, Instant now) {
    this.layout = layout;
    this.now = now;
  }

  /**
   * Moves the catalog aside and makes a new one, while nobody writes.
   *
   * @param why what is wrong with the old one
   */
  Damage recover(Damage.Kind kind, String why) {
    Damage[] told = new Damage[1];
    new DirectoryLock(layout.lock())
        .alone(
            () -> {
              if (isMended()) {
                told[0] = new Damage(kind, layout.database(), why, "mended by another program");
                return;
              }
              String aside = moveAside();
              int found = 0;
              try (Database database = Database.open(layout.database());
                  PartReader reader = new PartReader(layout::file)) {
                List<PartRow> rows = new ArrayList<>();
                for (Path file : files(layout)) {
                  proven(reader, file).ifPresent(rows::add);
                  if (rows.size() == ROWS_AT_A_TIME) {
                    found += put(database, rows);
                  }
                }
                found += put(database, rows);
                found += new TickRecovery(layout, now).recover(database);
              }
              told[0] =
                  new Damage(
                      kind,
                      layout.database(),
                      why,
                      "%smade anew of %d files that prove themselves".formatted(aside, found));
              LOG.warn("the catalog {}: {}; {}", layout.database(), why, told[0].remedy());
            });
    return told[0];
  }

  /** Whether another program, for which this one had to wait, was faster. */
  private boolean isMended() {
    if (Database.isBlank(layout.database()) || Database.damage(layout.database()).isPresent()) {
      return false;
    }
    try {
      Database.open(layout.database()).close();
      return true;
    } catch (PolygonException.StorageFailure e) {
      return false;
    }
  }

  private String moveAside() throws IOException {
    String ending = ".damaged-" + STAMP.format(now);
    String told = "";
    for (String companion : COMPANIONS) {
      Path file = layout.database().resolveSibling(layout.database().getFileName() + companion);
      if (Files.exists(file)) {
        Path aside = file.resolveSibling(file.getFileName() + ending);
        Files.move(file, aside, StandardCopyOption.ATOMIC_MOVE);
        told = told.isEmpty() ? "moved to %s and ".formatted(aside.getFileName()) : told;
      }
    }
    return told;
  }

  private static int put(Database database, List<PartRow> rows) {
    int size = rows.size();
    if (size > 0) {
      database.write(
          connection -> {
            for (PartRow row : rows) {
              PartTable.putAll(connection, row);
            }
            return null;
          });
      rows.clear();
    }
    return size;
  }

  /** Everything that lies where parts lie. */
  static List<Path> files(Layout layout) {
    try (Stream<Path> all = Files.walk(layout.symbols())) {
      return all.filter(path -> layout.part(path).isPresent())
          .filter(Files::isRegularFile)
          .toList();
    } catch (IOException | UncheckedIOException e) {
      throw new PolygonException.StorageFailure(
          "%s cannot be listed (%s): see that it may be read and the disk is well"
              .formatted(layout.symbols(), e),
          e);
    }
  }

  private Optional<PartRow> proven(PartReader reader, Path file) throws IOException {
    PartKey key = layout.part(file).orElseThrow();
    PartReader.Whole whole;
    try {
      whole = reader.whole(new Part(key, 0, reader.look(file), null));
    } catch (DamagedPart e) {
      LOG.warn("{}: {}", file, e.getMessage());
      return Optional.empty();
    }
    Bars bars = whole.bars();
    return whole
        .proof()
        .filter(proof -> proof.holds(key, bars))
        .filter(proof -> bars.slice(key.range()).size() == bars.size())
        .map(
            proof ->
                PartRow.of(key, bars, whole.look(), 0, writtenAt(file, proof), proof.covered()))
        .filter(row -> row.contradiction().isEmpty());
  }

  /** When the file was written, as the file system says, if that can be. */
  private Instant writtenAt(Path file, PartProof proof) {
    Instant at;
    try {
      at = Coverage.earliest(Files.getLastModifiedTime(file).toInstant(), now);
    } catch (IOException e) {
      at = now;
    }
    for (TimeRange covered : proof.covered()) {
      at = Coverage.latest(at, Coverage.earliest(covered.end(), now));
    }
    return at;
  }
}
