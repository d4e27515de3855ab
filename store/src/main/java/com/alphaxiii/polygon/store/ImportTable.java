package com.alphaxiii.polygon.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which files have been imported, and between which days a symbol came in files of a dataset. A
 * file is forgotten when a part with some of its bars is withdrawn, so that importing it again
 * brings them back.
 */
final class ImportTable {
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
                  "SELECT day, fingerprint, symbols, row_count FROM imported_file WHERE dataset"
                      + " = ?")) {
            select.setString(1, dataset);
            try (ResultSet rows = select.executeQuery()) {
              while (rows.next()) {
                LocalDate day = LocalDate.parse(rows.getString(1));
                String symbols = rows.getString(3);
                files.put(
                    day,
                    new ImportedFile(
                        dataset,
                        day,
                        rows.getString(2),
                        symbols.isEmpty() ? Set.of() : Set.of(symbols.split(",", -1)),
                        rows.getLong(4)));
              }
            }
          }
          return files;
        });
  }

  /** The symbols that came in files of a dataset. */
  Map<String, Span> spans(String dataset) {
    return database.read(
        connection -> {
          Map<String, Span> spans = new HashMap<>();
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT symbol, first_day, last_day FROM imported_symbol WHERE dataset = ?")) {
            select.setString(1, dataset);
            try (ResultSet rows = select.executeQuery()) {
              while (rows.next()) {
                spans.put(
                    rows.getString(1),
                    new Span(
                        LocalDate.parse(rows.getString(2)), LocalDate.parse(rows.getString(3))));
              }
            }
          }
          return spans;
        });
  }

  /**
   * Remembers files, and the symbols that came in them.
   *
   * @param base the timeframe of bars, or the kind of ticks
   */
  void record(
      String dataset,
      String base,
      Collection<ImportedFile> files,
      Map<String, Span> spans,
      Instant now) {
    database.write(
        connection -> {
          insertFiles(connection, base, files, now);
          insertSpans(connection, dataset, spans);
          return null;
        });
  }

  private static void insertFiles(
      Connection connection, String base, Collection<ImportedFile> files, Instant now)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT OR REPLACE INTO imported_file VALUES (?, ?, ?, ?, ?, ?, ?)")) {
      for (ImportedFile file : files) {
        insert.setString(1, file.dataset());
        insert.setString(2, file.day().toString());
        insert.setString(3, base);
        insert.setString(4, file.fingerprint());
        insert.setString(5, String.join(",", new TreeSet<>(file.symbols())));
        insert.setLong(6, file.rows());
        insert.setLong(7, now.toEpochMilli());
        insert.executeUpdate();
      }
    }
  }

  private static void insertSpans(Connection connection, String dataset, Map<String, Span> spans)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT OR REPLACE INTO imported_symbol VALUES (?, ?, ?, ?)")) {
      for (Map.Entry<String, Span> span : spans.entrySet()) {
        insert.setString(1, dataset);
        insert.setString(2, span.getKey());
        insert.setString(3, span.getValue().first().toString());
        insert.setString(4, span.getValue().last().toString());
        insert.executeUpdate();
      }
    }
  }
}
