package com.alphaxiii.polygon.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.BarRequest;
import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.Dividend;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.PolygonException.BadData;
import com.alphaxiii.polygon.core.PolygonException.RateLimited;
import com.alphaxiii.polygon.core.PolygonException.Unauthorized;
import com.alphaxiii.polygon.core.PolygonException.Unavailable;
import com.alphaxiii.polygon.core.Secret;
import com.alphaxiii.polygon.core.Split;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TickerInfo;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Timeframe;
import com.alphaxiii.polygon.simulator.Fault;
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
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against the simulator with three recorded days of AAPL. */
@Timeout(120)
class RestSimulatorTest {
  private static final BarRequest THREE_DAYS =
      BarRequest.raw(
          Ticker.of("AAPL"),
          Timeframe.MINUTE_1,
          TimeRange.ofDays(LocalDate.of(2014, 6, 5), LocalDate.of(2014, 6, 9), Market.NEW_YORK));

  private static Path data;
  private static Simulator simulator;

  @BeforeAll
  static void start() {
    data = marketData();
    simulator = Simulator.start(Scenario.builder().data(data).build());
  }

  @AfterAll
  static void stop() {
    if (simulator != null) {
      simulator.close();
    }
  }

  @AfterEach
  void forget() {
    simulator.faults().clear();
    simulator.requests().clear();
  }

  private static Path marketData() {
    String root = System.getProperty("polygon.root", ".");
    for (Path at = Path.of(root).toAbsolutePath().normalize(); at != null; at = at.getParent()) {
      Path found = at.resolveSibling("shared").resolve("market-data");
      if (Files.isDirectory(found)) {
        return found;
      }
    }
    String named = System.getenv("POLYGON_MARKET_DATA");
    if (named != null && Files.isDirectory(Path.of(named))) {
      return Path.of(named);
    }
    return Assumptions.abort("no market data at ../shared/market-data");
  }

  private record Row(
      long start, double open, double high, double low, double close, double volume) {}

