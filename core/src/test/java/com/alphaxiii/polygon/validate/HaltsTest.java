package com.alphaxiii.polygon.validate;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.Adjustment;
import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.BarsBuilder;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Timeframe;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Halts, breakers and bands: silence that is no gap, and prices that must not be. */
class HaltsTest {
  private static final Ticker STOCK = Ticker.of("AAPL");
  private static final LocalDate DAY = LocalDate.of(2022, 4, 12);

  private static Instant at(LocalDate day, String time) {
    return day.atTime(LocalTime.parse(time)).atZone(Market.NEW_YORK).toInstant();
  }

  /**
   * A busy session of minutes without those from {@code from} to before {@code to}.
   *
   * @param auction how many times the usual volume the first minute after them has
   */
  private static Bars minutes(LocalDate day, String from, String to, double move, int auction) {
    Random random = new Random(5);
    BarsBuilder bars = Bars.builder(STOCK, Timeframe.MINUTE_1);
    long open = at(day, "09:30:00").toEpochMilli();
    long stopped = at(day, from).toEpochMilli();
    long resumed = at(day, to).toEpochMilli();
    for (long start = open; start < open + 390 * 60_000L; start += 60_000) {
      if (start >= stopped && start < resumed) {
        continue;
      }
      double price = (start < stopped ? 100 : 100 + move) + random.nextInt(8) / 100.0;
      long volume = (4_000 + random.nextInt(2_000)) * (start == resumed ? auction : 1);
      bars.add(
          start,
          price,
          price + 0.05,
          price - 0.05,
          price + random.nextInt(5) / 100.0,
          volume,
          Double.NaN,
          volume / 100);
    }
    return bars.build();
  }

  private static DayQuality day(ValidationReport report) {
    return report.days().getFirst();
  }

  @Test
  void silenceThatAnAuctionEndsIsAHalt() {
    Bars halted = minutes(DAY, "11:00:00", "11:05:00", 6, 12);
    ValidationReport report = BarChecks.report(halted);
    assertThat(report.issues()).extracting(Finding::law).contains(Law.TRADING_WAS_HALTED);
    assertThat(day(report).lost() + day(report).unknown()).isZero();
    // The same silence in which nothing happened is none.
    ValidationReport lost = BarChecks.report(minutes(DAY, "11:00:00", "11:05:00", 0, 1));
    assertThat(lost.issues()).extracting(Finding::law).containsExactly(Law.WINDOW_IS_UNKNOWN);
    assertThat(day(lost).unknown()).isEqualTo(5);
  }

  @Test
  void haltsThatAreGivenAndBreakersAreNoGaps() {
    Bars quiet = minutes(DAY, "11:00:00", "11:15:00", 0, 1);
    TimeRange halt = TimeRange.of(at(DAY, "11:00:00"), at(DAY, "11:15:00"));
    Evidence known = Evidence.of(Adjustment.NONE).withHalts(List.of(halt));
    assertThat(BarChecks.report(quiet, known).isClean()).isTrue();
    assertThat(BarChecks.report(quiet).isClean()).isFalse();
    LocalDate breaker = LocalDate.of(2020, 3, 18);
    assertThat(BarChecks.report(minutes(breaker, "12:57:00", "13:11:00", 0, 1)).isClean()).isTrue();
    LocalDate before = LocalDate.of(2020, 3, 17);
    assertThat(BarChecks.report(minutes(before, "12:57:00", "13:11:00", 0, 1)).isClean()).isFalse();
  }

  @Test
  void pricesOutsideABandAreTold() {
    Bars bars = minutes(DAY, "11:00:00", "11:00:00", 6, 1);
    TimeRange session = TimeRange.of(at(DAY, "09:30:00"), at(DAY, "16:00:00"));
    Evidence wide =
        Evidence.of(Adjustment.NONE).withBands(List.of(new PriceBand(session, 95, 107)));
    Evidence narrow =
        Evidence.of(Adjustment.NONE).withBands(List.of(new PriceBand(session, 95, 105)));
    assertThat(BarChecks.report(bars, wide).issues())
        .extracting(Finding::law)
        .doesNotContain(Law.PRICE_IS_OUTSIDE_BAND);
    assertThat(BarChecks.report(bars, narrow).issues())
        .filteredOn(issue -> issue.law() == Law.PRICE_IS_OUTSIDE_BAND)
        .singleElement()
        .satisfies(issue -> assertThat(issue.at()).isEqualTo(at(DAY, "11:00:00")));
  }
}
