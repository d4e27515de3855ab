package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.Conditions;
import com.alphaxiii.polygon.core.Quote;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.Trade;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Ticks of a folder of day files as a reader that shares no code with ours sees them. */
final class DuckTicks {
  private DuckTicks() {}

  private interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  private static <T> List<T> read(String columns, Path folder, Row<T> reading) throws SQLException {
    List<T> found = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT %s FROM read_parquet('%s/*.parquet', file_row_number = true, filename = true) ORDER BY filename, file_row_number"
                    .formatted(columns, folder))) {
      while (rows.next()) {
        found.add(reading.read(rows));
      }
    }
    return found;
  }

  static List<Trade> trades(Path folder, Ticker ticker) throws SQLException {
    return read(
        "price, size, array_to_string(conditions, ','), epoch_ns(sip_timestamp),"
            + " coalesce(epoch_ns(participant_timestamp), 0), exchange, coalesce(id, ''), tape,"
            + " sequence_number, trf_id, coalesce(epoch_ns(trf_timestamp), 0), correction",
        folder,
        row ->
            new Trade(
                ticker,
                row.getDouble(1),
                row.getDouble(2),
                conditions(row.getString(3)),
                row.getLong(4),
                row.getLong(5),
                row.getInt(6),
                row.getString(7),
                row.getInt(8),
                row.getLong(9),
                row.getInt(10),
                row.getLong(11),
                row.getInt(12)));
  }

  static List<Quote> quotes(Path folder, Ticker ticker) throws SQLException {
    return read(
        "bid_exchange, bid_price, bid_size, ask_exchange, ask_price, ask_size,"
            + " array_to_string(conditions, ','), array_to_string(indicators, ','),"
            + " epoch_ns(sip_timestamp), coalesce(epoch_ns(participant_timestamp), 0), tape,"
            + " sequence_number, coalesce(epoch_ns(trf_timestamp), 0)",
        folder,
        row ->
            new Quote(
                ticker,
                row.getInt(1),
                row.getDouble(2),
                row.getDouble(3),
                row.getInt(4),
                row.getDouble(5),
                row.getDouble(6),
                conditions(row.getString(7)),
                conditions(row.getString(8)),
                row.getLong(9),
                row.getLong(10),
                row.getInt(11),
                row.getLong(12),
                row.getLong(13)));
  }

  private static Conditions conditions(String text) {
    return text.isEmpty()
        ? Conditions.NONE
        : Conditions.of(Arrays.stream(text.split(",")).mapToInt(Integer::parseInt).toArray());
  }
}
