package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Timeframe;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rows of parts and of what they cover, read and written within a transaction. A part's seal is
 * over its own row and all rows of its coverage.
 */
final class PartTable {
  private static final String COLUMNS =
      """
      symbol, base, name, row_count, first_start, last_start, bytes, checksum, announced_bytes,
      announced_checksum, level, written_at, seal\
      """;

  private static final String WHERE_NAMES =
      " WHERE symbol = ?1 AND base = ?2 AND name BETWEEN ?3 AND ?4";

  private PartTable() {}

  /** The words by which a row is found, whether or not they name a part. */
  record Words(String symbol, String base, String name) {
    static Words of(PartKey key) {
      return new Words(key.series().ticker().symbol(), key.series().base().toString(), key.name());
    }

    void bind(PreparedStatement statement) throws SQLException {
      statement.setString(1, symbol);
      statement.setString(2, base);
      statement.setString(3, name);
    }

    /** The part that they name; empty when there can be no such part. */
    Optional<PartKey> key() {
      try {
        PartKey key = new PartKey(new Series(Ticker.of(symbol), Timeframe.parse(base)), name);
        return PartKey.of(key.series(), key.range()).contains(key) && of(key).equals(this)
            ? Optional.of(key)
            : Optional.empty();
      } catch (PolygonException | IllegalArgumentException | DateTimeException e) {
        return Optional.empty();
      }
    }

    @Override
    public String toString() {
      return symbol + " " + base + " " + name;
    }
  }

  /**
   * A row as it was found.
   *
   * @param row null when the words name no part
   * @param distrust why it is not believed; empty when it is
   */
  record Found(Words words, @Nullable PartRow row, Optional<String> distrust) {
    Optional<PartRow> trusted() {
      return distrust.isEmpty() ? Optional.ofNullable(row) : Optional.empty();
    }
  }

  /** One part; empty when there is no row of it. */
  static Optional<Found> find(Connection connection, PartKey key) throws SQLException {
    return find(connection, key.series(), key.name(), key.name()).stream().findFirst();
  }

  /** The parts of a series whose names lie between two, both included. */
  static List<Found> find(Connection connection, Series series, String first, String last)
      throws SQLException {
    try (PreparedStatement rows =
            connection.prepareStatement("SELECT " + COLUMNS + " FROM part" + WHERE_NAMES);
        PreparedStatement ranges =
            connection.prepareStatement(
                "SELECT symbol, base, name, range_start, range_end FROM coverage" + WHERE_NAMES)) {
      for (PreparedStatement select : List.of(rows, ranges)) {
        select.setString(1, series.ticker().symbol());
        select.setString(2, series.base().toString());
        select.setString(3, first);
        select.setString(4, last);
      }
      return found(rows, coverage(ranges));
    }
  }

  /** All parts. */
  static List<Found> all(Connection connection) throws SQLException {
    try (PreparedStatement rows = connection.prepareStatement("SELECT " + COLUMNS + " FROM part");
        PreparedStatement ranges =
            connection.prepareStatement(
                "SELECT symbol, base, name, range_start, range_end FROM coverage")) {
      return found(rows, coverage(ranges));
    }
  }

  /** A stretch as its row says it, which may be no stretch at all. */
  private record Stretch(long start, long end) {}