  private static List<Row> recorded() {
    List<Row> rows = new ArrayList<>();
    for (String day : List.of("2014-06-05", "2014-06-06", "2014-06-09")) {
      Path file = data.resolve("flatfiles/us_stocks_sip/minute_aggs_v1/2014/06/" + day + ".csv.gz");
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(
                  new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
        lines
            .lines()
            .filter(line -> line.startsWith("AAPL,"))
            .map(line -> line.split(",", -1))
            .forEach(
                f ->
                    rows.add(
                        new Row(
                            Long.parseLong(f[6]) / 1_000_000,
                            Double.parseDouble(f[2]),
                            Double.parseDouble(f[4]),
                            Double.parseDouble(f[5]),
                            Double.parseDouble(f[3]),
                            Double.parseDouble(f[1]))));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return rows;
  }

  private static List<Row> rows(Bars bars) {
    return bars.rows().stream()
        .map(
            b ->
                new Row(
                    b.start().toEpochMilli(), b.open(), b.high(), b.low(), b.close(), b.volume()))
        .toList();
  }

  @Test
  void theBarsAreTheRowsOfTheFlatFiles() {
    try (Upstream upstream = new Upstream(simulator.baseUrl(), 1, 50_000)) {
      List<Row> expected = recorded();

      assertThat(rows(upstream.client.bars(THREE_DAYS).bars())).isEqualTo(expected);
      assertThat(expected).hasSizeGreaterThan(1_000);
      assertThat(simulator.requests().total()).isEqualTo(1);
    }
  }

  @Test
  void manySmallPagesMakeTheSameBars() {
    try (Upstream upstream = new Upstream(simulator.baseUrl(), 1, 97)) {
      List<Row> expected = recorded();

      assertThat(rows(upstream.client.bars(THREE_DAYS).bars())).isEqualTo(expected);
      assertThat(simulator.requests().total())
          .isGreaterThanOrEqualTo(Math.ceilDiv(expected.size(), 97));
      assertThat(upstream.budget.status().usedLastMinute())
          .isEqualTo((int) simulator.requests().total());
    }
  }

  @Test
  void longerBarsDoNotDependOnThePageSize() {
    BarRequest hours =
        BarRequest.raw(THREE_DAYS.ticker(), Timeframe.parse("1hour"), THREE_DAYS.range());
    try (Upstream large = new Upstream(simulator.baseUrl(), 1, 50_000);
        Upstream small = new Upstream(simulator.baseUrl(), 1, 130)) {
      Bars whole = large.client.bars(hours).bars();
      assertThat(whole.size()).isGreaterThan(20);
      assertThat(small.client.bars(hours).bars()).isEqualTo(whole);
    }
  }

  @Test
  void anUnknownTickerHasNoBars() {
    try (Upstream upstream = new Upstream(simulator.baseUrl(), 1, 50_000)) {
      assertThat(upstream.client.bars(THREE_DAYS.withTicker(Ticker.of("NOPE"))).bars().isEmpty())
          .isTrue();
    }
  }

  private static List<String[]> csv(String name, Ticker ticker) {
    try (Stream<String> lines = Files.lines(data.resolve(name))) {
      return lines
          .filter(line -> line.startsWith(ticker + ","))
          .map(line -> line.split(",", -1))
          .sorted(Comparator.comparing(f -> f[1]))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void splitsAndDividendsAreTheRecordedOnesOnPagesOfAnySize() {
    Ticker ticker = THREE_DAYS.ticker();
    List<Split> splits =
        csv("splits.csv", ticker).stream()
            .map(
                f ->
                    new Split(
                        ticker,
                        LocalDate.parse(f[1]),
                        Double.parseDouble(f[2]),
                        Double.parseDouble(f[3])))
            .toList();
    List<Dividend> dividends =
        csv("dividends.csv", ticker).stream()
            .map(f -> new Dividend(ticker, LocalDate.parse(f[1]), Double.parseDouble(f[2]), "USD"))
            .toList();
    assertThat(splits).hasSizeGreaterThan(3);
    assertThat(dividends).hasSizeGreaterThan(10);

    for (int limit : new int[] {50_000, 2}) {
      try (Upstream upstream = new Upstream(simulator.baseUrl(), 1, limit)) {
        assertThat(upstream.client.splits(ticker)).isEqualTo(splits);
        assertThat(upstream.client.dividends(ticker)).isEqualTo(dividends);
        assertThat(upstream.client.splits(Ticker.of("NOPE"))).isEmpty();
      }
    }
  }

  @Test
  void tickersAreFoundByNameAndUnknownOnesAreNot() {
    try (Upstream upstream = new Upstream(simulator.baseUrl(), 1, 50_000)) {
      assertThat(upstream.client.ticker(THREE_DAYS.ticker()))
          .hasValueSatisfying(info -> assertThat(info.ticker()).isEqualTo(THREE_DAYS.ticker()));
      assertThat(upstream.client.ticker(Ticker.of("NOPE"))).isEmpty();
      assertThat(upstream.client.search("AAPL", 5))
          .extracting(TickerInfo::ticker)
          .contains(THREE_DAYS.ticker());
    }
  }

  @Test
  void theLastTradeIsThatOfTheTickerAsked() {
    Ticker spy = Ticker.of("SPY");
    try (Upstream upstream = new Upstream(simulator.baseUrl(), 1, 50_000)) {
      assertThat(upstream.client.lastTrade(spy))
          .hasValueSatisfying(
              trade -> {
                assertThat(trade.ticker()).isEqualTo(spy);
                assertThat(trade.price()).isPositive();
                assertThat(trade.sipTime()).isGreaterThan(1_300_000_000_000_000_000L);
              });
      assertThat(upstream.client.lastTrade(Ticker.of("NOPE"))).isEmpty();
    }
  }

  @Test
  void faultsThatPassLeaveNoTraceInTheBars() {
    List<Row> expected = recorded();
    try (Upstream upstream = new Upstream(simulator.baseUrl(), 8, 500)) {
      simulator.faults().next(Fault.status(500), 1);
      simulator.faults().next(Fault.disconnect(), 1);
      simulator.faults().next(Fault.cutBody(200), 1);
      simulator.faults().next(Fault.garbage(), 1);
      simulator.faults().next(Fault.wrongContent(), 1);
      simulator.faults().next(Fault.status(429).retryAfter(Duration.ofSeconds(3)), 1);

      assertThat(rows(upstream.client.bars(THREE_DAYS).bars())).isEqualTo(expected);
      assertThat(simulator.faults().taken()).isGreaterThanOrEqualTo(6);
      assertThat(upstream.budget.status().usedLastMinute())
          .isEqualTo((int) simulator.requests().total());
    }
  }

  @Test
  void faultsThatStayEndInTheirError() {
    try (Upstream upstream = new Upstream(simulator.baseUrl(), 2, 500)) {
      expect(upstream, Fault.status(503), Unavailable.class);
      expect(upstream, Fault.disconnect(), Unavailable.class);
      expect(upstream, Fault.cutBody(300), BadData.class);
      expect(upstream, Fault.garbage(), BadData.class);
      expect(upstream, Fault.wrongContent(), BadData.class);
      expect(upstream, Fault.emptyStatus(429), RateLimited.class);
    }
  }

  private static void expect(
      Upstream upstream,
      Fault fault,
      Class<? extends com.alphaxiii.polygon.core.PolygonException> type) {
    simulator.requests().clear();
    simulator.faults().next(fault, 2);
    assertThat(Upstream.error(type, () -> upstream.client.bars(THREE_DAYS)))
        .hasMessageContaining("AAPL 1min bars")
        .hasMessageContaining("attempt 2 of 2");
    assertThat(simulator.requests().total()).isEqualTo(2);
  }

  @Test
  void aBadKeyIsUnauthorizedAndNeverShown() {
    RestConfig config =
        new RestConfig(
            simulator.baseUrl(), new Secret("bad-" + Upstream.KEY), Duration.ofSeconds(10), 3);
    try (Upstream upstream = new Upstream(config, 50_000)) {
      Upstream.error(Unauthorized.class, () -> upstream.client.bars(THREE_DAYS));
      assertThat(simulator.requests().total()).isEqualTo(1);
    }
  }

  @Test
  void noAddressHoldsTheKey() {
    try (Upstream upstream = new Upstream(simulator.baseUrl(), 1, 400)) {
      upstream.client.bars(THREE_DAYS);

      assertThat(simulator.requests().requests())
          .hasSizeGreaterThan(2)
          .allSatisfy(r -> assertThat(r.target()).doesNotContain("k3y").doesNotContain("apiKey"));
    }
  }
}
