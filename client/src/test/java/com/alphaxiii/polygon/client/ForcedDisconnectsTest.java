package com.alphaxiii.polygon.client;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.alphaxiii.polygon.core.Channel;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.Topic;
import com.alphaxiii.polygon.simulator.Replay;
import com.alphaxiii.polygon.simulator.Scenario;
import com.alphaxiii.polygon.simulator.Simulator;
import com.alphaxiii.polygon.simulator.StreamFault;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/**
 * Connections cut again and again while events flow: afterwards what was delivered and what lies in
 * the gaps told make up the tape, in order and nothing twice.
 */
@Timeout(120)
class ForcedDisconnectsTest {
  private static final LocalDate DAY = LocalDate.of(2013, 10, 8);
  private static final String TRADES =
      "flatfiles/us_stocks_sip/trades_v1/2013/10/2013-10-08.csv.gz";
  private static final String QUOTES =
      "flatfiles/us_stocks_sip/quotes_v1/2013/10/2013-10-08.csv.gz";
  private static final int LEAD = 2_000;

  private static final Logger FEED_LOG = (Logger) LoggerFactory.getLogger(FeedLoop.class);

  private final Random random = new Random(20131008);

  @BeforeAll
  static void thousandsOfWarningsTellNothing() {
    FEED_LOG.setLevel(Level.ERROR);
  }

  @AfterAll
  static void warnAgain() {
    FEED_LOG.setLevel(null);
  }

  @Test
  void aThousandCutsOfARecordedDayLoseNothingUntold() throws Exception {
    Path folder = dataOrSkip();
    Map<Topic, Ledger.Column> tape = new HashMap<>();
    read(tape, folder.resolve(TRADES), Channel.TRADES, 7, 8);
    read(tape, folder.resolve(QUOTES), Channel.QUOTES, 10, 11);
    long events = tape.values().stream().mapToLong(Ledger.Column::size).sum();
    assertThat(events).isGreaterThan(600_000);
    List<Ledger> ledgers = ledgers(tape, "SPY", "BAC", "IBM");
    Scenario scenario =
        Scenario.builder()
            .port(0)
            .data(folder)
            .live(Replay.recorded(DAY, 1e12).startedByHand())
            .build();
    try (Simulator simulator = Simulator.start(scenario);
        StreamClient client = connect(simulator, ledgers)) {
      simulator.stream().script(cuts(1_000, events));
      List<String> topics = simulator.stream().topics();
      simulator.stream().startReplay();
      simulator.stream().replayDone().get(100, TimeUnit.SECONDS);
      finish(client, simulator, topics, 1_000);
    }
    assertAccounts(tape, ledgers, 1_000);
  }

  @Test
  void fiftyCutsOfAPublishedTapeLoseNothingUntold() throws Exception {
    List<String> events = new ArrayList<>();
    Map<Topic, Ledger.Column> tape = new HashMap<>();
    long time = 1_710_340_200_000L;
    String[] symbols = {"SPY", "BAC", "IBM", "AIG"};
    for (int i = 1; i <= 12_000; i++) {
      time += random.nextInt(3);
      String symbol = symbols[random.nextInt(symbols.length)];
      boolean trade = random.nextInt(3) > 0;
      events.add(
          trade
              ? StreamTestCase.tradeEvent(symbol, i, time)
              : "{\"ev\":\"Q\",\"sym\":\"%s\",\"bp\":1,\"ap\":2,\"t\":%d,\"q\":%d}"
                  .formatted(symbol, time, i));
      Topic topic = new Topic(trade ? Channel.TRADES : Channel.QUOTES, symbol);
      tape.computeIfAbsent(topic, added -> new Ledger.Column()).add(i, time);
    }
    List<Ledger> ledgers = ledgers(tape, "SPY", "BAC", "IBM");
    try (Simulator simulator = Simulator.start(Scenario.builder().port(0).build());
        StreamClient client = connect(simulator, ledgers)) {
      simulator.stream().script(cuts(50, events.size()));
      List<String> topics = simulator.stream().topics();
      for (int i = 0; i < events.size(); i += 100) {
        simulator.stream().publish(events.subList(i, i + 100));
      }
      finish(client, simulator, topics, 50);
    }
    assertAccounts(tape, ledgers, 50);
  }

