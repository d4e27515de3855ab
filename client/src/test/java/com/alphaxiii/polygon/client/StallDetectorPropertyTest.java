package com.alphaxiii.polygon.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class StallDetectorPropertyTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Duration LEAST = Duration.ofSeconds(60);

  /** Tickers with events at random, each at its own pace, heard by a detector. */
  private static final class Traffic {
    final StallDetector detector = new StallDetector(LEAST);
    final List<Long> counts = new ArrayList<>();
    long now = 77 * SECOND;

    Traffic(int tickers) {
      counts.addAll(Collections.nCopies(tickers, 0L));
      detector.begin(now);
    }

    void hear(Random random, double[] perSecond, long until) {
      double all = 0;
      for (double rate : perSecond) {
        all += rate;
      }
      while (true) {
        long wait = (long) (-Math.log(1 - random.nextDouble()) / all * SECOND);
        if (now + wait >= until) {
          now = until;
          return;
        }
        now += wait;
        double pick = random.nextDouble() * all;
        int ticker = 0;
        while (ticker < perSecond.length - 1 && pick >= perSecond[ticker]) {
          pick -= perSecond[ticker++];
        }
        counts.set(ticker, counts.get(ticker) + 1);
        detector.heard(now);
      }
    }

    boolean stalledAt(long when) {
      return detector.isStalled(when, counts, List.of());
    }
  }

  @Property(tries = 200)
  void aMarketThatGoesOnIsNeverStalled(
      @ForAll Random random,
      @ForAll @IntRange(min = 1, max = 20) int tickers,
      @ForAll @IntRange(min = 0, max = 40) int tenths) {
    double busiest = 0.0005 * Math.pow(10, tenths / 10.0);
    double[] rates = rates(random, tickers, busiest);
    Traffic traffic = new Traffic(tickers);
    long start = traffic.now;
    for (int quarter = 1; quarter <= 400; quarter++) {
      traffic.hear(random, rates, start + quarter * 15 * SECOND);
      assertThat(traffic.stalledAt(traffic.now)).isFalse();
    }
  }

  @Property(tries = 200)
  void threeBusyTickersThatFallSilentAreNoticed(
      @ForAll Random random, @ForAll @IntRange(min = 3, max = 20) int tickers) {
    double[] rates = new double[tickers];
    for (int i = 0; i < tickers; i++) {
      rates[i] = 1 + random.nextDouble();
    }
    Traffic traffic = new Traffic(tickers);
    traffic.hear(random, rates, traffic.now + 600 * SECOND);
    assertThat(traffic.stalledAt(traffic.now + 50 * SECOND)).as("not at once").isFalse();
    assertThat(traffic.stalledAt(traffic.now + 120 * SECOND)).isTrue();
  }

  @Property(tries = 200)
  void aHaltOfTheOneOrTwoTickersThatTradeIsNoStall(
      @ForAll Random random,
      @ForAll @IntRange(min = 1, max = 2) int busy,
      @ForAll @IntRange(min = 0, max = 100) int sparse,
      @ForAll @IntRange(min = 60, max = 36_000) int seconds) {
    double[] rates = new double[busy + sparse];
    for (int i = 0; i < rates.length; i++) {
      rates[i] = i < busy ? 20 : 1e-7;
    }
    Traffic traffic = new Traffic(rates.length);
    traffic.hear(random, rates, traffic.now + 600 * SECOND);
    assertThat(traffic.stalledAt(traffic.now + seconds * SECOND)).isFalse();
  }

  @Property(tries = 100)
  void nothingIsStalledBeforeTheLeastOrBeforeAnythingWasHeard(
      @ForAll Random random, @ForAll @IntRange(min = 0, max = 59) int seconds) {
    Traffic traffic = new Traffic(3);
    assertThat(traffic.stalledAt(traffic.now + 1_000 * SECOND)).isFalse();
    double[] rates = {50, 50, 50};
    traffic.hear(random, rates, traffic.now + 300 * SECOND);
    assertThat(traffic.stalledAt(traffic.now + seconds * SECOND)).isFalse();
    traffic.detector.begin(traffic.now);
    assertThat(traffic.stalledAt(traffic.now + 1_000 * SECOND)).isFalse();
  }

  @Property(tries = 100)
  void aChannelOfAllTickersCountsAsMany(@ForAll @IntRange(min = 61, max = 3_000) int seconds) {
    StallDetector detector = new StallDetector(LEAST);
    detector.begin(0);
    for (int second = 1; second <= 3_600; second++) {
      detector.heard(second * SECOND);
    }
    long then = (3_600 + seconds) * SECOND;
    assertThat(detector.isStalled(then, List.of(), List.of(36_000L))).isTrue();
    assertThat(detector.isStalled(then, List.of(), List.of(100L))).isFalse();
    assertThat(detector.silence(then)).isEqualTo(Duration.ofSeconds(seconds));
  }

  private static double[] rates(Random random, int tickers, double busiest) {
    double[] rates = new double[tickers];
    for (int i = 0; i < tickers; i++) {
      rates[i] = busiest * Math.pow(random.nextDouble(), 3) + 1e-6;
    }
    return rates;
  }
}
