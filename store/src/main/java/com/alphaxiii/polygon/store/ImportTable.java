package com.alphaxiii.polygon.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which files have been imported, and between which days a symbol came in files of a dataset. A
 * file is forgotten when a part with some of its bars is withdrawn, so that importing it again
 * brings them back.
 */
final class ImportTable {
  private static final Logger LOG = LoggerFactory.getLogger(ImportTable.class);

  /** From the first to the last day on which a symbol came in files. */
  record Span(LocalDate first, LocalDate last) {
    Span with(LocalDate day) {
      return new Span(day.isBefore(first) ? day : first, day.isAfter(last) ? day : last);
    }

    boolean holds(LocalDate day) {
      return !day.isBefore(first) && !day.isAfter(last);
    }
  }

  private final Database database;

  ImportTable(Database database) {
    this.database = database;
  }

  /** The files of a dataset by their day. */
  NavigableMap<LocalDate, ImportedFile> files(String dataset) {
    return database.read(
        connection -> {
          NavigableMap<LocalDate, ImportedFile> files = new TreeMap<>();
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT "
                      + SealedTable.IMPORTED_FILES.sealedColumns()
                      + " FROM imported_file WHERE dataset = ?")) {
            select.setString(1, dataset);
            try (ResultSet rows = select.executeQuery()) {
              while (rows.next()) {
                if (SealedTable.IMPORTED_FILES.isSealed(rows)) {
                  ImportedFile file = file(dataset, rows);
                  files.put(file.day(), file);
                } else {
                  LOG.warn(
                      "what the catalog says of a file of {} was altered; it is imported again",
                      dataset);
                }
              }
            }
          }
          return files;
        });
  }

  private static ImportedFile file(String dataset, ResultSet row) throws SQLException {
    String symbols = row.getString("symbols");
    return new ImportedFile(
        dataset,
        LocalDate.parse(row.getString("day")),
        row.getString("fingerprint"),
        symbols.isEmpty() ? Set.of() : Set.of(symbols.split(",", -1)),
        row.getLong("row_count"));
  }

  /** The symbols that came in files of a dataset. */
  Map<String, Span> spans(String dataset) {
    return database.read(
        connection -> {
          Map<String, Span> spans = new HashMap<>();
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT "
                      + SealedTable.IMPORTED_SYMBOLS.sealedColumns()
                      + " FROM imported_symbol WHERE dataset = ?")) {
            select.setString(1, dataset);
            try (ResultSet rows = select.executeQuery()) {
              while (rows.next()) {
                if (SealedTable.IMPORTED_SYMBOLS.isSealed(rows)) {
                  spans.put(
                      rows.getString("symbol"),
                      new Span(
                          LocalDate.parse(rows.getString("first_day")),
                          LocalDate.parse(rows.getString("last_day"))));
                }
              }
            }
          }
          return spans;
        });
  }

  /** How many parts and days of ticks have been withdrawn so far: removed or found damaged. */
  long withdrawals() {
    return database.read(
        connection -> number(connection, "SELECT coalesce(max(id), 0) FROM withdrawn"));
  }

  private static long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  /**
   * What an import has stored.
   *
   * @param base the timeframe of bars, or the kind of ticks
   * @param names of the parts, or the days, that it may have written
   * @param since {@link #withdrawals} before it stored anything
   */
  record Stored(String base, Set<String> names, Set<String> symbols, long since) {}

  /**
   * Remembers files, unless something of them has been withdrawn since it was stored, and in any
   * case the symbols that came in them.
   *
   * @return false when something was withdrawn: then the files do not count
   */
  boolean record(
      String dataset,
      Stored stored,
      Collection<ImportedFile> files,
      Map<String, Span> spans,
      Instant now) {
    return database.write(
        connection -> {
          insertSpans(connection, dataset, spans);
          boolean whole = isThere(connection, stored);
          if (whole) {
            insertFiles(connection, stored.base(), files, now);
          }
          return whole;
        });
  }

  private static boolean isThere(Connection connection, Stored stored) throws SQLException {
    // What was withdrawn long ago is forgotten, and might have been of these.
    if (number(connection, "SELECT coalesce(min(id), 0) FROM withdrawn") > stored.since() + 1) {
      return false;
    }
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT symbol, name FROM withdrawn WHERE id > ? AND base = ?")) {
      select.setLong(1, stored.since());
      select.setString(2, stored.base());
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          if (stored.names().contains(rows.getString(2))
              && stored.symbols().contains(rows.getString(1))) {
            return false;
          }
        }
      }
    }
    return true;
  }

  private static void insertFiles(
      Connection connection, String base, Collection<ImportedFile> files, Instant now)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(SealedTable.IMPORTED_FILES.insert())) {
      for (ImportedFile file : files) {
        SealedTable.IMPORTED_FILES.bind(
            insert,
            file.dataset(),
            file.day().toString(),
            base,
            file.fingerprint(),
            String.join(",", new TreeSet<>(file.symbols())),
            file.rows(),
            now.toEpochMilli());
        insert.executeUpdate();
      }
    }
  }

  private static void insertSpans(Connection connection, String dataset, Map<String, Span> spans)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(SealedTable.IMPORTED_SYMBOLS.insert())) {
      for (Map.Entry<String, Span> span : spans.entrySet()) {
        SealedTable.IMPORTED_SYMBOLS.bind(
            insert,
            dataset,
            span.getKey(),
            span.getValue().first().toString(),
            span.getValue().last().toString());
        insert.executeUpdate();
      }
    }
  }
}
