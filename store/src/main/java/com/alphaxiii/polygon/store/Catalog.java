package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Timeframe;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which parts there are, how their files look and what stretches they cover. Times are Unix ms.
 *
 * <p>Coverage is kept for each part, so that the loss of a file takes its coverage and no other.
 */
final class Catalog {
  private static final String WHERE_PART = " WHERE symbol = ? AND base = ? AND name = ?";

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
    return database.read(
        connection -> {
          Map<String, Part> parts =
              parts(connection, series, keys.getFirst().name(), keys.getLast().name());
          return new Snapshot(covered(connection, series, range, emptiesSince, emptyBefore), parts);
        });
  }

  private static List<TimeRange> covered(
      Connection connection,
      Series series,
      TimeRange range,
      Instant emptiesSince,
      Instant emptyBefore)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            SELECT range_start, range_end FROM coverage JOIN part USING (symbol, base, name)
            WHERE symbol = ? AND base = ? AND range_end > ? AND range_start < ?
            AND (row_count > 0 OR written_at >= ? OR range_end <= ?)\
            """)) {
      select.setString(1, series.ticker().symbol());
      select.setString(2, series.base().toString());
      select.setLong(3, range.start().toEpochMilli());
      select.setLong(4, range.end().toEpochMilli());
      select.setLong(5, emptiesSince.toEpochMilli());
      select.setLong(6, emptyBefore.toEpochMilli());
      return TimeRange.union(ranges(select));
    }
  }

  private static List<TimeRange> ranges(PreparedStatement select) throws SQLException {
    List<TimeRange> ranges = new ArrayList<>();
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        ranges.add(
            TimeRange.of(
                Instant.ofEpochMilli(rows.getLong(1)), Instant.ofEpochMilli(rows.getLong(2))));
      }
    }
    return ranges;
  }

  private static Map<String, Part> parts(
      Connection connection, Series series, String first, String last) throws SQLException {
    Map<String, Part> parts = new HashMap<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            SELECT name, bytes, checksum, announced_bytes, announced_checksum, row_count FROM part
            WHERE symbol = ? AND base = ? AND name BETWEEN ? AND ?\
            """)) {
      select.setString(1, series.ticker().symbol());
      select.setString(2, series.base().toString());
      select.setString(3, first);
      select.setString(4, last);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          PartKey key = new PartKey(series, rows.getString(1));
          Fingerprint committed = new Fingerprint(rows.getLong(2), rows.getLong(3));
          long announced = rows.getLong(4);
          parts.put(
              key.name(),
              new Part(
                  key,
                  rows.getInt(6),
                  committed,
                  announced == 0 ? null : new Fingerprint(announced, rows.getLong(5))));
        }
      }
    }
    return parts;
  }

  /** What is known of a part; one without file if nothing. */
  Part get(PartKey key) {
    return database
        .read(connection -> parts(connection, key.series(), key.name(), key.name()))
        .getOrDefault(key.name(), Part.unknown(key));
  }

  /** Says how files will look, before they are replaced. */
  void announce(Map<PartKey, Fingerprint> next, Instant now) {
    database.write(
        connection -> {
          try (PreparedStatement upsert =
              connection.prepareStatement(
                  """
                  INSERT INTO part (symbol, base, name, row_count, bytes, checksum, written_at,
                    announced_bytes, announced_checksum) VALUES (?, ?, ?, 0, 0, 0, ?, ?, ?)
                  ON CONFLICT DO UPDATE SET announced_bytes = excluded.announced_bytes,
                    announced_checksum = excluded.announced_checksum\
                  """)) {
            for (Map.Entry<PartKey, Fingerprint> entry : next.entrySet()) {
              bind(upsert, entry.getKey());
              upsert.setLong(4, now.toEpochMilli());
              upsert.setLong(5, entry.getValue().bytes());
              upsert.setLong(6, entry.getValue().checksum());
              upsert.executeUpdate();
            }
          }
          return null;
        });
  }

  /** Takes a file that was announced and never committed, after a crash, for the part's own. */
  void adoptAnnounced(PartKey key) {
    database.write(
        connection ->
            update(
                connection,
                "UPDATE part SET bytes = announced_bytes, checksum = announced_checksum,"
                    + " announced_bytes = NULL, announced_checksum = NULL"
                    + WHERE_PART,
                key));
  }

  /**
   * A part that has been written.
   *
   * @param covered stretches of the part that it now holds
   * @param all true when it holds nothing else: earlier coverage is forgotten
   */
  record Written(PartKey key, Fingerprint file, Bars rows, List<TimeRange> covered, boolean all) {}

  /** Makes what was written count. */
  void commit(List<Written> parts, Instant now) {
    database.write(
        connection -> {
          for (Written part : parts) {
            upsert(connection, part, now);
            cover(connection, part);
            update(connection, "DELETE FROM removal" + WHERE_PART, part.key());
          }
          return null;
        });
  }

  private static void upsert(Connection connection, Written part, Instant now) throws SQLException {
    try (PreparedStatement upsert =
        connection.prepareStatement(
            """
            INSERT OR REPLACE INTO part (symbol, base, name, row_count, first_start, last_start,
              bytes, checksum, written_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)\
            """)) {
      Bars rows = part.rows();
      bind(upsert, part.key());
      upsert.setLong(4, rows.size());
      upsert.setObject(5, rows.isEmpty() ? null : rows.start(0));
      upsert.setObject(6, rows.isEmpty() ? null : rows.start(rows.size() - 1));
      upsert.setLong(7, part.file().bytes());
      upsert.setLong(8, part.file().checksum());
      upsert.setLong(9, now.toEpochMilli());
      upsert.executeUpdate();
    }
  }

  private static void cover(Connection connection, Written part) throws SQLException {
    List<TimeRange> covered = new ArrayList<>(part.covered());
    if (!part.all()) {
      try (PreparedStatement select =
          connection.prepareStatement("SELECT range_start, range_end FROM coverage" + WHERE_PART)) {
        bind(select, part.key());
        covered.addAll(ranges(select));
      }
    }
    update(connection, "DELETE FROM coverage" + WHERE_PART, part.key());
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO coverage VALUES (?, ?, ?, ?, ?)")) {
      for (TimeRange range : TimeRange.union(covered)) {
        bind(insert, part.key());
        insert.setLong(4, range.start().toEpochMilli());
        insert.setLong(5, range.end().toEpochMilli());
        insert.executeUpdate();
      }
    }
  }

  /** Forgets parts and notes that their files are to be removed. */
  void withdraw(List<PartKey> keys) {
    database.write(
        connection -> {
          for (PartKey key : keys) {
            update(connection, "DELETE FROM coverage" + WHERE_PART, key);
            update(connection, "DELETE FROM part" + WHERE_PART, key);
            update(connection, "INSERT OR REPLACE INTO removal VALUES (?, ?, ?)", key);
          }
          return null;
        });
  }

  /** Files of parts that were withdrawn and may still lie about. */
  List<PartKey> removals() {
    return database.read(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement("SELECT symbol, base, name FROM removal")) {
            return keys(select);
          }
        });
  }

  /** Files are gone. */
  void removed(List<PartKey> keys) {
    database.write(
        connection -> {
          for (PartKey key : keys) {
            update(connection, "DELETE FROM removal" + WHERE_PART, key);
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
            return keys(select);
          }
        });
  }

  private static List<PartKey> keys(PreparedStatement select) throws SQLException {
    List<PartKey> keys = new ArrayList<>();
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        Series series =
            new Series(Ticker.of(rows.getString(1)), Timeframe.parse(rows.getString(2)));
        keys.add(new PartKey(series, rows.getString(3)));
      }
    }
    return keys;
  }

  private static @Nullable Void update(Connection connection, String sql, PartKey key)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, key);
      statement.executeUpdate();
      return null;
    }
  }

  private static void bind(PreparedStatement statement, PartKey key) throws SQLException {
    statement.setString(1, key.series().ticker().symbol());
    statement.setString(2, key.series().base().toString());
    statement.setString(3, key.name());
  }
}
