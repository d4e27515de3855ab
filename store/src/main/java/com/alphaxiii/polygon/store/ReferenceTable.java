package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.Dividend;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Split;
import com.alphaxiii.polygon.core.Ticker;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Splits and dividends in the catalog, with the time they were read; none is an answer too. */
final class ReferenceTable {
  private static final Logger LOG = LoggerFactory.getLogger(ReferenceTable.class);

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
          },
          (split, seal) ->
              seal.add(split.executionDate().toString()).add(split.from()).add(split.to()));

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
          },
          (dividend, seal) ->
              seal.add(dividend.exDate().toString()).add(dividend.cash()).add(dividend.currency()));

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
      Binding<T> binding,
      BiConsumer<T, Seal> sealing) {}

  /** What was read, and when. */
  record Remembered<T>(List<T> actions, Instant readAt) {}

  private final Database database;

  ReferenceTable(Database database) {
    this.database = database;
  }

  <T> Optional<Remembered<T>> find(Kind<T> kind, Ticker ticker) {
    return database.read(
        connection -> {
          Optional<Remembered<T>> found = remembered(connection, kind, ticker);
          if (found.isPresent() && !isSealed(connection, kind, ticker, found.get())) {
            LOG.warn(
                "the {} of {} in the catalog were altered; they are not believed",
                kind.word(),
                ticker);
            return Optional.empty();
          }
          return found;
        });
  }

  private static <T> Optional<Remembered<T>> remembered(
      Connection connection, Kind<T> kind, Ticker ticker) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT read_at FROM reference_read WHERE symbol = ? AND kind = ?")) {
      select.setString(1, ticker.symbol());
      select.setString(2, kind.word());
      try (ResultSet rows = select.executeQuery()) {
        if (!rows.next()) {
          return Optional.empty();
        }
        Instant readAt = Instant.ofEpochMilli(rows.getLong(1));
        try {
          return Optional.of(new Remembered<>(actions(connection, kind, ticker), readAt));
        } catch (DateTimeException | IllegalArgumentException | PolygonException e) {
          LOG.warn("the {} of {} in the catalog cannot be read", kind.word(), ticker, e);
          return Optional.empty();
        }
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
                      "INSERT OR REPLACE INTO reference_read (symbol, kind, read_at, seal)"
                          + " VALUES (?, ?, ?, ?)")) {
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
            read.setLong(4, seal(kind, ticker, new Remembered<>(actions, readAt)));
            read.executeUpdate();
          }
          return null;
        });
  }

  /** The checksum of all that is known of a ticker's facts of one kind, in their order. */
  private static <T> long seal(Kind<T> kind, Ticker ticker, Remembered<T> known) {
    Seal seal = new Seal().add(ticker.symbol()).add(kind.word()).add(known.readAt().toEpochMilli());
    known.actions().forEach(action -> kind.sealing().accept(action, seal));
    return seal.value();
  }

  private static <T> boolean isSealed(
      Connection connection, Kind<T> kind, Ticker ticker, Remembered<T> known) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT seal FROM reference_read WHERE symbol = ? AND kind = ?")) {
      select.setString(1, ticker.symbol());
      select.setString(2, kind.word());
      try (ResultSet rows = select.executeQuery()) {
        return rows.next() && rows.getLong(1) == seal(kind, ticker, known);
      }
    }
  }

  /** Facts of one kind of one ticker. */
  record Subject(String kind, String symbol) {
    @Override
    public String toString() {
      return kind + " of " + symbol;
    }
  }

  /** What is not as it was written. */
  List<Subject> unsealed() {
    return database.read(
        connection -> {
          List<Subject> all = new ArrayList<>();
          for (Kind<?> kind : List.of(SPLITS, DIVIDENDS)) {
            for (String symbol : symbols(connection, kind)) {
              if (!isSound(connection, kind, symbol)) {
                all.add(new Subject(kind.word(), symbol));
              }
            }
          }
          return all;
        });
  }

  private static <T> boolean isSound(Connection connection, Kind<T> kind, String symbol)
      throws SQLException {
    try {
      Ticker ticker = Ticker.of(symbol);
      Optional<Remembered<T>> known = remembered(connection, kind, ticker);
      return known.isPresent() && isSealed(connection, kind, ticker, known.get());
    } catch (PolygonException e) {
      return false;
    }
  }

  /** Forgets facts. */
  void drop(Subject subject) {
    database.write(
        connection -> {
          try (PreparedStatement forget =
                  connection.prepareStatement(
                      "DELETE FROM reference_read WHERE kind = ? AND symbol = ?");
              Statement sweep = connection.createStatement()) {
            forget.setString(1, subject.kind());
            forget.setString(2, subject.symbol());
            forget.executeUpdate();
            sweep.executeUpdate(SPLITS.sweep());
            sweep.executeUpdate(DIVIDENDS.sweep());
          }
          return null;
        });
  }

  /** Seals what was read before there were seals. */
  static void sealAll(Connection connection) throws SQLException {
    for (Kind<?> kind : List.of(SPLITS, DIVIDENDS)) {
      for (String symbol : symbols(connection, kind)) {
        seal(connection, kind, symbol);
      }
    }
  }

  private static <T> void seal(Connection connection, Kind<T> kind, String symbol)
      throws SQLException {
    Ticker ticker = Ticker.of(symbol);
    Optional<Remembered<T>> known = remembered(connection, kind, ticker);
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE reference_read SET seal = ? WHERE symbol = ? AND kind = ?")) {
      if (known.isPresent()) {
        update.setLong(1, seal(kind, ticker, known.get()));
        update.setString(2, symbol);
        update.setString(3, kind.word());
        update.executeUpdate();
      }
    }
  }

  private static List<String> symbols(Connection connection, Kind<?> kind) throws SQLException {
    List<String> symbols = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement("SELECT symbol FROM reference_read WHERE kind = ?")) {
      select.setString(1, kind.word());
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          symbols.add(rows.getString(1));
        }
      }
    }
    return symbols;
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
