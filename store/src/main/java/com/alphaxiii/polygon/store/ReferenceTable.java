package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.Dividend;
import com.alphaxiii.polygon.core.Split;
import com.alphaxiii.polygon.core.Ticker;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Splits and dividends in the catalog, with the time they were read; none is an answer too. */
final class ReferenceTable {
  static final Kind<Split> SPLITS =
      new Kind<>(
          "splits",
          "SELECT execution_date, split_from, split_to FROM split WHERE symbol = ? ORDER BY rowid",
          "DELETE FROM split WHERE symbol = ?",
          "INSERT INTO split (symbol, execution_date, split_from, split_to) VALUES (?, ?, ?, ?)",
          "DELETE FROM split WHERE symbol NOT IN (SELECT symbol FROM reference_read WHERE kind ="
              + " 'splits')",
          (ticker, row) ->
              new Split(
                  ticker, LocalDate.parse(row.getString(1)), row.getDouble(2), row.getDouble(3)),
          (split, row) -> {
            row.setString(2, split.executionDate().toString());
            row.setDouble(3, split.from());
            row.setDouble(4, split.to());
          });

  static final Kind<Dividend> DIVIDENDS =
      new Kind<>(
          "dividends",
          "SELECT ex_date, cash, currency FROM dividend WHERE symbol = ? ORDER BY rowid",
          "DELETE FROM dividend WHERE symbol = ?",
          "INSERT INTO dividend (symbol, ex_date, cash, currency) VALUES (?, ?, ?, ?)",
          "DELETE FROM dividend WHERE symbol NOT IN (SELECT symbol FROM reference_read WHERE kind ="
              + " 'dividends')",
          (ticker, row) ->
              new Dividend(
                  ticker, LocalDate.parse(row.getString(1)), row.getDouble(2), row.getString(3)),
          (dividend, row) -> {
            row.setString(2, dividend.exDate().toString());
            row.setDouble(3, dividend.cash());
            row.setString(4, dividend.currency());
          });

  private interface Reading<T> {
    T read(Ticker ticker, ResultSet row) throws SQLException;
  }

  private interface Binding<T> {
    void bind(T action, PreparedStatement row) throws SQLException;
  }

  /** How one kind of fact is kept. */
  record Kind<T>(
      String word,
      String select,
      String delete,
      String insert,
      String sweep,
      Reading<T> reading,
      Binding<T> binding) {}

  /** What was read, and when. */
  record Remembered<T>(List<T> actions, Instant readAt) {}

  private final Database database;

  ReferenceTable(Database database) {
    this.database = database;
  }

  <T> Optional<Remembered<T>> find(Kind<T> kind, Ticker ticker) {
    return database.read(
        connection -> {
          Optional<Instant> readAt = readAt(connection, kind, ticker);
          return readAt.isEmpty()
              ? Optional.empty()
              : Optional.of(new Remembered<>(actions(connection, kind, ticker), readAt.get()));
        });
  }

  private static Optional<Instant> readAt(Connection connection, Kind<?> kind, Ticker ticker)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT read_at FROM reference_read WHERE symbol = ? AND kind = ?")) {
      select.setString(1, ticker.symbol());
      select.setString(2, kind.word());
      try (ResultSet rows = select.executeQuery()) {
        return rows.next() ? Optional.of(Instant.ofEpochMilli(rows.getLong(1))) : Optional.empty();
      }
    }
  }

  private static <T> List<T> actions(Connection connection, Kind<T> kind, Ticker ticker)
      throws SQLException {
    List<T> actions = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(kind.select())) {
      select.setString(1, ticker.symbol());
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          actions.add(kind.reading().read(ticker, rows));
        }
      }
    }
    return actions;
  }

  <T> void replace(Kind<T> kind, Ticker ticker, List<T> actions, Instant readAt) {
    database.write(
        connection -> {
          try (PreparedStatement delete = connection.prepareStatement(kind.delete());
              PreparedStatement insert = connection.prepareStatement(kind.insert());
              PreparedStatement read =
                  connection.prepareStatement(
                      "INSERT OR REPLACE INTO reference_read VALUES (?, ?, ?)")) {
            delete.setString(1, ticker.symbol());
            delete.executeUpdate();
            for (T action : actions) {
              insert.setString(1, ticker.symbol());
              kind.binding().bind(action, insert);
              insert.executeUpdate();
            }
            read.setString(1, ticker.symbol());
            read.setString(2, kind.word());
            read.setLong(3, readAt.toEpochMilli());
            read.executeUpdate();
          }
          return null;
        });
  }

  /** Forgets what was read before an instant, of one ticker or of all. */
  void forget(Optional<Ticker> ticker, Instant limit) {
    database.write(
        connection -> {
          for (Kind<?> kind : List.of(SPLITS, DIVIDENDS)) {
            try (PreparedStatement forget =
                connection.prepareStatement(
                    "DELETE FROM reference_read WHERE kind = ?1 AND read_at < ?2 AND (?3 IS NULL OR"
                        + " symbol = ?3)")) {
              forget.setString(1, kind.word());
              forget.setLong(2, limit.toEpochMilli());
              forget.setString(3, ticker.map(Ticker::symbol).orElse(null));
              forget.executeUpdate();
            }
            try (Statement sweep = connection.createStatement()) {
              sweep.executeUpdate(kind.sweep());
            }
          }
          return null;
        });
  }
}
