package com.alphaxiii.polygon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.PolygonConfig;
import com.alphaxiii.polygon.PolygonDataManager;
import com.alphaxiii.polygon.core.Cursor;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.NanoClock;
import com.alphaxiii.polygon.core.TickerEvent;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.simulator.Scenario;
import com.alphaxiii.polygon.simulator.Simulator;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A recorded day of ticks goes from the vendor into files; another program compares every row of
 * them with the recording.
 */
class RecordedTicksTest {
  private static final InstantSource CLOCK = () -> Instant.parse("2013-10-09T16:00:00Z");
  private static final LocalDate DAY = LocalDate.parse("2013-10-08");
  private static final TimeRange RANGE = TimeRange.ofDays(DAY, DAY, Market.NEW_YORK);

  @TempDir Path folder;
  private Path recorded;
  private Simulator simulator;
  private PolygonDataManager manager;

  @BeforeEach
  void open() {
    recorded = MarketDataFolder.orSkip().root();
    simulator = Simulator.start(Scenario.builder().data(recorded).clock(CLOCK).build());
    manager =
        PolygonDataManager.open(
            PolygonConfig.builder()
                .apiKey("key-of-the-test")
                .baseUrl(simulator.baseUrl())
                .cacheDir(folder)
                .build(),
            CLOCK,
            NanoClock.system());
  }

  @AfterEach
  void close() {
    if (manager != null) {
      manager.close();
      simulator.close();
    }
  }

  @Test
  void everyTradeIsThereInItsOrder() throws SQLException {
    assertThat(count(manager.trades("BAC", RANGE))).isEqualTo(125_872);
    long asked = simulator.requests().total();
    assertThat(asked).as("pages of 50,000").isEqualTo(3);
    assertThat(count(manager.trades("BAC", RANGE))).isEqualTo(125_872);
    assertThat(simulator.requests().total()).isEqualTo(asked);
    compare(
        "BAC",
        "trades",
        125_872,
        "epoch_ns(sip_timestamp), price, size, exchange, sequence_number, id,"
            + " epoch_ns(participant_timestamp), tape, trf_id, correction",
        "sip_timestamp, price, size, exchange, sequence_number, id, participant_timestamp, tape,"
            + " trf_id, correction");
  }

  @Test
  void everyQuoteIsThereInItsOrder() throws SQLException {
    assertThat(count(manager.quotes("AIG", RANGE))).isEqualTo(18_974);
    long asked = simulator.requests().total();
    assertThat(count(manager.quotes("AIG", RANGE))).isEqualTo(18_974);
    assertThat(simulator.requests().total()).isEqualTo(asked);
    compare(
        "AIG",
        "quotes",
        18_974,
        "epoch_ns(sip_timestamp), bid_price, bid_size, bid_exchange, ask_price, ask_size,"
            + " ask_exchange, sequence_number, epoch_ns(participant_timestamp), tape",
        "sip_timestamp, bid_price, bid_size, bid_exchange, ask_price, ask_size, ask_exchange,"
            + " sequence_number, participant_timestamp, tape");
  }

  private static long count(Cursor<? extends TickerEvent> ticks) {
    long count = 0;
    while (ticks.hasNext()) {
      ticks.next();
      count++;
    }
    return count;
  }

  /** Numbers the rows of both, and counts those that are the same in all columns. */
  private void compare(String symbol, String kind, long rows, String ours, String theirs)
      throws SQLException {
    String file = "%s/parquet/symbols/%s/%2$s_%s.parquet/*.parquet".formatted(folder, symbol, kind);
    String recording =
        "%s/flatfiles/us_stocks_sip/%s_v1/2013/10/2013-10-08.csv.gz".formatted(recorded, kind);
    String sql =
        """
        SELECT count(*) FROM (
          SELECT row_number() OVER (), %s FROM (FROM read_parquet('%s', file_row_number = true)
            ORDER BY file_row_number)
          INTERSECT
          SELECT row_number() OVER (), %s FROM (
            FROM read_csv('%s', types = {'id': 'VARCHAR'}) WHERE ticker = '%s'
            ORDER BY sip_timestamp, sequence_number))\
        """
            .formatted(ours, file, theirs, recording, symbol);
    if (kind.equals("quotes")) {
      sql = sql.replace(", types = {'id': 'VARCHAR'}", "");
    }
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      assertThat(row.getLong(1)).isEqualTo(rows);
    }
  }
}
