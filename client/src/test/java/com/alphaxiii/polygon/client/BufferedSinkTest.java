package com.alphaxiii.polygon.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alphaxiii.polygon.client.BufferedSink.Dropped;
import com.alphaxiii.polygon.core.Conditions;
import com.alphaxiii.polygon.core.FeedStatus;
import com.alphaxiii.polygon.core.Gap;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.MarketEvent;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.Topic;
import com.alphaxiii.polygon.core.Trade;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BufferedSinkTest {
  private final SimulatedClock clock = SimulatedClock.held();
  private final List<Object> told = new CopyOnWriteArrayList<>();
  private final Semaphore permits = new Semaphore(0);
  private BufferedSink sink = start(10);

  @AfterEach
  void stop() {
    sink.close();
    permits.release(1_000_000);
  }

  @Test
  void deliversAllInOrderToATargetThatKeepsUp() {
    permits.release(1_000_000);
    for (int i = 0; i < 10_000; i++) {
      sink.accept(trade(i));
      Await.until("room", () -> sink.waiting() < 10);
    }
    Await.until("all told", () -> told.size() == 10_000);
    for (int i = 0; i < 10_000; i++) {
      assertThat(told.get(i)).isEqualTo(trade(i));
    }
    assertThat(sink.dropped()).isZero();
  }

  @Test
  void dropsJustTheOldestAndTellsTheExactNumberOnce() {
    occupyTarget();
    for (int i = 1; i <= 25; i++) {
      sink.accept(trade(i));
    }
    assertThat(sink.dropped()).isEqualTo(15);
    assertThat(sink.waiting()).isEqualTo(10);
    permits.release(100);
    Await.until("all told", () -> told.size() == 12);
    assertThat(told.stream().filter(Dropped.class::isInstance))
        .containsExactly(new Dropped(15, Instant.EPOCH, Instant.EPOCH));
    assertThat(told.stream().filter(Trade.class::isInstance))
        .containsExactly(
            trade(0), trade(16), trade(17), trade(18), trade(19), trade(20), trade(21), trade(22),
            trade(23), trade(24), trade(25));
  }

  @Test
  void wordOfTheFeedStaysFewHoweverLongATargetSleeps() {
    occupyTarget();
    Topic trades = Topic.parse("T.AAPL");
    Topic quotes = Topic.parse("Q.X:BTCUSD");
    sink.accept(trade(1));
    for (int i = 1; i <= 10_000; i++) {
      Instant at = Instant.ofEpochSecond(i);
      Market market = i % 2 == 0 ? Market.STOCKS : Market.CRYPTO;
      sink.accept(new FeedStatus(FeedStatus.State.CONNECTED, "", at, Optional.of(market)));
      Topic topic = i % 2 == 0 ? trades : quotes;
      sink.accept(new Gap(Set.of(topic), at, at.plusMillis(100), Map.of()));
      assertThat(sink.waiting()).isLessThan(1_100);
    }
    assertThat(sink.dropped()).isZero();
    permits.release(2_000);
    Await.until("all told", () -> sink.waiting() == 0);
    Await.until("the last too", () -> told.getLast() instanceof Gap);
    assertThat(told).contains(trade(1));
    for (Topic topic : List.of(trades, quotes)) {
      List<Gap> gaps =
          told.stream()
              .filter(event -> event instanceof Gap gap && gap.topics().contains(topic))
              .map(Gap.class::cast)
              .toList();
      assertThat(gaps.getFirst().from()).isBeforeOrEqualTo(Instant.ofEpochSecond(2));
      assertThat(gaps.getLast().to()).isAfter(Instant.ofEpochSecond(9_999));
    }
    assertThat(told)
        .filteredOn(event -> event instanceof FeedStatus)
        .contains(
            new FeedStatus(
                FeedStatus.State.CONNECTED,
                "",
                Instant.ofEpochSecond(10_000),
                Optional.of(Market.STOCKS)));
  }

  @Test
  void eachSpellHasItsOwnNumber() {
    occupyTarget();
    for (int i = 1; i <= 12; i++) {
      sink.accept(trade(i));
    }
    permits.release(11);
    Await.until("the first spell is over", () -> told.size() == 12);
    clock.advance(Duration.ofSeconds(60));
    sink.accept(trade(99));
    Await.until("the target holds it", permits::hasQueuedThreads);
    for (int i = 100; i < 113; i++) {
      sink.accept(trade(i));
    }
    permits.release(100);
    Await.until("the second spell is over", () -> told.size() == 12 + 12);
    assertThat(told.stream().filter(Dropped.class::isInstance))
        .containsExactly(
            new Dropped(2, Instant.EPOCH, Instant.EPOCH),
            new Dropped(3, Instant.EPOCH.plusSeconds(60), Instant.EPOCH.plusSeconds(60)));
    assertThat(sink.dropped()).isEqualTo(5);
  }

  @Test
  void aTargetThatNeverCatchesUpIsToldAllTheSame() {
    occupyTarget();
    for (int i = 1; i <= 13; i++) {
      sink.accept(trade(i));
    }
    clock.advance(Duration.ofSeconds(11));
    permits.release(1);
    Await.until("it is told", () -> told.size() >= 2);
    assertThat(told.get(1)).isEqualTo(new Dropped(3, Instant.EPOCH, Instant.EPOCH.plusSeconds(11)));
  }

  @Test
  void neverDropsWordAboutTheFeed() {
    occupyTarget();
    FeedStatus status = new FeedStatus(FeedStatus.State.RECONNECTING, "lost", Instant.EPOCH);
    Gap gap = new Gap(Set.of(Topic.parse("T.A")), Instant.EPOCH, Instant.EPOCH);
    sink.accept(trade(1));
    sink.accept(status);
    sink.accept(trade(2));
    sink.accept(gap);
    for (int i = 3; i <= 20; i++) {
      sink.accept(trade(i));
    }
    permits.release(100);
    Await.until("all told", () -> told.size() == 14);
    List<Object> events = told.stream().filter(MarketEvent.class::isInstance).toList();
    assertThat(events.subList(0, 4)).containsExactly(trade(0), status, gap, trade(11));
    assertThat(sink.dropped()).isEqualTo(10);
  }

  @Test
  void aTargetThatThrowsLosesThatEventOnly() {
    List<MarketEvent> seen = new CopyOnWriteArrayList<>();
    try (BufferedSink faulty =
        BufferedSink.start(
            "faulty",
            5,
            event -> {
              seen.add(event);
              throw new IllegalStateException("a faulty target");
            },
            dropped -> {},
            InstantSource.system())) {
      faulty.accept(trade(1));
      faulty.accept(trade(2));
      Await.until("both seen", () -> seen.size() == 2);
    }
  }

  @Test
  void afterCloseNothingIsDelivered() {
    occupyTarget();
    sink.accept(trade(1));
    sink.close();
    sink.accept(trade(2));
    permits.release(100);
    Await.until("the call under way has ended", () -> told.size() == 1);
    assertThat(sink.waiting()).isZero();
    assertThat(told).containsExactly(trade(0));
  }

  @Test
  void refusesAQueueOfNothing() {
    assertThatThrownBy(() -> start(0)).isInstanceOf(IllegalArgumentException.class);
  }

  /** Gives the target an event that it does not get done until a permit is released. */
  private void occupyTarget() {
    sink.accept(trade(0));
    Await.until("the target holds it", permits::hasQueuedThreads);
  }

  private BufferedSink start(int capacity) {
    return BufferedSink.start(
        "test",
        capacity,
        event -> {
          try {
            if (permits.tryAcquire(20, TimeUnit.SECONDS)) {
              told.add(event);
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        },
        told::add,
        clock);
  }

  private static Trade trade(long sequence) {
    return new Trade(new Ticker("AAPL"), 1, 1, Conditions.NONE, 0, 0, 0, "", 0, sequence, 0, 0);
  }
}