  /**
   * Spread over the tape so that each finds a connection that has delivered something. Some
   * connections stall before they break.
   */
  private List<StreamFault> cuts(int count, long events) {
    long apart = (events - LEAD) / count;
    List<StreamFault> cuts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long after = LEAD + i * apart + random.nextLong(apart / 4);
      StreamFault cut =
          switch (random.nextInt(4)) {
            case 0 -> StreamFault.drop(after);
            case 1 -> StreamFault.dropInFrame(after);
            case 2 -> StreamFault.close(after, 1001);
            default -> StreamFault.close(after, 1011);
          };
      long quiet = random.nextInt(4) == 0 ? random.nextLong(apart / 4) : 0;
      cuts.add(cut.quietBefore(quiet).waitingAfter(random.nextLong(apart / 4)));
    }
    return cuts;
  }

  private static List<Ledger> ledgers(
      Map<Topic, Ledger.Column> tape, String a, String b, String c) {
    Set<Topic> columns = Set.copyOf(tape.keySet());
    return List.of(
        new Ledger(StreamTestCase.topics("T.*,Q.*"), columns),
        new Ledger(StreamTestCase.topics("T." + a + ",Q." + b), columns),
        new Ledger(StreamTestCase.topics("T." + b + ",T." + c + ",Q." + c + ",AM." + a), columns),
        new Ledger(StreamTestCase.topics("Q.*,T." + a), columns));
  }

  private static StreamClient connect(Simulator simulator, List<Ledger> ledgers)
      throws InterruptedException {
    StreamClient client =
        StreamTestCase.open(
            simulator.streamUrl(),
            config -> config.backoff(Duration.ofMillis(1), Duration.ofMillis(2)));
    ledgers.forEach(ledger -> client.subscribe(ledger.topics(), ledger));
    client.awaitConnected(Duration.ofSeconds(20));
    return client;
  }

  private static void finish(
      StreamClient client, Simulator simulator, List<String> topics, int cuts) throws Exception {
    Await.until("all are back", () -> simulator.stream().topics().equals(topics));
    client.awaitConnected(Duration.ofSeconds(20));
    // A last event of each channel ends what gaps are untold, and shows that all before has come.
    Recorder last = new Recorder();
    client.subscribe(StreamTestCase.topics("LULD.END"), last);
    client.awaitConnected(Duration.ofSeconds(20));
    simulator.stream()
        .publish("{\"ev\":\"LULD\",\"T\":\"END\",\"h\":2,\"l\":1,\"t\":1710340200000,\"q\":1}");
    while (!last.next().toString().contains("END")) {
      // Status of the connection.
    }
    assertThat(client.statistics().reconnects()).isEqualTo(cuts);
    assertThat(client.statistics().malformed()).isZero();
    assertThat(client.statistics().sinkFailures()).isZero();
  }

  private static void assertAccounts(
      Map<Topic, Ledger.Column> tape, List<Ledger> ledgers, int cuts) {
    for (Ledger ledger : ledgers) {
      assertThat(ledger.assertAccountsFor(tape)).as("lost").isPositive();
      // One gap a channel and cut; fewer where a channel was silent between two cuts.
      int channels = (int) ledger.topics().stream().map(Topic::channel).distinct().count();
      assertThat(ledger.gaps()).isBetween(cuts, cuts * channels);
    }
  }

  private static void read(
      Map<Topic, Ledger.Column> tape, Path file, Channel channel, int sequence, int sipTime)
      throws Exception {
    try (BufferedReader rows =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file), 1 << 16),
                StandardCharsets.US_ASCII))) {
      rows.readLine();
      for (String row = rows.readLine(); row != null; row = rows.readLine()) {
        String[] fields = row.split(",", -1);
        tape.computeIfAbsent(Topic.of(channel, Ticker.of(fields[0])), t -> new Ledger.Column())
            .add(Long.parseLong(fields[sequence]), Long.parseLong(fields[sipTime]) / 1_000_000);
      }
    }
  }

  private static Path dataOrSkip() {
    Path beside =
        Path.of(System.getProperty("polygon.root", "."), "../shared/market-data").normalize();
    String configured = System.getenv("POLYGON_MARKET_DATA");
    for (Path folder : configured == null ? Set.of(beside) : Set.of(Path.of(configured), beside)) {
      if (Files.exists(folder.resolve(TRADES)) && Files.exists(folder.resolve(QUOTES))) {
        return folder;
      }
    }
    return Assumptions.abort("no market data at " + beside);
  }
}
