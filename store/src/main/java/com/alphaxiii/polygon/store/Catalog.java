package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TimeRange;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which parts there are, how their files look and what stretches they cover. Times are Unix ms.
 *
 * <p>Coverage is kept for each part, so that the loss of a file takes its coverage and no other. A
 * part whose row does not fit its seal is as good as unknown.
 */
final class Catalog {
  private static final Logger LOG = LoggerFactory.getLogger(Catalog.class);

  private final Database database;

  Catalog(Database database) {
    this.database = database;
  }

  /** The same, whatever is known of where a ticker's history begins. */
  Snapshot snapshot(Series series, TimeRange range, Instant emptiesSince) {
    return snapshot(series, range, emptiesSince, PartKey.EARLIEST);
  }

  /**
   * What is known of a stretch.
   *
   * @param emptiesSince empty parts that were last asked for before are not taken as covered
   * @param emptyBefore but for what lies before this instant, which stays empty
   */
  Snapshot snapshot(Series series, TimeRange range, Instant emptiesSince, Instant emptyBefore) {
    List<PartKey> keys = PartKey.of(series, range);
    if (keys.isEmpty()) {
      return Snapshot.NOTHING;
    }
    List<PartTable.Found> found =
        database.read(
            connection ->
                PartTable.find(connection, series, keys.getFirst().name(), keys.getLast().name()));
    Map<String, Part> parts = new HashMap<>();
    List<TimeRange> covered = new ArrayList<>();
    for (PartTable.Found each : found) {
      each.distrust().ifPresent(why -> LOG.warn("{}: {}; it is not believed", each.words(), why));
      each.trusted()
          .ifPresent(
              row -> {
                parts.put(row.key().name(), row.part());
                boolean believed = row.rows() > 0 || row.writtenAt() >= emptiesSince.toEpochMilli();
                row.covered().stream()
                    .filter(stretch -> believed || !stretch.end().isAfter(emptyBefore))
                    .filter(stretch -> !stretch.intersect(range).isEmpty())
                    .forEach(covered::add);
              });
    }
    return new Snapshot(TimeRange.union(covered), parts);
  }

  /**
   * What is known of a part; one without file if nothing.
   *
   * @throws DamagedPart when its row does not fit its seal
   */
  PartRow get(PartKey key) throws DamagedPart {
    Optional<PartTable.Found> found = database.read(connection -> PartTable.find(connection, key));
    if (found.isEmpty()) {
      return PartRow.unknown(key);
    }
    return found
        .get()
        .trusted()
        .orElseThrow(
            () ->
                new DamagedPart(
                    key,
                    Damage.Kind.CATALOG_ROW,
                    "in the catalog " + found.get().distrust().orElseThrow(),
                    null));
  }

  /** Says how files will look, before they are replaced. */
  void announce(Map<PartKey, Fingerprint> next) {
    database.write(
        connection -> {
          for (Map.Entry<PartKey, Fingerprint> entry : next.entrySet()) {
            PartTable.put(
                connection, trusted(connection, entry.getKey()).announcing(entry.getValue()));
          }
          return null;
        });
  }

  /** A row to be changed: one that is not believed is dropped, lest the new seal cover it. */
  private static PartRow trusted(Connection connection, PartKey key) throws SQLException {
    Optional<PartTable.Found> found = PartTable.find(connection, key);
    if (found.isPresent() && found.get().trusted().isPresent()) {
      return found.get().trusted().get();
    }
    PartTable.delete(connection, PartTable.Words.of(key));
    return PartRow.unknown(key);
  }

  /** Takes a file that was announced and never committed, after a crash, for the part's own. */
  void adopt(PartRow row) {
    database.write(
        connection -> {
          PartTable.putAll(connection, row);
          return null;
        });
  }

  /**
   * A part that has been written.
   *
   * @param level of zstd of its file
   * @param covered stretches of the part that it now holds
   * @param all true when it holds nothing else: earlier coverage is forgotten
   */
  record Written(
      PartKey key, Fingerprint file, int level, Bars rows, List<TimeRange> covered, boolean all) {}

  /** Makes what was written count. */
  void commit(List<Written> parts, Instant now) {
    database.write(
        connection -> {
          for (Written part : parts) {
            PartRow before = trusted(connection, part.key());
            List<TimeRange> covered = new ArrayList<>(part.covered());
            if (!part.all()) {
              covered.addAll(before.covered());
            }
            Instant at = Coverage.latest(now, Instant.ofEpochMilli(before.writtenAt()));
            PartTable.putAll(
                connection,
                PartRow.of(part.key(), part.rows(), part.file(), part.level(), at, covered));
            if (part.all()) {
              // Files whose bars were in it have to be imported again.
              noteRemoval(connection, PartTable.Words.of(part.key()));
            }
            PartTable.delete(connection, "removal", PartTable.Words.of(part.key()));
          }
          return null;
        });
  }

  /** Another file holds the same bars. */
  void rewritten(PartKey key, Fingerprint file, int level) {
    database.write(
        connection -> {
          PartTable.put(connection, trusted(connection, key).rewritten(file, level));
          return null;
        });
  }

  /** Forgets parts and notes that their files are to be removed. */
  void withdraw(List<PartKey> keys) {
    database.write(
        connection -> {
          for (PartKey key : keys) {
            PartTable.Words words = PartTable.Words.of(key);
            PartTable.delete(connection, words);
            noteRemoval(connection, words);
          }
          return null;
        });
  }

  private static void noteRemoval(Connection connection, PartTable.Words words)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT OR REPLACE INTO removal VALUES (?, ?, ?)")) {
      words.bind(insert);
      insert.executeUpdate();
    }
  }

  /** Files of parts that were withdrawn and may still lie about. */
  List<PartKey> removals() {
    return database.read(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement("SELECT symbol, base, name FROM removal")) {
            return keys(PartTable.words(select));
          }
        });
  }

  /** Files are gone. */
  void removed(List<PartKey> keys) {
    database.write(
        connection -> {
          for (PartKey key : keys) {
            PartTable.delete(connection, "removal", PartTable.Words.of(key));
          }
          return null;
        });
  }

  /** Parts of one ticker, or of all, that were last written before an instant. */
  List<PartKey> writtenBefore(Optional<Ticker> ticker, Instant limit) {
    return database.read(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  """
                  SELECT symbol, base, name FROM part
                  WHERE written_at < ?1 AND (?2 IS NULL OR symbol = ?2)\
                  """)) {
            select.setLong(1, limit.toEpochMilli());
            select.setString(2, ticker.map(Ticker::symbol).orElse(null));
            return keys(PartTable.words(select));
          }
        });
  }

  /** Parts with files of one symbol-year. */
  List<PartKey> files(SymbolYear year) {
    return database.read(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  """
                  SELECT symbol, base, name FROM part
                  WHERE symbol = ? AND bytes > 0 AND substr(name, 1, 4) = ?\
                  """)) {
            select.setString(1, year.symbol());
            select.setString(2, year.year());
            return keys(PartTable.words(select));
          }
        });
  }

  private static List<PartKey> keys(List<PartTable.Words> words) {
    return words.stream().flatMap(each -> each.key().stream()).toList();
  }
}
