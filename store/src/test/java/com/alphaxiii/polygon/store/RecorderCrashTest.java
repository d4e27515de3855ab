package com.alphaxiii.polygon.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.Channel;
import com.alphaxiii.polygon.core.NanoClock;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.Topic;
import com.alphaxiii.polygon.core.Trade;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that records is killed again and again, sometimes while it makes files. */
class RecorderCrashTest {
  private static final int KILLS = 4;
  private static final int ROUND = 20_000;
  private static final int SEGMENT_BYTES = 1 << 18;
  private static final List<Ticker> TICKERS = List.of(Ticker.of("SPY"), Ticker.of("AIG"));
  private static final Set<Topic> TOPICS = Set.of(Topic.parse("T.SPY"), Topic.parse("T.AIG"));
  private static final LocalDate DAY = LocalDate.parse("2013-10-08");

  /** Tells how many events the operating system certainly has, as long as it lives. */
  static final class Victim {
    public static void main(String[] args) throws InterruptedException {
      Recorder recorder =
          Recorder.start(
              Path.of(args[0]),
              TOPICS,
              InstantSource.system(),
              NanoClock.system(),
              1 << 17,
              SEGMENT_BYTES);
      for (long number = 0; true; number++) {
        recorder.accept(AnyEvents.trade(TICKERS.get((int) (number % 2)), number % 20_000_000));
        if (number % ROUND == ROUND - 1) {
          while (recorder.status().recorded() + recorder.status().dropped() <= number) {
            TimeUnit.MILLISECONDS.sleep(1);
          }
          // Of the last round some may still be in this process.
          System.out.println(number + 1 - ROUND);
        }
      }
    }
  }

  @Test
  @Timeout(120)
  void whatWasRecordedUntilShortlyBeforeIsThereWholeAndInOrder(@TempDir Path folder)
      throws Exception {
    Random random = new Random(20131008);
    long certain = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      Process victim =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx256m",
                  "-XX:TieredStopAtLevel=1",
                  "--enable-native-access=ALL-UNNAMED",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Victim.class.getName(),
                  folder.toString())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try (BufferedReader out = victim.inputReader()) {
        long told = 0;
        for (int round = 2 + random.nextInt(3); round > 0; round--) {
          told = Long.parseLong(out.readLine());
        }
        certain += told;
        assertThat(victim.waitFor(random.nextInt(200), TimeUnit.MILLISECONDS)).isFalse();
      } finally {
        victim.destroyForcibly();
        assertThat(victim.waitFor(20, TimeUnit.SECONDS)).isTrue();
      }
    }
    Recorder.start(folder, TOPICS, InstantSource.system(), NanoClock.system()).close();
    List<Trade> read = read(folder);
    assertThat(read.size()).isGreaterThanOrEqualTo((int) certain);
    assertThat(RecordingLayout.names(folder.resolve("journal"))).isEmpty();
    assertThat(RecordingLayout.names(folder.resolve(".tmp"))).isEmpty();
    try (RecordingFolder recording = new RecordingFolder(folder)) {
      List<RecordedStretch> killed =
          recording.coverage().stream().filter(s -> s.end().contains("killed")).toList();
      assertThat(killed.stream().map(RecordedStretch::session).distinct()).hasSize(KILLS);
      assertThat(killed.stream().mapToLong(RecordedStretch::events).sum())
          .isLessThanOrEqualTo(read.size());
    }
    assertDuckDbSeesTheSame(folder, read);
  }

  /** Everything in the order of arrival, which in each session is that of the numbers. */
  private static List<Trade> read(Path folder) {
    List<Recorded<?>> all = new ArrayList<>();
    try (RecordingFolder recording = new RecordingFolder(folder)) {
      for (Ticker ticker : TICKERS) {
        recording.events(ticker, Channel.TRADES, DAY, Long.MIN_VALUE).forEachRemaining(all::add);
      }
    }
    all.sort(
        java.util.Comparator.comparing((Recorded<?> seen) -> seen.session())
            .thenComparing(Recorded::arrival));
    String session = "";
    long number = 0;
    List<Trade> trades = new ArrayList<>();
    for (Recorded<?> seen : all) {
      number = seen.session().equals(session) ? number : 0;
      session = seen.session();
      assertThat((Object) seen.event())
          .isEqualTo(AnyEvents.trade(TICKERS.get((int) (number % 2)), number));
      number++;
      trades.add((Trade) seen.event());
    }
    return trades;
  }

  private static void assertDuckDbSeesTheSame(Path folder, List<Trade> read) throws Exception {
    for (Ticker ticker : TICKERS) {
      Path table = new RecordingLayout(folder).folder(ticker, RecordedKind.TRADES);
      assertThat(DuckTicks.trades(table, ticker))
          .isEqualTo(read.stream().filter(trade -> trade.ticker().equals(ticker)).toList());
    }
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT count(*), count(DISTINCT epoch_ns(received_timestamp)) > 1, max(arrival) FROM read_parquet('%s/symbols/*/*_trades.parquet/*.parquet')"
                    .formatted(folder))) {
      assertThat(row.next()).isTrue();
      assertThat(row.getLong(1)).isEqualTo(read.size());
      assertThat(row.getBoolean(2)).isTrue();
      assertThat(row.getLong(3)).isPositive();
    }
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT sum(events) FROM read_parquet('%s/coverage/*.parquet') WHERE kind = 'recorded'"
                    .formatted(folder))) {
      assertThat(row.next()).isTrue();
      assertThat(row.getLong(1)).isEqualTo(read.size());
    }
  }
}
