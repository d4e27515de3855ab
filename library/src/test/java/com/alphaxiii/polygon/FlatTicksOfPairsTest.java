package com.alphaxiii.polygon;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.ImportReport.Status;
import com.alphaxiii.polygon.client.FlatFileDataset;
import com.alphaxiii.polygon.client.FlatFileFolder;
import com.alphaxiii.polygon.core.NanoClock;
import com.alphaxiii.polygon.core.Quote;
import com.alphaxiii.polygon.core.TickRequest;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.Trade;
import com.alphaxiii.polygon.simulator.Scenario;
import com.alphaxiii.polygon.simulator.Simulator;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Flat files of ticks whose market has no SIP: only the exchange's time, and pairs with a dash. */
class FlatTicksOfPairsTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2024-03-13T14:30:30Z"));
  private static final LocalDate DAY = LocalDate.parse("2024-01-22");
  private static final String TRADES =
      "ticker,conditions,exchange,id,participant_timestamp,price,size\n";
  private static final String QUOTES =
      "ticker,ask_exchange,ask_price,bid_exchange,bid_price,participant_timestamp\n";

  @TempDir Path folder;

  private static long nanos(String time) {
    Instant at = Instant.parse("2024-01-22T" + time + "Z");
    return at.getEpochSecond() * 1_000_000_000 + at.getNano();
  }

  private ImportReport load(String dataset, String text) throws Exception {
    FlatFileSamples.write(
        folder.resolve("files/%s/2024/01/%s.csv.gz".formatted(dataset, DAY)), text);
    String[] names = dataset.split("/", -1);
    return FlatFiles.importInto(
        folder.resolve("cache"),
        FlatFileFolder.open(folder.resolve("files")),
        new ImportRequest(
            List.of(new FlatFileDataset(names[0], names[1])),
            Optional.empty(),
            Optional.empty(),
            Set.of(),
            false),
        CLOCK,
        progress -> {});
  }

  @Test
  void tradesOfCoinsAndQuotesOfCurrenciesAreReadWithoutARequest() throws Exception {
    String btc =
        "X:BTC-USD,\"1,2\",23,a1,%d,41000.5,0.25\nX:BTC-USD,,1,a2,%d,41001,1e-8\n"
            .formatted(nanos("00:00:00"), nanos("23:59:59.999999999"));
    assertThat(load("global_crypto/trades_v1", TRADES + btc).count(Status.IMPORTED)).isOne();
    String eur = "C:EUR-USD,48,1.0895,48,1.0894,%d\n".formatted(nanos("15:00:00.000000001"));
    assertThat(load("global_forex/quotes_v1", QUOTES + eur).count(Status.IMPORTED)).isOne();

    try (Simulator simulator = Simulator.start(Scenario.builder().clock(CLOCK).build());
        PolygonDataManager manager =
            PolygonDataManager.open(
                PolygonConfig.builder()
                    .apiKey("key-of-the-test")
                    .baseUrl(simulator.baseUrl())
                    .cacheDir(folder.resolve("cache"))
                    .build(),
                CLOCK,
                NanoClock.system())) {
      List<Trade> trades =
          manager
              .tickSource()
              .trades(TickRequest.ofDay(Ticker.of("X:BTCUSD"), DAY))
              .rest()
              .values();
      assertThat(trades).extracting(Trade::price).containsExactly(41_000.5, 41_001.0);
      assertThat(trades).extracting(Trade::size).containsExactly(0.25, 1e-8);
      assertThat(trades).extracting(Trade::sipTime).containsOnly(0L);
      assertThat(trades.getLast().participantTime()).isEqualTo(nanos("23:59:59.999999999"));
      assertThat(trades.getFirst().conditions().contains(2)).isTrue();
      List<Quote> quotes =
          manager
              .tickSource()
              .quotes(TickRequest.ofDay(Ticker.of("C:EURUSD"), DAY))
              .rest()
              .values();
      assertThat(quotes).extracting(Quote::askPrice).containsExactly(1.0895);
      assertThat(quotes.getFirst().bidSize()).isZero();
      assertThat(quotes.getFirst().participantTime()).isEqualTo(nanos("15:00:00.000000001"));
      assertThat(simulator.requests().total()).isZero();
    }
  }

  @Test
  void aFileThatLacksAColumnOrHasTimesOfAnotherDayIsRefused() throws Exception {
    ImportReport lacking =
        load("global_crypto/trades_v1", "ticker,exchange,price,size\nX:BTC-USD,1,2,3\n");
    assertThat(lacking.outcomes().getFirst().failure().orElseThrow())
        .hasMessageContaining("needs one column 'participant_timestamp'");
    ImportReport other =
        load(
            "global_crypto/trades_v1",
            TRADES + "X:BTC-USD,,1,a,%d,2,3\n".formatted(nanos("00:00:00") - 1));
    assertThat(other.outcomes().getFirst().failure().orElseThrow())
        .hasMessageContaining("is not of 2024-01-22");
    ImportReport stocks =
        load("us_stocks_sip/trades_v1", TRADES + "AAA,,1,a,%d,2,3\n".formatted(nanos("15:00:00")));
    assertThat(stocks.outcomes().getFirst().failure().orElseThrow())
        .hasMessageContaining("needs one column 'sip_timestamp'");
  }
}
