package com.alphaxiii.polygon.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A table of the catalog whose rows carry a {@link Seal} over what they say. A row without its seal
 * is as good as unknown.
 *
 * @param name of the table
 * @param keys the columns that tell a row from the others
 * @param columns what the seal is over, in this order
 * @param what a row is, for people
 * @param remedy what becomes of a row that is dropped
 */
record SealedTable(
    String name, List<String> keys, List<String> columns, String what, String remedy) {
  static final SealedTable TICK_DAYS =
      new SealedTable(
          "tick_day",
          List.of("symbol", "kind", "day"),
          List.of("symbol", "kind", "day", "row_count", "bytes", "checksum", "written_at"),
          "a day of ticks",
          "dropped; it is fetched again when it is asked for");

  static final SealedTable DOCUMENTS =
      new SealedTable(
          "document",
          List.of("address"),
          List.of("address", "body", "bytes", "read_at"),
          "a kept answer",
          "dropped; it is asked for again");

  static final SealedTable IMPORTED_FILES =
      new SealedTable(
          "imported_file",
          List.of("dataset", "day"),
          List.of("dataset", "day", "base", "fingerprint", "symbols", "row_count", "imported_at"),
          "an imported file",
          "dropped; the file is imported again");

  static final SealedTable IMPORTED_SYMBOLS =
      new SealedTable(
          "imported_symbol",
          List.of("dataset", "symbol"),
          List.of("dataset", "symbol", "first_day", "last_day"),
          "the days on which a symbol came in files",
          "dropped; imports tell it anew");

  static final SealedTable FINDINGS =
      new SealedTable(
          "finding",
          List.of("rowid"),
          List.of(
              "symbol",
              "timeframe",
              "adjust",
              "as_of",
              "code",
              "severity",
              "range_start",
              "range_end",
              "evidence",
              "suggestion",
              "checked_at"),
          "a finding",
          "dropped; judging the bars again finds it");

  static final SealedTable DAY_QUALITIES =
      new SealedTable(
          "day_quality",
          List.of("symbol", "timeframe", "adjust", "as_of", "day"),
          List.of(
              "symbol",
              "timeframe",
              "adjust",
              "as_of",
              "day",
              "quality",
              "score",
              "bars",
              "wrong",
              "doubtful",
              "lost",
              "unknown",
              "no_eligible_trade",
              "judged_by",
              "checked_at"),
          "the quality of a day",
          "dropped; judging the bars again tells it");

  static final List<SealedTable> ALL =
      List.of(TICK_DAYS, DOCUMENTS, IMPORTED_FILES, IMPORTED_SYMBOLS, FINDINGS, DAY_QUALITIES);

  /** The columns and the seal, for a SELECT whose rows {@link #isSealed} is asked of. */
  String sealedColumns() {
    return String.join(", ", columns) + ", seal";
  }

  /** An INSERT of a row's columns in order, and its seal. */
  String insert() {
    return "INSERT OR REPLACE INTO %s (%s) VALUES (%s?)"
        .formatted(name, sealedColumns(), "?, ".repeat(columns.size()));
  }

  /** Binds a row's values in the order of the columns, and their seal. */
  void bind(PreparedStatement insert, Object... values) throws SQLException {
    Seal seal = new Seal();
    for (int i = 0; i < values.length; i++) {
      insert.setObject(i + 1, values[i]);
      seal.addValue(values[i]);
    }
    insert.setLong(values.length + 1, seal.value());
  }

  /** Whether a row says what was written. */
  boolean isSealed(ResultSet row) throws SQLException {
    long told = row.getLong("seal");
    return !row.wasNull() && told == seal(row);
  }

  private long seal(ResultSet row) throws SQLException {
    Seal seal = new Seal();
    for (String column : columns) {
      seal.addValue(row.getObject(column));
    }
    return seal.value();
  }

  /** The keys of a row. */
  record Key(List<@Nullable Object> values) {
    @Override
    public String toString() {
      return values.stream().map(String::valueOf).collect(Collectors.joining(" "));
    }
  }

  /** The rows that do not say what was written. */
  List<Key> altered(Connection connection) throws SQLException {
    return keys(connection, true);
  }

  private List<Key> keys(Connection connection, boolean altered) throws SQLException {
    List<Key> found = new ArrayList<>();
    String more = keys.contains("rowid") ? "rowid, " : "";
    try (PreparedStatement select =
            connection.prepareStatement("SELECT " + more + sealedColumns() + " FROM " + name);
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        if (!altered || !isSealed(rows)) {
          List<@Nullable Object> values = new ArrayList<>();
          for (String key : keys) {
            values.add(rows.getObject(key));
          }
          found.add(new Key(values));
        }
      }
    }
    return found;
  }

  /** Forgets a row. */
  void drop(Connection connection, Key key) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM " + name + whereKey())) {
      bind(delete, 1, key);
      delete.executeUpdate();
    }
  }

  private String whereKey() {
    return keys.stream()
        .map(key -> key + " IS ?")
        .collect(Collectors.joining(" AND ", " WHERE ", ""));
  }

  private static void bind(PreparedStatement statement, int first, Key key) throws SQLException {
    for (int i = 0; i < key.values().size(); i++) {
      statement.setObject(first + i, key.values().get(i));
    }
  }

  /** Seals rows that were written before there were seals. */
  void sealAll(Connection connection) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement(
                "SELECT " + sealedColumns() + " FROM " + name + whereKey());
        PreparedStatement update =
            connection.prepareStatement("UPDATE " + name + " SET seal = ?" + whereKey())) {
      for (Key key : keys(connection, false)) {
        bind(select, 1, key);
        try (ResultSet row = select.executeQuery()) {
          if (row.next()) {
            update.setLong(1, seal(row));
            bind(update, 2, key);
            update.executeUpdate();
          }
        }
      }
    }
  }
}
