package com.alphaxiii.polygon.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.Market;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class MarketCalendarPropertyTest {
  private final MarketCalendar calendar = MarketCalendar.usEquities();

  @Provide
  Arbitrary<LocalDate> days() {
    return Arbitraries.longs()
        .between(LocalDate.of(1990, 1, 1).toEpochDay(), LocalDate.of(2060, 12, 31).toEpochDay())
        .map(LocalDate::ofEpochDay);
  }

  @Provide
  Arbitrary<Instant> instants() {
    return Arbitraries.longs()
        .between(
            Instant.parse("1990-01-01T00:00:00Z").toEpochMilli(),
            Instant.parse("2060-12-31T00:00:00Z").toEpochMilli())
        .map(Instant::ofEpochMilli);
  }

  @Property
  void nextAndPreviousAreInverseOnTradingDays(@ForAll("days") LocalDate day) {
    TradingDay next = calendar.next(day);
    TradingDay previous = calendar.previous(day);
    assertThat(next.date()).isAfter(day);
    assertThat(previous.date()).isBefore(day);
    if (calendar.isTradingDay(day)) {
      assertThat(calendar.previous(next.date()).date()).isEqualTo(day);
      assertThat(calendar.next(previous.date()).date()).isEqualTo(day);
    } else {
      assertThat(calendar.previous(next.date())).isEqualTo(previous);
      assertThat(calendar.next(previous.date())).isEqualTo(next);
    }
  }

  @Property
  void tradingDaysAreTheChainOfNextDays(
      @ForAll("days") LocalDate first, @ForAll @IntRange(min = 0, max = 40) int length) {
    LocalDate last = first.plusDays(length);
    List<TradingDay> days = calendar.tradingDays(first, last);
    LocalDate at = first.minusDays(1);
    for (TradingDay day : days) {
      assertThat(calendar.next(at)).isEqualTo(day);
      at = day.date();
    }
    assertThat(calendar.next(at).date()).isAfter(last);
  }

  @Property
  void phaseAndSessionTellTheSame(@ForAll("instants") Instant at) {
    TradingDay day = calendar.tradingDay(LocalDate.ofInstant(at, Market.NEW_YORK)).orElse(null);
    MarketPhase expected = MarketPhase.CLOSED;
    if (day != null && !at.isBefore(day.preOpen()) && at.isBefore(day.postClose())) {
      boolean regular = !at.isBefore(day.open()) && at.isBefore(day.close());
      expected = regular ? MarketPhase.OPEN : MarketPhase.EXTENDED;
    }
    assertThat(calendar.phase(at)).isEqualTo(expected);
  }

  @Property
  void settledIsAMidnightElevenHoursOrMoreInThePast(
      @ForAll("instants") Instant now, @ForAll @IntRange(min = 0, max = 200_000) int later) {
    Instant settled = calendar.settledUntil(now);
    assertThat(LocalTime.ofInstant(settled, Market.NEW_YORK)).isEqualTo(LocalTime.MIDNIGHT);
    // Eleven by the clock is ten hours after a midnight that loses an hour, 36 the most that a
    // day of 25 hours and eleven more make.
    assertThat(Duration.between(settled, now))
        .isGreaterThanOrEqualTo(Duration.ofHours(10))
        .isLessThan(Duration.ofHours(36));
    assertThat(calendar.settledUntil(now.plusSeconds(later))).isAfterOrEqualTo(settled);
  }
}
