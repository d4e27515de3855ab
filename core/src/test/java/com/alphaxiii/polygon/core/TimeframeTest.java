package com.alphaxiii.polygon.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeframeTest {
  /** Hours around which clocks change, and any others. */
  private static final List<Instant> CHANGES =
      List.of(
          Instant.parse("2013-03-10T07:00:00Z"),
          Instant.parse("2013-11-03T06:00:00Z"),
          Instant.parse("2024-03-10T07:00:00Z"),
          Instant.parse("2024-11-03T06:00:00Z"));

  @Provide
  Arbitrary<Long> instants() {
    Arbitrary<Long> any =
        Arbitraries.longs()
            .between(
                Instant.parse("1998-01-01T00:00:00Z").toEpochMilli(),
                Instant.parse("2035-01-01T00:00:00Z").toEpochMilli());
    Arbitrary<Long> near =
        Arbitraries.of(CHANGES)
            .flatMap(
                change ->
                    Arbitraries.longs()
                        .between(-100_000_000, 100_000_000)
                        .map(distance -> change.toEpochMilli() + distance));
    return Arbitraries.oneOf(any, near).withoutEdgeCases();
  }

  @Provide
  Arbitrary<ZoneId> zones() {
    return Arbitraries.of(Market.NEW_YORK, ZoneOffset.UTC);
  }

  /** Every timeframe whose windows do not depend on the request. */
  @Provide
  Arbitrary<Timeframe> gridded() {
    return Arbitraries.of(
            Stream.of(Timespan.values())
                .flatMap(
                    unit ->
                        Stream.iterate(1, n -> n <= 3_600, n -> n + 1)
                            .map(n -> new Timeframe(n, unit)))
                .filter(timeframe -> timeframe.base().isPresent())
                .distinct()
                .toList())
        .withoutEdgeCases();
  }

  @Property
  void printsWhatItIsReadFrom(
      @ForAll @IntRange(min = 1, max = 100_000) int multiplier, @ForAll Timespan timespan) {
    Timeframe timeframe = new Timeframe(multiplier, timespan);
    assertThat(Timeframe.parse(timeframe.toString())).isEqualTo(timeframe);
    assertThat(Timeframe.parse(multiplier + " " + timespan.vendorWord() + "s"))
        .isEqualTo(timeframe);
  }

  @ParameterizedTest
  @CsvSource({
    "1sec, 1sec",
    "5s, 5sec",
    "1min, 1min",
    "min, 1min",
    "5m, 5min",
    " 5 Minutes , 5min",
    "60min, 1hour",
    "60s, 1min",
    "3600sec, 1hour",
    "120min, 2hour",
    "90min, 90min",
    "1h, 1hour",
    "24hour, 24hour",
    "1440min, 24hour",
    "1d, 1day",
    "DAY, 1day",
    "1w, 1week",
    "1month, 1month",
    "3 months, 3month",
    "1quarter, 1quarter",
    "1year, 1year",
    "007min, 7min",
  })
  void readsWhatPeopleWrite(String text, String canonical) {
    assertThat(Timeframe.parse(text)).hasToString(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "5",
        "0min",
        "-1min",
        "1.5hour",
        "1M",
        "5M",
        "1y",
        "1q",
        "1fortnight",
        "min5",
        "1 min 2",
        "100001sec",
        "9999999min",
        "99999999999999999999day"
      })
  void refusesWhatIsNoTimeframe(String text) {
    assertThatThrownBy(() -> Timeframe.parse(text))
        .isInstanceOfSatisfying(
            PolygonException.InvalidRequest.class,
            e -> assertThat(e.field()).hasValue("timeframe"));
  }

  @ParameterizedTest
  @CsvSource({
    "1sec, 1sec",
    "45sec, 1sec",
    "1min, 1min",
    "30min, 1min",
    "1hour, 1min",
    "24hour, 1min",
    "1day, 1day",
    "1week, 1day",
    "1quarter, 1day",
    "7sec,",
    "7min,",
    "90min,",
    "5hour,",
    "48hour,",
    "2day,",
    "2week,",
  })
  void isMadeOfOneOfThreeBases(Timeframe timeframe, Timeframe base) {
    assertThat(timeframe.base()).isEqualTo(Optional.ofNullable(base));
  }

  @Property
  void windowsHoldTheirInstantsAndFollowOneAnother(
      @ForAll("gridded") Timeframe timeframe,
      @ForAll("instants") long at,
      @ForAll("zones") ZoneId zone) {
    long start = timeframe.windowStart(at, zone);
    long end = timeframe.windowEnd(start, zone);
    assertThat(start).isLessThanOrEqualTo(at);
    assertThat(end).isGreaterThan(at);
    assertThat(timeframe.windowStart(start, zone)).isEqualTo(start);
    assertThat(timeframe.windowStart(end - 1, zone)).isEqualTo(start);
    assertThat(timeframe.windowStart(end, zone)).isEqualTo(end);
  }

  @Property
  void windowsBeginWhereTheClockShowsAWholeUnit(
      @ForAll("gridded") Timeframe timeframe,
      @ForAll("instants") long at,
      @ForAll("zones") ZoneId zone) {
    ZonedDateTime start = Instant.ofEpochMilli(timeframe.windowStart(at, zone)).atZone(zone);
    ZonedDateTime instant = Instant.ofEpochMilli(at).atZone(zone);
    int multiplier = timeframe.multiplier();
    switch (timeframe.timespan()) {
      case SECOND -> assertThat((start.getMinute() * 60 + start.getSecond()) % multiplier).isZero();
      case MINUTE -> {
        assertThat(start.getMinute() % multiplier).isZero();
        assertThat(start.getSecond()).isZero();
      }
      case HOUR -> {
        assertThat(start.toLocalDate()).isEqualTo(instant.toLocalDate());
        assertThat(start.getMinute()).isZero();
        // A window whose first hour the clocks skip begins with the next.
        assertThat(start.getHour() / multiplier).isEqualTo(instant.getHour() / multiplier);
        assertThat(start.getHour() % multiplier == 0 || start.getHour() == 3).isTrue();
      }
      case DAY -> assertThat(start.toLocalDate()).isEqualTo(instant.toLocalDate());
      case WEEK -> assertThat(start.getDayOfWeek()).isEqualTo(DayOfWeek.SUNDAY);
      case MONTH -> assertThat(start.getDayOfMonth()).isEqualTo(1);
      case QUARTER -> {
        assertThat(start.getDayOfMonth()).isEqualTo(1);
        assertThat(start.getMonthValue() % 3).isEqualTo(1);
      }
      case YEAR -> assertThat(start.getDayOfYear()).isEqualTo(1);
    }
    if (!timeframe.timespan().isIntraday()) {
      assertThat(start.toLocalTime()).isEqualTo(LocalTime.MIDNIGHT);
    }
  }

  @Property
  void aTimeframeDividesThoseWhoseWindowsItsOwnFill(
      @ForAll("gridded") Timeframe one,
      @ForAll("gridded") Timeframe other,
      @ForAll("instants") long at) {
    assertThat(one.divides(one)).isTrue();
    if (one.divides(other)) {
      assertThat(one.base()).isEqualTo(other.base());
      long start = other.windowStart(at, Market.NEW_YORK);
      long end = other.windowEnd(start, Market.NEW_YORK);
      assertThat(one.windowStart(start, Market.NEW_YORK)).isEqualTo(start);
      assertThat(one.windowStart(end, Market.NEW_YORK)).isEqualTo(end);
    }
  }

  @Property
  void snappingWidensToTheWindowsOfBothEnds(
      @ForAll("gridded") Timeframe timeframe,
      @ForAll("instants") long at,
      @ForAll @IntRange(min = 1, max = Integer.MAX_VALUE) int length,
      @ForAll("zones") ZoneId zone) {
    TimeRange range = TimeRange.of(Instant.ofEpochMilli(at), Instant.ofEpochMilli(at + length));
    TimeRange snapped = timeframe.snap(range, zone);
    assertThat(snapped.encloses(range)).isTrue();
    assertThat(snapped.start().toEpochMilli()).isEqualTo(timeframe.windowStart(at, zone));
    long lastWindow = timeframe.windowStart(at + length - 1, zone);
    assertThat(snapped.end().toEpochMilli()).isEqualTo(timeframe.windowEnd(lastWindow, zone));
    assertThat(timeframe.snap(snapped, zone)).isEqualTo(snapped);
  }

  @ParameterizedTest
  @CsvSource({
    // In spring 02:00 to 03:00 is skipped, in autumn 01:00 to 02:00 comes twice.
    "2hour, 2013-03-10T07:30:00Z, 2013-03-10T07:00:00Z, 2013-03-10T08:00:00Z",
    "2hour, 2013-03-10T06:30:00Z, 2013-03-10T05:00:00Z, 2013-03-10T07:00:00Z",
    "4hour, 2013-03-10T07:30:00Z, 2013-03-10T05:00:00Z, 2013-03-10T08:00:00Z",
    "2hour, 2013-11-03T06:30:00Z, 2013-11-03T04:00:00Z, 2013-11-03T07:00:00Z",
    "1hour, 2013-11-03T06:30:00Z, 2013-11-03T06:00:00Z, 2013-11-03T07:00:00Z",
    "24hour, 2013-11-03T06:30:00Z, 2013-11-03T04:00:00Z, 2013-11-04T05:00:00Z",
    "1day, 2013-03-10T07:30:00Z, 2013-03-10T05:00:00Z, 2013-03-11T04:00:00Z",
    "1week, 2013-03-10T07:30:00Z, 2013-03-10T05:00:00Z, 2013-03-17T04:00:00Z",
    "1quarter, 2013-05-10T07:30:00Z, 2013-04-01T04:00:00Z, 2013-07-01T04:00:00Z",
    "1year, 2013-05-10T07:30:00Z, 2013-01-01T05:00:00Z, 2014-01-01T05:00:00Z",
  })
  void followsTheClockOfTheMarket(Timeframe timeframe, Instant at, Instant start, Instant end) {
    long found = timeframe.windowStart(at.toEpochMilli(), Market.NEW_YORK);
    assertThat(Instant.ofEpochMilli(found)).isEqualTo(start);
    assertThat(Instant.ofEpochMilli(timeframe.windowEnd(found, Market.NEW_YORK))).isEqualTo(end);
  }

  @Test
  void withoutABaseOnlyLengthAndUnitsAreKnown() {
    long start = Instant.parse("2024-01-02T14:30:00Z").toEpochMilli();
    Timeframe odd = Timeframe.parse("90min");
    assertThat(odd.windowEnd(start, Market.NEW_YORK)).isEqualTo(start + 90 * 60_000);
    assertThatThrownBy(() -> odd.windowStart(start, Market.NEW_YORK))
        .isInstanceOf(PolygonException.InvalidRequest.class)
        .hasMessageContaining("90min");
    TimeRange range = TimeRange.parse("2024-01-02T14:30:30Z/2024-01-02T15:01:00.000000001Z");
    assertThat(odd.snap(range, Market.NEW_YORK))
        .hasToString("2024-01-02T14:30:00Z/2024-01-02T15:02:00Z");
    assertThat(Timeframe.parse("2week").snap(range, Market.NEW_YORK))
        .hasToString("2023-12-31T05:00:00Z/2024-01-07T05:00:00Z");
  }

  @Test
  void anEmptyRangeStaysEmpty() {
    Instant at = Instant.parse("2024-01-02T14:30:30Z");
    assertThat(Timeframe.MINUTE_1.snap(TimeRange.of(at, at), Market.NEW_YORK).isEmpty()).isTrue();
  }
}
