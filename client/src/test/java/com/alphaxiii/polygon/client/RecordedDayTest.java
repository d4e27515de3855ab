package com.alphaxiii.polygon.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.Conditions;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.Topic;
import com.alphaxiii.polygon.core.Trade;
import com.alphaxiii.polygon.simulator.Scenario;
import com.alphaxiii.polygon.simulator.Simulator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A whole real day of SPY, as fast as it goes: every trade once, in order, unchanged. */
@Timeout(120)
class RecordedDayTest {
  private static final String DAY = "flatfiles/us_stocks_sip/trades_v1/2013/10/2013-10-08.csv.gz";
  private static final int IN_A_FRAME = 100;
  private static final int IN_FLIGHT = 50_000;

  @Test
  void everyTradeOfADayComesOnceAndInOrder() throws Exception {
    Path day = dayOrSkip();
    AtomicLong received = new AtomicLong();
    AtomicReference<String> firstDifference = new AtomicReference<>();
    try (Simulator simulator = Simulator.start(Scenario.builder().port(0).build());
        StreamClient client = StreamTestCase.open(simulator.streamUrl(), config -> config);
        BufferedReader sent = open(day);
        BufferedReader expected = open(day)) {
      client.subscribe(
          Set.of(Topic.parse("T.SPY"), Topic.parse("T.*")),
          event -> {
            if (event instanceof Trade trade && firstDifference.get() == null) {
              received.incrementAndGet();
              String[] row = nextSpy(expected);
              if (row == null || !trade.equals(trade(row))) {
                firstDifference.set(trade + " instead of " + Arrays.toString(row));
              }
            }
          });
      client.awaitConnected(Duration.ofSeconds(20));
      long count = play(sent, simulator, received);
      Await.until("all received", () -> received.get() == count || firstDifference.get() != null);
      assertThat(firstDifference.get()).isNull();
      assertThat(count).isEqualTo(451_545);
      assertThat(client.statistics().events()).isEqualTo(count);
      assertThat(client.statistics().malformed()).isZero();
      assertThat(client.statistics().sinkFailures()).isZero();
    }
  }

  private static long play(BufferedReader rows, Simulator simulator, AtomicLong received) {
    StringBuilder frame = new StringBuilder();
    long count = 0;
    for (String[] row = nextSpy(rows); row != null; row = nextSpy(rows)) {
      frame.append(frame.isEmpty() ? '[' : ',').append(json(row));
      count++;
      if (count % IN_A_FRAME == 0) {
        simulator.stream().sendFrame(frame.append(']').toString());
        frame.setLength(0);
        long sent = count;
        Await.until("room in flight", () -> sent - received.get() < IN_FLIGHT);
      }
    }
    if (!frame.isEmpty()) {
      simulator.stream().sendFrame(frame.append(']').toString());
    }
    return count;
  }

  /**
   * ticker, conditions, correction, exchange, id, participant, price, sequence, sip, size, tape.
   */
  private static String[] nextSpy(BufferedReader rows) {
    try {
      String line = rows.readLine();
      while (line != null && !line.startsWith("SPY,")) {
        line = rows.readLine();
      }
      return line == null ? null : line.split(",");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String json(String[] row) {
    return "{\"ev\":\"T\",\"sym\":\"%s\",\"x\":%s,\"i\":\"%s\",\"z\":%s,\"p\":%s,\"s\":%s,\"t\":%s,\"q\":%s}"
        .formatted(
            row[0],
            row[3],
            row[4],
            row[10],
            row[6],
            row[9],
            row[8].substring(0, row[8].length() - 6),
            row[7]);
  }

  private static Trade trade(String[] row) {
    return new Trade(
        new Ticker(row[0]),
        Double.parseDouble(row[6]),
        Double.parseDouble(row[9]),
        Conditions.NONE,
        Long.parseLong(row[8]),
        0,
        Integer.parseInt(row[3]),
        row[4],
        Integer.parseInt(row[10]),
        Long.parseLong(row[7]),
        0,
        0);
  }

  private static BufferedReader open(Path day) throws IOException {
    return new BufferedReader(
        new InputStreamReader(
            new GZIPInputStream(Files.newInputStream(day), 1 << 16), StandardCharsets.US_ASCII));
  }

  private static Path dayOrSkip() {
    Path beside =
        Path.of(System.getProperty("polygon.root", "."), "../shared/market-data").normalize();
    String configured = System.getenv("POLYGON_MARKET_DATA");
    for (Path folder : configured == null ? Set.of(beside) : Set.of(beside, Path.of(configured))) {
      if (Files.exists(folder.resolve(DAY))) {
        return folder.resolve(DAY);
      }
    }
    return Assumptions.abort("no market data at " + beside);
  }
}
