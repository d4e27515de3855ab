package com.alphaxiii.polygon.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.temporal.IsoFields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResamplingTest {
  private static final Ticker AAPL = new Ticker("AAPL");

  /** Bars and a longer timeframe. */
  record Task(Bars bars, Timeframe target) {}

  @Provide
  Arbitrary<Task> tasks() {
    return Arbitraries.oneOf(
        tasks(Timeframe.SECOND_1, "5sec", "30sec", "45sec"),
        tasks(Timeframe.MINUTE_1, "5min", "20min", "1hour", "2hour", "3hour", "12hour", "24hour"),
        tasks(Timeframe.DAY_1, "1week", "1month", "1quarter", "1year"));
  }

  private static Arbitrary<Task> tasks(Timeframe base, String... targets) {
    return Combinators.combine(LawfulBars.of(base), Arbitraries.of(targets).map(Timeframe::parse))
        .as(Task::new);
  }

  @Property
  void agreesWithGroupingRowsByTheirWindow(@ForAll("tasks") Task task) {
    Map<Object, List<Bar>> windows =
        task.bars().rows().stream()
            .collect(
                Collectors.groupingBy(
                    row -> window(row, task.target()), LinkedHashMap::new, Collectors.toList()));
    Bars resampled = task.bars().resample(task.target());
    assertThat(resampled.timeframe()).isEqualTo(task.target());
    assertThat(resampled.ticker()).isEqualTo(task.bars().ticker());
    assertThat(resampled.size()).isEqualTo(windows.size());
    int i = 0;
    for (List<Bar> rows : windows.values()) {
      assertIsMadeOf(resampled.row(i++), rows);
    }
  }

  /** Something that only rows of one window have in common, by the wall clock. */
  private static Object window(Bar row, Timeframe target) {
    ZonedDateTime at = row.start().atZone(Market.NEW_YORK);
    LocalDate day = at.toLocalDate();
    int multiplier = target.multiplier();
    return switch (target.timespan()) {
      case SECOND ->
          List.of(
              day,
              at.getOffset(),
              at.getHour(),
              (at.getMinute() * 60 + at.getSecond()) / multiplier);
      case MINUTE -> List.of(day, at.getOffset(), at.getHour(), at.getMinute() / multiplier);
      case HOUR ->
          multiplier == 1
              ? List.of(day, at.getOffset(), at.getHour())
              : List.of(day, at.getHour() / multiplier);
      case DAY -> day;
      case WEEK -> Math.floorDiv(day.toEpochDay() - LocalDate.of(2000, 1, 2).toEpochDay(), 7);
      case MONTH -> List.of(day.getYear(), day.getMonth());
      case QUARTER -> List.of(day.getYear(), day.get(IsoFields.QUARTER_OF_YEAR));
      case YEAR -> day.getYear();
    };
  }

  private static void assertIsMadeOf(Bar bar, List<Bar> rows) {
    assertThat(bar.open()).isEqualTo(rows.getFirst().open());
    assertThat(bar.close()).isEqualTo(rows.getLast().close());
    assertThat(bar.high()).isEqualTo(rows.stream().mapToDouble(Bar::high).max().orElseThrow());
    assertThat(bar.low()).isEqualTo(rows.stream().mapToDouble(Bar::low).min().orElseThrow());
    double volume = rows.stream().mapToDouble(Bar::volume).sum();
    assertThat(bar.volume()).isEqualTo(volume);
    assertThat(bar.transactions())
        .isEqualTo(
            rows.stream().allMatch(row -> row.transactions().isPresent())
                ? OptionalLong.of(
                    rows.stream().mapToLong(row -> row.transactions().getAsLong()).sum())
                : OptionalLong.empty());
    List<Bar> heavy = rows.stream().filter(row -> row.volume() > 0).toList();
    if (heavy.isEmpty() || heavy.stream().anyMatch(row -> row.vwap().isEmpty())) {
      assertThat(bar.vwap()).isEmpty();
    } else {
      double turnover =
          heavy.stream().mapToDouble(row -> row.vwap().getAsDouble() * row.volume()).sum();
      double expected = turnover / volume;
      assertThat(bar.vwap().getAsDouble()).isCloseTo(expected, within(expected * 1e-12));
    }
  }

  @Property
  void barsStartWithTheirWindowWhichHoldsTheirRows(@ForAll("tasks") Task task) {
    Bars resampled = task.bars().resample(task.target());
    for (int i = 0; i < resampled.size(); i++) {
      long start = resampled.start(i);
      assertThat(task.target().windowStart(start, Market.NEW_YORK)).isEqualTo(start);
      long end = task.target().windowEnd(start, Market.NEW_YORK);
      Bars within =
          task.bars().slice(TimeRange.of(Instant.ofEpochMilli(start), Instant.ofEpochMilli(end)));
      assertThat(within.resample(task.target())).isEqualTo(resampled.slice(i, i + 1));
    }
  }

  @Property
  void twoStepsGiveWhatOneGives(@ForAll("minutes") Bars minutes) {
    Bars once = minutes.resample(Timeframe.parse("4hour"));
    Bars twice =
        minutes
            .resample(Timeframe.parse("15min"))
            .resample(Timeframe.parse("2hour"))
            .resample(Timeframe.parse("4hour"));
    assertThat(twice.size()).isEqualTo(once.size());
    for (int i = 0; i < once.size(); i++) {
      Bar expected = once.row(i);
      Bar actual = twice.row(i);
      assertThat(withoutVwap(actual)).isEqualTo(withoutVwap(expected));
      assertThat(actual.vwap().isPresent()).isEqualTo(expected.vwap().isPresent());
      expected
          .vwap()
          .ifPresent(
              vwap ->
                  assertThat(actual.vwap().getAsDouble()).isCloseTo(vwap, within(vwap * 1e-12)));
    }
  }

  @Provide
  Arbitrary<Bars> minutes() {
    return LawfulBars.of(Timeframe.MINUTE_1);
  }

  private static Bar withoutVwap(Bar bar) {
    return new Bar(
        bar.start(),
        bar.open(),
        bar.high(),
        bar.low(),
        bar.close(),
        bar.volume(),
        OptionalDouble.empty(),
        bar.transactions());
  }

  @Test
  void makesOneBarOfFiveMinutes() {
    long start = Instant.parse("2014-06-05T13:30:00Z").toEpochMilli();
    Bars minutes =
        Bars.builder(AAPL, Timeframe.MINUTE_1)
            .add(start, 10, 12, 9, 11, 100, 10.5, 3)
            .add(start + 60_000, 11, 11, 11, 11, 0, Double.NaN, 0)
            .add(start + 240_000, 11, 15, 8, 14, 300, 12.5, 5)
            .add(start + 300_000, 14, 14, 14, 14, 1, 14, -1)
            .build();
    Bars expected =
        Bars.builder(AAPL, Timeframe.parse("5min"))
            .add(start, 10, 15, 8, 14, 400, 12, 8)
            .add(start + 300_000, 14, 14, 14, 14, 1, 14, -1)
            .build();
    assertThat(minutes.resample(Timeframe.parse("5min"))).isEqualTo(expected);
  }

  @Test
  void weeksBeginOnSundayAndKeepTheirClock() {
    Bars days =
        Bars.builder(AAPL, Timeframe.DAY_1)
            .add(Instant.parse("2013-03-08T05:00:00Z").toEpochMilli(), 1, 1, 1, 1, 1, 1, 1)
            .add(Instant.parse("2013-03-11T04:00:00Z").toEpochMilli(), 2, 2, 2, 2, 2, 2, 2)
            .build();
    Bars weeks = days.resample(Timeframe.parse("1week"));
    assertThat(weeks.rows().stream().map(Bar::start))
        .containsExactly(
            Instant.parse("2013-03-03T05:00:00Z"), Instant.parse("2013-03-10T05:00:00Z"));
    assertThat(weeks.row(0).start().atZone(Market.NEW_YORK).getDayOfWeek())
        .isEqualTo(DayOfWeek.SUNDAY);
  }

  @Test
  void cryptoDaysBeginInUtc() {
    long start = Instant.parse("2024-01-01T23:59:00Z").toEpochMilli();
    Bars minutes =
        Bars.builder(new Ticker("X:BTCUSD"), Timeframe.MINUTE_1)
            .add(start, 1, 1, 1, 1, 1, 1, 1)
            .add(start + 60_000, 2, 2, 2, 2, 2, 2, 2)
            .build();
    assertThat(minutes.resample(Timeframe.parse("24hour")).rows().stream().map(Bar::start))
        .containsExactly(
            Instant.parse("2024-01-01T00:00:00Z"), Instant.parse("2024-01-02T00:00:00Z"));
  }

  @ParameterizedTest
  @CsvSource({
    "1min, 7min", "1min, 90min", "1min, 5hour", "1min, 1day", "1sec, 1min", "1day, 2week",
    "1day, 1hour", "1week, 1month", "1month, 1week", "2hour, 3hour", "1hour, 30min", "7min, 1hour",
  })
  void refusesWindowsThatDoNotFit(Timeframe from, Timeframe to) {
    assertThatThrownBy(() -> Bars.empty(AAPL, from).resample(to))
        .isInstanceOf(PolygonException.InvalidRequest.class)
        .hasMessageContaining("AAPL")
        .hasMessageContaining(from.toString())
        .hasMessageContaining(to.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "1sec, 30sec",
    "1min, 1min",
    "5min, 1hour",
    "20min, 2hour",
    "2hour, 4hour",
    "1day, 1year",
    "1week, 1week",
    "1month, 1quarter",
    "1quarter, 1year",
    "7min, 7min",
  })
  void acceptsWindowsThatFit(Timeframe from, Timeframe to) {
    assertThat(Bars.empty(AAPL, from).resample(to)).isEqualTo(Bars.empty(AAPL, to));
  }
}