  private static Map<Words, List<Stretch>> coverage(PreparedStatement select) throws SQLException {
    Map<Words, List<Stretch>> coverage = new HashMap<>();
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        coverage
            .computeIfAbsent(words(rows), words -> new ArrayList<>())
            .add(new Stretch(rows.getLong(4), rows.getLong(5)));
      }
    }
    return coverage;
  }

  private static Words words(ResultSet rows) throws SQLException {
    return new Words(text(rows, 1), text(rows, 2), text(rows, 3));
  }

  private static String text(ResultSet rows, int column) throws SQLException {
    String text = rows.getString(column);
    return text == null ? "" : text;
  }

  private static List<Found> found(PreparedStatement select, Map<Words, List<Stretch>> coverage)
      throws SQLException {
    List<Found> all = new ArrayList<>();
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        Words words = words(rows);
        all.add(judged(words, rows, coverage.getOrDefault(words, List.of())));
      }
    }
    return all;
  }

  private static Found judged(Words words, ResultSet rows, List<Stretch> stretches)
      throws SQLException {
    Optional<PartKey> key = words.key();
    if (key.isEmpty()) {
      return new Found(words, null, Optional.of("it names no part"));
    }
    List<TimeRange> covered = new ArrayList<>();
    for (Stretch stretch : stretches) {
      if (stretch.end() < stretch.start()) {
        return new Found(
            words, null, Optional.of("it covers a stretch that ends before it begins"));
      }
      covered.add(
          TimeRange.of(Instant.ofEpochMilli(stretch.start()), Instant.ofEpochMilli(stretch.end())));
    }
    PartRow row = row(key.get(), rows, covered);
    long seal = rows.getLong(13);
    if (rows.wasNull() || seal != row.seal()) {
      return new Found(words, row, Optional.of("its row or its coverage was altered"));
    }
    return new Found(words, row, row.contradiction());
  }

  private static PartRow row(PartKey key, ResultSet rows, List<TimeRange> covered)
      throws SQLException {
    Fingerprint announced = new Fingerprint(rows.getLong(9), rows.getLong(10));
    return new PartRow(
        key,
        rows.getInt(4),
        optional(rows, 5),
        optional(rows, 6),
        new Fingerprint(rows.getLong(7), rows.getLong(8)),
        announced.isFile() ? announced : null,
        rows.getInt(11),
        rows.getLong(12),
        covered);
  }

  private static @Nullable Long optional(ResultSet rows, int column) throws SQLException {
    long value = rows.getLong(column);
    return rows.wasNull() ? null : value;
  }

  /** Writes a part's own row with its seal; its coverage must be what the table holds. */
  static void put(Connection connection, PartRow row) throws SQLException {
    try (PreparedStatement upsert =
        connection.prepareStatement(
            "INSERT INTO part ("
                + COLUMNS
                + ", last_used) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13,"
                + " ?12)"
                + """
                 ON CONFLICT DO UPDATE SET row_count = excluded.row_count,
                  first_start = excluded.first_start, last_start = excluded.last_start,
                  bytes = excluded.bytes, checksum = excluded.checksum,
                  announced_bytes = excluded.announced_bytes,
                  announced_checksum = excluded.announced_checksum, level = excluded.level,
                  written_at = excluded.written_at, seal = excluded.seal,
                  last_used = max(last_used, excluded.last_used)\
                """)) {
      Fingerprint announced = row.announced();
      Words.of(row.key()).bind(upsert);
      upsert.setInt(4, row.rows());
      upsert.setObject(5, row.firstStart());
      upsert.setObject(6, row.lastStart());
      upsert.setLong(7, row.committed().bytes());
      upsert.setLong(8, row.committed().checksum());
      upsert.setObject(9, announced == null ? null : announced.bytes());
      upsert.setObject(10, announced == null ? null : announced.checksum());
      upsert.setInt(11, row.level());
      upsert.setLong(12, row.writtenAt());
      upsert.setLong(13, row.seal());
      upsert.executeUpdate();
    }
  }

  /** Writes a part with its coverage. */
  static void putAll(Connection connection, PartRow row) throws SQLException {
    Words words = Words.of(row.key());
    delete(connection, "coverage", words);
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO coverage (symbol, base, name, range_start, range_end)"
                + " VALUES (?, ?, ?, ?, ?)")) {
      for (TimeRange range : row.covered()) {
        words.bind(insert);
        insert.setLong(4, range.start().toEpochMilli());
        insert.setLong(5, range.end().toEpochMilli());
        insert.executeUpdate();
      }
    }
    put(connection, row);
  }

  /** Deletes a part and its coverage. */
  static void delete(Connection connection, Words words) throws SQLException {
    delete(connection, "coverage", words);
    delete(connection, "part", words);
  }

  /** Deletes from one table, which has the three words. */
  static void delete(Connection connection, String table, Words words) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(
            "DELETE FROM " + table + " WHERE symbol = ? AND base = ? AND name = ?")) {
      words.bind(delete);
      delete.executeUpdate();
    }
  }

  /** Seals rows that were written before there were seals. */
  static void sealAll(Connection connection) throws SQLException {
    for (Found found : all(connection)) {
      PartRow row = found.row();
      if (row != null && row.contradiction().isEmpty()) {
        put(connection, row);
      }
    }
  }

  /** The words of rows, of a statement that selects these three columns. */
  static List<Words> words(PreparedStatement select) throws SQLException {
    List<Words> all = new ArrayList<>();
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        all.add(words(rows));
      }
    }
    return all;
  }

  /** Coverage without a part. */
  static List<Words> orphans(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT DISTINCT symbol, base, name FROM coverage"
                    + " EXCEPT SELECT symbol, base, name FROM part")) {
      List<Words> all = new ArrayList<>();
      while (rows.next()) {
        all.add(words(rows));
      }
      return all;
    }
  }
}
