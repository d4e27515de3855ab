package com.alphaxiii.polygon.store;

import static com.alphaxiii.polygon.store.Samples.AAPL;
import static com.alphaxiii.polygon.store.Samples.days;
import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.BarRequest;
import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.BarsBuilder;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Timeframe;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A reader that shares no code with ours sees the same. */
class DuckDbTest {
  @Test
  void readsTheFolderOfASeriesAsOneTable(@TempDir Path root) throws SQLException {
    TimeRange range = days("2014-01-02", "2014-06-30");
    Bars minutes = Samples.minutes(AAPL, range, 3);
    var clock = new Samples.TestClock("2014-07-03T16:00:00Z");
    try (BarStore store =
        BarStore.open(
            root,
            new ListSource(clock).put(minutes),
            new ListReference(),
            clock,
            Samples.CALENDAR)) {
      store.bars(BarRequest.raw(AAPL, Timeframe.MINUTE_1, range));
      Path folder = root.resolve("parquet/symbols/AAPL/AAPL_1min.parquet");
      assertThat(folder).isDirectory();
      assertThat(read(folder.resolve("*.parquet"), minutes)).isEqualTo(minutes);
    }
  }

  @Test
  void readsEveryShapeOfNumber(@TempDir Path folder) throws Exception {
    Bars bars = PartFileTest.random(42, 140_000);
    Path file = folder.resolve("part.parquet");
    PartFileTest.write(file, bars, PartWriter.CLOSED_LEVEL);
    assertThat(read(file, bars)).isEqualTo(bars);
  }

  @Test
  void seesTheTypesThatAreDocumented(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("part.parquet");
    PartFileTest.write(file, PartFileTest.random(1, 50_000), PartWriter.OPEN_LEVEL);
    assertThat(
            query(
                "SELECT column_name || ' ' || column_type FROM (DESCRIBE SELECT * FROM '"
                    + file
                    + "')"))
        .containsExactly(
            "timestamp TIMESTAMP WITH TIME ZONE",
            "open DOUBLE",
            "high DOUBLE",
            "low DOUBLE",
            "close DOUBLE",
            "volume DOUBLE",
            "vwap DOUBLE",
            "transactions BIGINT");
    assertThat(
            query(
                "SELECT DISTINCT name || ' ' || repetition_type FROM parquet_schema('"
                    + file
                    + "') WHERE type IS NOT NULL"))
        .containsExactlyInAnyOrder(
            "timestamp REQUIRED",
            "open REQUIRED",
            "high REQUIRED",
            "low REQUIRED",
            "close REQUIRED",
            "volume REQUIRED",
            "vwap OPTIONAL",
            "transactions OPTIONAL");
    assertThat(
            query(
                "SELECT DISTINCT path_in_schema || ' ' || encodings || ' ' || compression FROM"
                    + " parquet_metadata('"
                    + file
                    + "')"))
        .contains("open PLAIN, RLE ZSTD", "timestamp RLE, DELTA_BINARY_PACKED ZSTD");
  }

  private static List<String> query(String sql) throws SQLException {
    List<String> found = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    }
    return found;
  }

  private static Bars read(Path files, Bars like) throws SQLException {
    Ticker ticker = like.ticker();
    BarsBuilder bars = Bars.builder(ticker, like.timeframe());
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT epoch_ms(timestamp), open, high, low, close, volume, vwap, transactions"
                    + " FROM read_parquet('"
                    + files
                    + "') ORDER BY timestamp")) {
      while (rows.next()) {
        double vwap = rows.getDouble(7);
        vwap = rows.wasNull() ? Double.NaN : vwap;
        long transactions = rows.getLong(8);
        transactions = rows.wasNull() ? -1 : transactions;
        bars.add(
            rows.getLong(1),
            rows.getDouble(2),
            rows.getDouble(3),
            rows.getDouble(4),
            rows.getDouble(5),
            rows.getDouble(6),
            vwap,
            transactions);
      }
    }
    return bars.build();
  }
}
