package com.alphaxiii.polygon.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.MarketData;
import com.alphaxiii.polygon.core.Session;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarketCalendarTest {
  private final MarketCalendar calendar = MarketCalendar.usEquities();

  /** One line of the table of closed and short days. */
  private record Row(int year, Set<LocalDate> closed, Set<LocalDate> early) {
    static Row parse(String line) {
      String[] fields = line.split(",", -1);
      return new Row(
          Integer.parseInt(fields[0]), days(fields[0], fields[1]), days(fields[0], fields[2]));
    }

    private static Set<LocalDate> days(String year, String list) {
      return Stream.of(list.split(" "))
          .map(day -> LocalDate.parse(year + "-" + day))
          .collect(Collectors.toSet());
    }
  }

  private static Map<Integer, Row> table() throws IOException {
    try (var reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    MarketCalendarTest.class.getResourceAsStream("us-equities-2001-2030.csv")),
                StandardCharsets.UTF_8))) {
      return reader
          .lines()
          .skip(1)
          .map(Row::parse)
          .collect(Collectors.toMap(Row::year, Function.identity()));
    }
  }

  @Test
  void agreesWithTheTableOnEveryDayFrom2001To2030() throws IOException {
    Map<Integer, Row> table = table();
    List<TradingDay> expected = new ArrayList<>();
    LocalDate first = LocalDate.of(2001, 1, 1);
    LocalDate last = LocalDate.of(2030, 12, 31);
    for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
      Row row = Objects.requireNonNull(table.get(day.getYear()));
      boolean weekend =
          day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
      Optional<TradingDay> known =
          weekend || row.closed().contains(day)
              ? Optional.empty()
              : Optional.of(new TradingDay(day, row.early().contains(day)));
      assertThat(calendar.tradingDay(day)).as("%s", day).isEqualTo(known);
      assertThat(calendar.isTradingDay(day)).as("%s", day).isEqualTo(known.isPresent());
      known.ifPresent(expected::add);
    }
    assertThat(calendar.tradingDays(first, last)).isEqualTo(expected).hasSizeGreaterThan(7_500);
  }

  @ParameterizedTest
  @CsvSource({"AAPL", "SPY", "IBM"})
  void agreesWithTheDaysOnWhichStocksWereTraded(String symbol) {
    List<LocalDate> traded = MarketData.days(symbol).stream().map(MarketData.Day::date).toList();
    assertThat(
            calendar.tradingDays(traded.getFirst(), traded.getLast()).stream()
                .map(TradingDay::date))
        .isEqualTo(traded)
        .hasSizeGreaterThan(5_000);
  }

  @ParameterizedTest
  @CsvSource({
    // date, pre open, open, close, post close (UTC)
    "2013-03-08, 2013-03-08T09:00:00Z, 2013-03-08T14:30:00Z, 2013-03-08T21:00:00Z,"
        + " 2013-03-09T01:00:00Z",
    "2013-03-11, 2013-03-11T08:00:00Z, 2013-03-11T13:30:00Z, 2013-03-11T20:00:00Z,"
        + " 2013-03-12T00:00:00Z",
    "2013-11-01, 2013-11-01T08:00:00Z, 2013-11-01T13:30:00Z, 2013-11-01T20:00:00Z,"
        + " 2013-11-02T00:00:00Z",
    "2013-11-04, 2013-11-04T09:00:00Z, 2013-11-04T14:30:00Z, 2013-11-04T21:00:00Z,"
        + " 2013-11-05T01:00:00Z",
    "2013-11-29, 2013-11-29T09:00:00Z, 2013-11-29T14:30:00Z, 2013-11-29T18:00:00Z,"
        + " 2013-11-29T22:00:00Z",
    "2024-07-03, 2024-07-03T08:00:00Z, 2024-07-03T13:30:00Z, 2024-07-03T17:00:00Z,"
        + " 2024-07-03T21:00:00Z",
    "2001-09-17, 2001-09-17T08:00:00Z, 2001-09-17T13:33:00Z, 2001-09-17T20:00:00Z,"
        + " 2001-09-18T00:00:00Z",
    "2005-06-01, 2005-06-01T08:00:00Z, 2005-06-01T13:30:00Z, 2005-06-01T19:56:00Z,"
        + " 2005-06-02T00:00:00Z",
  })
  void tellsTheInstantsOfADay(
      LocalDate date, Instant preOpen, Instant open, Instant close, Instant postClose) {
    TradingDay day = calendar.tradingDay(date).orElseThrow();
    assertThat(day.preOpen()).isEqualTo(preOpen);
    assertThat(day.open()).isEqualTo(open);
    assertThat(day.close()).isEqualTo(close);
    assertThat(day.postClose()).isEqualTo(postClose);
  }

  @Test
  void sessionsAreHalfOpenAndFollowOneAnother() {
    for (LocalDate date : List.of(LocalDate.of(2013, 3, 11), LocalDate.of(2013, 11, 29))) {
      TradingDay day = calendar.tradingDay(date).orElseThrow();
      assertThat(day.sessionAt(day.preOpen().minusNanos(1))).isEmpty();
      assertThat(day.sessionAt(day.preOpen())).contains(Session.PRE);
      assertThat(day.sessionAt(day.open().minusNanos(1))).contains(Session.PRE);
      assertThat(day.sessionAt(day.open())).contains(Session.REGULAR);
      assertThat(day.sessionAt(day.close().minusNanos(1))).contains(Session.REGULAR);
      assertThat(day.sessionAt(day.close())).contains(Session.POST);
      assertThat(day.sessionAt(day.postClose().minusNanos(1))).contains(Session.POST);
      assertThat(day.sessionAt(day.postClose())).isEmpty();
      assertThat(day.sessionAt(day.open().plusSeconds(86_400))).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2024-01-02T08:59:59Z, CLOSED",
    "2024-01-02T09:00:00Z, EXTENDED",
    "2024-01-02T14:30:00Z, OPEN",
    "2024-01-02T20:59:59.999Z, OPEN",
    "2024-01-02T21:00:00Z, EXTENDED",
    "2024-01-03T00:59:59Z, EXTENDED",
    "2024-01-03T01:00:00Z, CLOSED",
    "2024-01-01T15:00:00Z, CLOSED",
    "2024-01-06T15:00:00Z, CLOSED",
    "2024-11-29T17:59:59Z, OPEN",
    "2024-11-29T18:00:00Z, EXTENDED",
    "2024-11-29T22:00:00Z, CLOSED",
  })
  void tellsThePhaseOfAnInstant(Instant at, MarketPhase phase) {
    assertThat(calendar.phase(at)).isEqualTo(phase);
  }

  @ParameterizedTest
  @CsvSource({
    "2024-01-03T15:59:59.999Z, 2024-01-02T05:00:00Z",
    "2024-01-03T16:00:00Z, 2024-01-03T05:00:00Z",
    "2024-01-04T04:59:59Z, 2024-01-03T05:00:00Z",
    "2024-01-04T05:00:00Z, 2024-01-03T05:00:00Z",
    // The night of a clock change: midnight before it is still standard time.
    "2013-03-10T14:59:59Z, 2013-03-09T05:00:00Z",
    "2013-03-10T15:00:00Z, 2013-03-10T05:00:00Z",
    "2013-11-03T16:00:00Z, 2013-11-03T04:00:00Z",
  })
  void settlesADayAtElevenOfTheNext(Instant now, Instant settled) {
    assertThat(calendar.settledUntil(now)).isEqualTo(settled);
  }

  @Test
  void skipsTheClosedDaysOfSeptember2001() {
    LocalDate monday = LocalDate.of(2001, 9, 10);
    LocalDate reopening = LocalDate.of(2001, 9, 17);
    assertThat(calendar.next(monday).date()).isEqualTo(reopening);
    assertThat(calendar.previous(reopening).date()).isEqualTo(monday);
  }

  @Test
  void givesNoDaysWhenTheEndsCross() {
    assertThat(calendar.tradingDays(LocalDate.of(2024, 1, 3), LocalDate.of(2024, 1, 2))).isEmpty();
  }

  @Test
  void tellsWhatIsOpenAndWhatComesNext() {
    // Friday after Thanksgiving: 13:00 is the close, and the next opening is on Monday.
    MarketMoment late =
        MarketMoment.of(MarketCalendar.usEquities(), Instant.parse("2024-11-29T18:30:00Z"));
    assertThat(late.phase()).isEqualTo(MarketPhase.EXTENDED);
    assertThat(late.session()).contains("post");
    assertThat(late.earlyClose()).isTrue();
    assertThat(late.nextOpen()).isEqualTo(Instant.parse("2024-12-02T14:30:00Z"));
    assertThat(late.nextClose()).isEqualTo(Instant.parse("2024-12-02T21:00:00Z"));
    MarketMoment weekend =
        MarketMoment.of(MarketCalendar.usEquities(), Instant.parse("2024-11-30T15:00:00Z"));
    assertThat(weekend.phase()).isEqualTo(MarketPhase.CLOSED);
    assertThat(weekend.day()).isEmpty();
    assertThat(weekend.session()).isEmpty();
  }
}
