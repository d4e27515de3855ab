package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.Cleared;
import com.alphaxiii.polygon.core.StorageStatistics;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.Timeframe;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Counting and clearing. */
final class Maintenance {
  /** Later than anything was ever written. */
  private static final Instant ANY_TIME = Instant.ofEpochMilli(Long.MAX_VALUE);

  private final Database database;
  private final Catalog catalog;
  private final ReferenceTable reference;
  private final DocumentTable documents;
  private final PartStore parts;
  private final TickFiles ticks;

  Maintenance(
      Database database,
      Catalog catalog,
      ReferenceTable reference,
      DocumentTable documents,
      PartStore parts,
      TickFiles ticks) {
    this.database = database;
    this.catalog = catalog;
    this.reference = reference;
    this.documents = documents;
    this.parts = parts;
    this.ticks = ticks;
  }

  StorageStatistics statistics() {
    return database.read(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            Map<Timeframe, Long> rowsOf = rowsOf(statement);
            StorageStatistics.Ticks ticks = ticks(statement);
            try (ResultSet row =
                statement.executeQuery(
                    """
                    SELECT count(DISTINCT symbol) FILTER (WHERE row_count > 0),
                      count(*) FILTER (WHERE bytes > 0), total(row_count), total(bytes),
                      min(first_start), max(last_start) FROM part\
                    """)) {
              row.next();
              return new StorageStatistics(
                  row.getLong(1),
                  row.getLong(2),
                  row.getLong(3),
                  row.getLong(4),
                  instant(row, 5),
                  instant(row, 6),
                  rowsOf,
                  ticks);
            }
          }
        });
  }

  private static Map<Timeframe, Long> rowsOf(Statement statement) throws SQLException {
    Map<Timeframe, Long> rowsOf = new HashMap<>();
    for (Timeframe base : List.of(Timeframe.SECOND_1, Timeframe.MINUTE_1, Timeframe.DAY_1)) {
      rowsOf.put(base, 0L);
    }
    try (ResultSet rows =
        statement.executeQuery("SELECT base, sum(row_count) FROM part GROUP BY base")) {
      while (rows.next()) {
        rowsOf.put(Timeframe.parse(rows.getString(1)), rows.getLong(2));
      }
    }
    return rowsOf;
  }

  private static StorageStatistics.Ticks ticks(Statement statement) throws SQLException {
    try (ResultSet row =
        statement.executeQuery(
            """
            SELECT count(DISTINCT symbol), count(*), total(row_count), total(bytes)
            FROM tick_day WHERE state = 'stored' AND row_count > 0\
            """)) {
      row.next();
      return new StorageStatistics.Ticks(
          row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4));
    }
  }

  private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }

  Cleared clear(Optional<Ticker> ticker, OptionalInt olderThanDays, Instant now) {
    Instant limit =
        olderThanDays.isPresent() ? now.minus(Duration.ofDays(olderThanDays.getAsInt())) : ANY_TIME;
    reference.forget(ticker, limit);
    if (ticker.isEmpty()) {
      documents.forget(limit);
    }
    PartStore.Removed removed = parts.clear(() -> catalog.writtenBefore(ticker, limit));
    TickFiles.Removed removedTicks = ticks.clear(ticker, limit);
    Set<Ticker> symbols = new HashSet<>();
    removed.keys().forEach(key -> symbols.add(key.series().ticker()));
    removedTicks.days().forEach(day -> symbols.add(day.ticker()));
    return new Cleared(
        symbols.size(),
        removed.files() + removedTicks.files(),
        removed.bytes() + removedTicks.bytes());
  }
}
