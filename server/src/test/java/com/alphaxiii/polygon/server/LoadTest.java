package com.alphaxiii.polygon.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alphaxiii.polygon.core.BarRequest;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Timeframe;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LoadTest {
  private static final int MB = 1 << 20;

  private static Load load(int waiting, Duration patience) {
    return new Load(new Load.Limits(1_000, 4 * MB, 16 * MB, waiting, patience));
  }

  private static Load.Ticket ticket(Load load) {
    return load.enter("").orElseThrow();
  }

  @Test
  void oneCallerHasThreeQuartersOfThePlaces() {
    Load load = new Load(new Load.Limits(8, MB, MB, 1, Duration.ZERO));
    List<Load.Ticket> tickets = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      tickets.add(load.enter("a").orElseThrow());
    }
    assertThat(load.enter("a")).isEmpty();
    tickets.add(load.enter("b").orElseThrow());
    tickets.add(load.enter("b").orElseThrow());
    assertThat(load.enter("b")).isEmpty();
    tickets.removeFirst().close();
    tickets.add(load.enter("a").orElseThrow());
    tickets.forEach(Load.Ticket::close);
    assertThat(load.requests()).isZero();
  }

  @Test
  void smallAnswersDoNotWaitForLargeOnes() {
    Load load = load(10, Duration.ZERO);
    try (Load.Ticket large = ticket(load);
        Load.Ticket another = ticket(load);
        Load.Ticket small = ticket(load)) {
      large.claim(16 * MB);
      assertThatThrownBy(() -> another.claim(2 * MB)).isInstanceOf(Load.Overloaded.class);
      small.claim(MB);
      assertThat(load.claimedBytes()).isEqualTo(17 * MB);
      large.close();
      another.claim(2 * MB);
      another.claim(MB);
      assertThat(load.claimedBytes()).isEqualTo(3 * MB);
      assertThatThrownBy(() -> small.claim(16 * MB + 1024)).isInstanceOf(Load.TooLarge.class);
    }
  }

  @Test
  void noMoreThanSoManyWait() throws Exception {
    Load load = load(2, Duration.ofSeconds(60));
    Load.Ticket first = ticket(load);
    first.claim(16 * MB);
    CountDownLatch served = new CountDownLatch(2);
    for (int i = 0; i < 2; i++) {
      Thread.startVirtualThread(
          () -> {
            try (Load.Ticket waiting = ticket(load)) {
              waiting.claim(16 * MB);
              served.countDown();
            }
          });
    }
    Await.until("two wait", () -> load.waiting() == 2);
    try (Load.Ticket third = ticket(load)) {
      assertThatThrownBy(() -> third.claim(8 * MB)).isInstanceOf(Load.Overloaded.class);
    }
    first.close();
    assertThat(served.await(20, TimeUnit.SECONDS)).isTrue();
    Await.until("all is free", () -> load.claimedBytes() == 0 && load.requests() == 1 - 1);
  }

  @Test
  void neverBearsMoreThanItCanAndServesEveryoneInTheEnd() throws Exception {
    Load load = load(1_000, Duration.ofSeconds(60));
    AtomicLong held = new AtomicLong();
    AtomicLong most = new AtomicLong();
    CountDownLatch served = new CountDownLatch(400);
    Random random = new Random(7);
    for (int i = 0; i < 400; i++) {
      long first = 1 + random.nextInt(16 * MB);
      long second = 1 + random.nextInt(16 * MB);
      Thread.startVirtualThread(
          () -> {
            try (Load.Ticket ticket = ticket(load)) {
              ticket.claim(first);
              ticket.claim(second);
              long claimed = Math.max(first, second);
              most.accumulateAndGet(held.addAndGet(claimed), Math::max);
              Thread.yield();
              held.addAndGet(-claimed);
              served.countDown();
            }
          });
    }
    assertThat(served.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(most.get()).isBetween(1L, 20L * MB);
  }

  @Test
  void estimatesGrowWithWhatIsRead() {
    Instant now = Instant.parse("2024-02-01T00:00:00Z");
    long day = bars("1day", "2023-01-01", "2024-01-01", now);
    long month = bars("5min", "2024-01-01", "2024-02-01", now);
    long year = bars("1min", "2023-01-01", "2024-01-01", now);
    long seconds = bars("1sec", "2023-01-01", "2024-01-01", now);
    assertThat(day).isLessThan(MB);
    assertThat(month).isBetween(3L * MB, 6L * MB);
    assertThat(year).isBetween(40L * MB, 60L * MB);
    assertThat(seconds).isGreaterThan(55 * year);
    assertThat(bars("1min", "1970-01-01", "2100-01-01", now)).isBetween(15 * year, 25 * year);
    assertThat(bars("1min", "2030-01-01", "2031-01-01", now)).isLessThan(MB);
    assertThat(Footprint.ofVendor("/v3/trades/AAPL?limit=50000"))
        .isGreaterThan(50 * Footprint.ofVendor("/v3/trades/AAPL"));
    assertThat(Footprint.ofVendor("/v3/trades/AAPL?limit=999999999"))
        .isEqualTo(Footprint.ofVendor("/v3/trades/AAPL?limit=50000"));
  }

  private static long bars(String timeframe, String start, String end, Instant now) {
    return Footprint.of(
        BarRequest.raw(
            Ticker.of("AAPL"),
            Timeframe.parse(timeframe),
            TimeRange.of(Instant.parse(start + "T00:00:00Z"), Instant.parse(end + "T00:00:00Z"))),
        now);
  }
}
