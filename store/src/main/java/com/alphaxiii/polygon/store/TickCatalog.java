package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Ticker;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which days of ticks there are and how their files look. */
final class TickCatalog {
  private static final String WHERE_DAY = " WHERE symbol = ? AND kind = ? AND day = ?";

  /** What is to be done with a day's file. */
  enum State {
    /** It counts. */
    STORED,
    /** It is being renamed into place, or a crash left it so: right if it looks as announced. */
    ANNOUNCED,
    /** It is to be removed. */
    REMOVING
  }

  /**
   * A day of the catalog.
   *
   * @param rows 0 = the day has no ticks, and no file
   * @param writtenAt when it was asked for
   */
  record Entry(TickDay day, State state, long rows, Fingerprint look, Instant writtenAt) {}

  private final Database database;

  TickCatalog(Database database) {
    this.database = database;
  }

  /** A row's key as it stands there. */
  record Words(String symbol, String kind, String day) {
    Optional<TickDay> names() {
      try {
        return Optional.of(new TickDay(Ticker.of(symbol), kind, LocalDate.parse(day)));
      } catch (PolygonException.InvalidRequest | DateTimeException e) {
        return Optional.empty();
      }
    }

    @Override
    public String toString() {
      return symbol + " " + kind + " " + day;
    }
  }

  /** All days. */
  List<Entry> all() {
    return database.read(
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(select(""))) {
            return entries(select);
          }
        });
  }

  /** Rows that name no day; all else passes them over. */
  List<Words> unreadable() {
    return database.read(
        connection -> {
          List<Words> unreadable = new ArrayList<>();
          try (PreparedStatement select = connection.prepareStatement(select(""));
              ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
              Words words = words(rows);
              if (words.names().isEmpty() && SealedTable.TICK_DAYS.isSealed(rows)) {
                unreadable.add(words);
              }
            }
          }
          return unreadable;
        });
  }

  /** Forgets a row. */
  void drop(Words words) {
    database.write(
        connection -> {
          try (PreparedStatement delete =
              connection.prepareStatement("DELETE FROM tick_day" + WHERE_DAY)) {
            delete.setString(1, words.symbol());
            delete.setString(2, words.kind());
            delete.setString(3, words.day());
            delete.executeUpdate();
          }
          return null;
        });
  }

  private static Words words(ResultSet row) throws SQLException {
    return new Words(row.getString(1), row.getString(2), row.getString(3));
  }

  Optional<Entry> find(TickDay day) {
    return database.read(
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(select(WHERE_DAY))) {
            bind(select, day);
            return entries(select).stream().findFirst();
          }
        });
  }

  /** Days whose files a crash may have left in between. */
  List<Entry> unfinished() {
    return database.read(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(select(" WHERE state <> 'stored'"))) {
            return entries(select);
          }
        });
  }

  /** Days of one ticker, or of all, that were written before an instant. */
  List<Entry> writtenBefore(Optional<Ticker> ticker, Instant limit) {
    return database.read(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  select(" WHERE written_at < ?1 AND (?2 IS NULL OR symbol = ?2)"))) {
            select.setLong(1, limit.toEpochMilli());
            select.setString(2, ticker.map(Ticker::symbol).orElse(null));
            return entries(select);
          }
        });
  }

  /** Days with files of one symbol-year. */
  List<Entry> files(SymbolYear year) {
    return database.read(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  select(" WHERE symbol = ? AND bytes > 0 AND substr(day, 1, 4) = ?"))) {
            select.setString(1, year.symbol());
            select.setString(2, year.year());
            return entries(select);
          }
        });
  }

  private static String select(String where) {
    return "SELECT " + SealedTable.TICK_DAYS.sealedColumns() + ", state FROM tick_day" + where;
  }

  private static List<Entry> entries(PreparedStatement select) throws SQLException {
    List<Entry> entries = new ArrayList<>();
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        Optional<TickDay> day = words(rows).names();
        if (day.isPresent() && SealedTable.TICK_DAYS.isSealed(rows)) {
          entries.add(entry(day.get(), rows));
        }
      }
    }
    return entries;
  }

  private static Entry entry(TickDay day, ResultSet row) throws SQLException {
    return new Entry(
        day,
        switch (row.getString("state")) {
          case "stored" -> State.STORED;
          case "announced" -> State.ANNOUNCED;
          default -> State.REMOVING;
        },
        row.getLong("row_count"),
        new Fingerprint(row.getLong("bytes"), row.getLong("checksum")),
        Instant.ofEpochMilli(row.getLong("written_at")));
  }

  /** Writes days, in place of what was known of them. */
  void put(Collection<Entry> entries) {
    database.write(
        connection -> {
          SealedTable table = SealedTable.TICK_DAYS;
          try (PreparedStatement insert =
              connection.prepareStatement(
                  """
                  INSERT OR REPLACE INTO tick_day (symbol, kind, day, row_count, bytes, checksum,
                    written_at, seal, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)\
                  """)) {
            for (Entry entry : entries) {
              table.bind(
                  insert,
                  entry.day().ticker().symbol(),
                  entry.day().kind(),
                  entry.day().day().toString(),
                  entry.rows(),
                  entry.look().bytes(),
                  entry.look().checksum(),
                  entry.writtenAt().toEpochMilli());
              insert.setString(9, word(entry.state()));
              insert.addBatch();
            }
            insert.executeBatch();
          }
          return null;
        });
  }

  /** Says what is to be done with the files of days. */
  void mark(Collection<TickDay> days, State state) {
    database.write(
        connection -> each(connection, "UPDATE tick_day SET state = '" + word(state) + "'", days));
  }

  /** Forgets days. */
  void forget(Collection<TickDay> days) {
    database.write(connection -> each(connection, "DELETE FROM tick_day", days));
  }

  private static @Nullable Void each(Connection connection, String sql, Collection<TickDay> days)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql + WHERE_DAY)) {
      for (TickDay day : days) {
        bind(statement, day);
        statement.addBatch();
      }
      statement.executeBatch();
    }
    return null;
  }

  private static String word(State state) {
    return switch (state) {
      case STORED -> "stored";
      case ANNOUNCED -> "announced";
      case REMOVING -> "removing";
    };
  }

  private static void bind(PreparedStatement statement, TickDay day) throws SQLException {
    statement.setString(1, day.ticker().symbol());
    statement.setString(2, day.kind());
    statement.setString(3, day.day().toString());
  }
}
