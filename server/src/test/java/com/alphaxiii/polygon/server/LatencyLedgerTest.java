package com.alphaxiii.polygon.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.Channel;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.Timespan;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LatencyLedgerTest {
  private final VirtualTime time = new VirtualTime(Instant.ofEpochMilli(Events.AT));
  private final LatencyLedger ledger = new LatencyLedger(time, time);
  private final LatencyLedger.Departures departures = ledger.departures();

  private static final int TRADES = LatencyLedger.series(Market.STOCKS, Channel.TRADES);

  @Test
  void tellsBothPartsOfTheWay() {
    assertThat(ledger.entries()).isEmpty();
    time.pass(Duration.ofMillis(30));
    long first = ledger.arrive(Events.trade("AAPL", 185, 1), Market.STOCKS);
    departures.add(TRADES, first);
    time.pass(Duration.ofMillis(2));
    long second = ledger.arrive(Events.trade("AAPL", 185, 2), Market.STOCKS);
    departures.add(TRADES, second);
    time.pass(Duration.ofMillis(1));
    departures.leave();
    departures.leave();

    assertThat(ledger.entries()).hasSize(1);
    LatencyLedger.Entry entry = ledger.entries().getFirst();
    assertThat(entry.market()).isEqualTo(Market.STOCKS);
    assertThat(entry.channel()).isEqualTo(Channel.TRADES);
    assertThat(entry.upstream().count()).isEqualTo(2);
    assertThat(entry.upstream().longest()).isEqualTo(32_000_000);
    assertThat(entry.upstreamTotals().sum()).isEqualTo(62_000_000);
    assertThat(entry.hub().count()).isEqualTo(2);
    assertThat(entry.hub().longest()).isEqualTo(3_000_000);
    assertThat(entry.hubTotals().sum()).isEqualTo(4_000_000);
  }

  @Test
  void addsUpTheLoopsAndKeepsChannelsApart() {
    LatencyLedger.Departures other = ledger.departures();
    long arrival = ledger.arrive(Events.trade("AAPL", 185, 1), Market.STOCKS);
    departures.add(TRADES, arrival);
    other.add(TRADES, arrival);
    departures.leave();
    time.pass(Duration.ofMillis(7));
    other.leave();
    ledger.arrive(Events.aggregate("X:BTCUSD", Timespan.MINUTE), Market.CRYPTO);

    assertThat(ledger.entries())
        .extracting(LatencyLedger.Entry::market)
        .containsExactly(Market.STOCKS, Market.CRYPTO);
    assertThat(ledger.entries().getFirst().hub().count()).isEqualTo(2);
    assertThat(ledger.entries().getFirst().hub().longest()).isEqualTo(7_000_000);
    assertThat(ledger.entries().getLast().channel()).isEqualTo(Channel.MINUTE_AGGREGATES);
    assertThat(ledger.entries().getLast().hub().count()).isZero();
    // A bar's time is the end of its window, which lies ahead of this clock.
    assertThat(ledger.entries().getLast().upstream().longest()).isZero();
  }

  @Test
  void forgetsWhatIsOlderThanAMinuteButNotTheTotals() {
    departures.add(TRADES, ledger.arrive(Events.trade("AAPL", 185, 1), Market.STOCKS));
    departures.leave();
    time.pass(Duration.ofSeconds(61));

    LatencyLedger.Entry entry = ledger.entries().getFirst();
    assertThat(entry.upstream().count()).isZero();
    assertThat(entry.hub().count()).isZero();
    assertThat(entry.upstreamTotals().counts()[0]).isEqualTo(1);
    assertThat(entry.hubTotals().counts()[0]).isEqualTo(1);
  }

  @Test
  void takesAnyNumberBeforeTheyLeave() {
    for (int i = 0; i < 10_000; i++) {
      departures.add(TRADES, ledger.arrive(Events.trade("AAPL", 185, i), Market.STOCKS));
    }
    departures.leave();
    assertThat(ledger.entries().getFirst().hub().count()).isEqualTo(10_000);
  }
}
