package com.alphaxiii.polygon.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.calendar.MarketPhase;
import com.alphaxiii.polygon.core.Conditions;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.Topic;
import com.alphaxiii.polygon.core.Trade;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class StalenessTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  // A Friday; New York is five hours behind.
  private static final Instant OPENING = Instant.parse("2024-01-26T14:30:00Z");
  private static final Instant CLOSING = Instant.parse("2024-01-26T21:00:00Z");

  private final VirtualTime time = new VirtualTime(OPENING.plusSeconds(3_600));
  private final LatencyLedger ledger = new LatencyLedger(time, time);
  private Set<Topic> topics = Set.of();
  private final Staleness staleness = new Staleness(ledger, () -> topics, time);

  private void want(String... names) {
    topics = Arrays.stream(names).map(Topic::parse).collect(Collectors.toSet());
    ledger.want(topics.stream().map(Topic::market).collect(Collectors.toSet()));
  }

  /** A trade that is so old when it comes. */
  private void trade(String symbol, Duration age) {
    Instant at = time.instant().minus(age);
    Ticker ticker = Ticker.of(symbol);
    ledger.arrive(
        new Trade(
            ticker,
            185,
            100,
            Conditions.NONE,
            at.getEpochSecond() * 1_000_000_000 + at.getNano(),
            0,
            4,
            "1",
            3,
            1,
            0,
            0),
        ticker.market());
  }

  private void trade() {
    trade("AAPL", Duration.ofMillis(20));
  }

  private Staleness.Entry only() {
    assertThat(staleness.entries()).hasSize(1);
    return staleness.entries().getFirst();
  }

  @Test
  void saysNothingOfWhatNobodyWants() {
    trade();
    time.pass(Duration.ofHours(1));
    assertThat(staleness.entries()).isEmpty();
    assertThat(staleness.isAnyStale()).isFalse();
  }

  @Test
  void isStaleAMinuteAfterTheLastEventOfAWholeMarket() {
    want("T.*");
    trade();
    time.pass(MINUTE);
    assertThat(only().isStale()).isFalse();
    assertThat(only().silence()).isEqualTo(MINUTE);
    time.pass(Duration.ofSeconds(1));
    assertThat(only().isStale()).isTrue();
    assertThat(staleness.isAnyStale()).isTrue();
    assertThat(only().threshold()).contains(MINUTE);
    trade();
    assertThat(only().isStale()).isFalse();
  }

  @Test
  void countsFromTheSubscriptionWhereNothingHasCome() {
    want("T.*");
    assertThat(only().lastEvent()).isEqualTo(Optional.empty());
    time.pass(MINUTE.plusSeconds(1));
    assertThat(only().isStale()).isTrue();
    want();
    want("T.*");
    assertThat(only().isStale()).isFalse();
  }

  @Test
  void waitsLongerForFewTickersAndForBars() {
    for (String topic : new String[] {"T.AAPL", "AM.*"}) {
      want();
      want(topic);
      time.pass(Duration.ofMinutes(5));
      assertThat(only().isStale()).as(topic).isFalse();
      time.pass(Duration.ofSeconds(1));
      assertThat(only().isStale()).as(topic).isTrue();
    }
    want("LULD.*");
    time.pass(Duration.ofHours(1));
    assertThat(only().threshold()).as("bands may stay as they are").isEmpty();
  }

  @Test
  void waitsFourTimesTheUsualSilence() {
    want("T.AAPL");
    for (int i = 0; i < 3; i++) {
      trade();
      time.pass(Duration.ofMinutes(10));
    }
    trade();
    time.pass(Duration.ofMinutes(40));
    assertThat(only().isStale()).isFalse();
    time.pass(Duration.ofSeconds(1));
    assertThat(only().isStale()).isTrue();
  }

  @Test
  void raisesNoAlarmWhenTheMarketIsClosed() {
    want("T.*");
    trade();
    time.passTo(CLOSING.plus(Duration.ofHours(6)));
    assertThat(only().phase()).isEqualTo(MarketPhase.CLOSED);
    assertThat(only().isStale()).isFalse();
    // Saturday, and Monday before anybody could have traded for ten minutes.
    time.pass(Duration.ofHours(24));
    assertThat(only().isStale()).isFalse();
    time.passTo(Instant.parse("2024-01-29T09:09:00Z"));
    assertThat(only().phase()).isEqualTo(MarketPhase.EXTENDED);
    assertThat(only().isStale()).isFalse();
    time.pass(Duration.ofMinutes(2));
    assertThat(only().isStale()).isTrue();
  }

  @Test
  void givesTheOpeningItsMinute() {
    time.passTo(Instant.parse("2024-01-29T14:28:00Z"));
    want("T.*");
    trade();
    time.passTo(Instant.parse("2024-01-29T14:30:30Z"));
    assertThat(only().phase()).isEqualTo(MarketPhase.OPEN);
    assertThat(only().isStale()).as("ten minutes hold, as before the opening").isFalse();
    time.pass(MINUTE);
    assertThat(only().isStale()).isTrue();
  }

  @Test
  void judgesADelayedStreamByTheHoursOfThen() {
    Duration delay = Duration.ofMinutes(15);
    time.passTo(CLOSING.minusSeconds(30));
    want("T.*");
    trade("AAPL", delay);
    // It is 16:14 here, and 15:59 there.
    time.passTo(CLOSING.plus(Duration.ofMinutes(14)));
    assertThat(only().phase()).isEqualTo(MarketPhase.EXTENDED);
    assertThat(only().threshold()).contains(MINUTE);
    assertThat(only().isStale()).isTrue();
    // The first hour of trading there begins a quarter later here.
    time.passTo(Instant.parse("2024-01-29T09:24:00Z"));
    assertThat(only().isStale()).isFalse();
    time.pass(Duration.ofMinutes(2));
    assertThat(only().isStale()).isTrue();
  }

  @Test
  void tellsMarketsApart() {
    time.passTo(Instant.parse("2024-01-27T12:00:00Z"));
    want("T.*", "T.X:BTCUSD");
    trade("X:BTCUSD", Duration.ZERO);
    time.pass(Duration.ofMinutes(6));
    assertThat(staleness.entries())
        .extracting(Staleness.Entry::market, Staleness.Entry::isStale)
        .containsExactly(
            org.assertj.core.api.Assertions.tuple(Market.STOCKS, false),
            org.assertj.core.api.Assertions.tuple(Market.CRYPTO, true));
  }
}
