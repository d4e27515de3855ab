package com.alphaxiii.polygon.store;

import static com.alphaxiii.polygon.store.Samples.AAPL;
import static com.alphaxiii.polygon.store.Samples.MIN5;
import static com.alphaxiii.polygon.store.Samples.days;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alphaxiii.polygon.core.Adjustment;
import com.alphaxiii.polygon.core.BarAnswer;
import com.alphaxiii.polygon.core.BarRequest;
import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.Cleared;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.StorageStatistics;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Timeframe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BarStoreTest {
  private static final TimeRange MAY_JUNE = days("2014-05-01", "2014-06-30");
  private static final TimeRange WEEK = days("2014-06-02", "2014-06-06");

  @TempDir private Path root;
  private final Samples.TestClock clock = new Samples.TestClock("2014-07-03T16:00:00Z");
  private final ListSource upstream = new ListSource(clock);
  private final ListReference reference = new ListReference();
  private BarStore store;

  @BeforeEach
  void open() {
    upstream.put(Samples.minutes(AAPL, days("2014-05-01", "2014-07-03"), 7));
    upstream.put(Samples.dailies(AAPL, days("2013-01-01", "2014-07-03")));
    store = reopened();
  }

  @AfterEach
  void close() {
    store.close();
  }

  private BarStore reopened() {
    return BarStore.open(root, upstream, reference, clock, Samples.CALENDAR);
  }

  private BarAnswer raw(Timeframe timeframe, TimeRange range) {
    return store.bars(BarRequest.raw(AAPL, timeframe, range));
  }

  private Bars plain(Timeframe timeframe, TimeRange range) {
    return upstream.plain(BarRequest.raw(AAPL, timeframe, range));
  }

  @Test
  void asksOnceAndThenAnswersFromTheCache() {
    BarAnswer first = raw(Timeframe.MINUTE_1, WEEK);
    assertThat(first.bars()).isEqualTo(plain(Timeframe.MINUTE_1, WEEK));
    assertThat(first.source()).isEqualTo(BarAnswer.Source.UPSTREAM);
    assertThat(first.complete()).isTrue();
    assertThat(first.unsettled()).isEmpty();
    upstream.clear();

    BarAnswer second = raw(Timeframe.MINUTE_1, WEEK);
    assertThat(second.bars()).isEqualTo(first.bars());
    assertThat(second.source()).isEqualTo(BarAnswer.Source.CACHE);
    assertThat(upstream.requests()).isEmpty();
  }

  @Test
  void oneDownloadServesEveryTimeframeMadeOfMinutes() {
    raw(Timeframe.MINUTE_1, MAY_JUNE);
    upstream.clear();
    for (String timeframe : List.of("1min", "5min", "15min", "1hour", "4hour")) {
      Timeframe asked = Timeframe.parse(timeframe);
      assertThat(raw(asked, WEEK).bars()).isEqualTo(plain(asked, WEEK));
    }
    assertThat(upstream.requests()).isEmpty();
  }

  @Test
  void longTimeframesAreMadeOfWholeWindowsOfDays() {
    for (String timeframe : List.of("1day", "1week", "1month", "1quarter", "1year")) {
      Timeframe asked = Timeframe.parse(timeframe);
      TimeRange range = days("2014-02-12", "2014-05-14");
      assertThat(raw(asked, range).bars()).isEqualTo(plain(asked, range));
    }
  }

  @Test
  void asksOnlyForWhatIsMissing() {
    raw(Timeframe.MINUTE_1, days("2014-06-03", "2014-06-04"));
    upstream.clear();
    BarAnswer answer = raw(Timeframe.MINUTE_1, WEEK);
    assertThat(answer.bars()).isEqualTo(plain(Timeframe.MINUTE_1, WEEK));
    assertThat(answer.source()).isEqualTo(BarAnswer.Source.MIXED);
    assertThat(upstream.requests())
        .extracting(BarRequest::range)
        .containsExactly(days("2014-06-02", "2014-06-02"), days("2014-06-05", "2014-06-06"));
    assertThat(upstream.requests())
        .extracting(BarRequest::adjustment)
        .containsOnly(Adjustment.NONE);
  }

  @Test
  void aMinuteIsAskedForAsAWholeDay() {
    TimeRange minute =
        TimeRange.of(Instant.parse("2014-06-03T14:00:00Z"), Instant.parse("2014-06-03T14:01:00Z"));
    assertThat(raw(Timeframe.MINUTE_1, minute).bars()).isEqualTo(plain(Timeframe.MINUTE_1, minute));
    assertThat(upstream.requests())
        .extracting(BarRequest::range)
        .containsExactly(days("2014-06-03", "2014-06-03"));
  }

  @Test
  void anEmptyAnswerIsRememberedToo() {
    Ticker unknown = Ticker.of("NOPE");
    BarRequest request = BarRequest.raw(unknown, MIN5, WEEK);
    assertThat(store.bars(request).bars().isEmpty()).isTrue();
    upstream.clear();
    assertThat(store.bars(request).cached()).isTrue();
    store.close();
    store = reopened();
    assertThat(store.bars(request).cached()).isTrue();
    assertThat(upstream.requests()).isEmpty();
  }

  @Test
  void anEmptyAnswerIsDoubtedAfterAMonth() {
    BarRequest request = BarRequest.raw(Ticker.of("NOPE"), MIN5, WEEK);
    store.bars(request);
    clock.set("2014-08-04T16:00:00Z");
    upstream.clear();
    assertThat(store.bars(request).source()).isEqualTo(BarAnswer.Source.UPSTREAM);
    assertThat(store.bars(request).source()).isEqualTo(BarAnswer.Source.CACHE);
    assertThat(upstream.requests()).hasSize(1);
  }

  @Test
  void whatIsEmptyBeforeTheListingIsNotDoubted() {
    Ticker young = Ticker.of("YOUNG");
    reference.listed.put(young, java.time.LocalDate.parse("2014-06-04"));
    BarRequest before = BarRequest.raw(young, MIN5, days("2014-05-05", "2014-05-30"));
    BarRequest after = BarRequest.raw(young, MIN5, days("2014-06-09", "2014-06-13"));
    store.bars(before);
    store.bars(after);
    assertThat(reference.asked).as("nothing is old yet").hasValue(0);
    clock.set("2014-08-04T16:00:00Z");
    upstream.clear();
    assertThat(store.bars(before).cached()).isTrue();
    assertThat(store.bars(before).cached()).isTrue();
    assertThat(upstream.requests()).isEmpty();
    assertThat(store.bars(after).source()).isEqualTo(BarAnswer.Source.UPSTREAM);
    assertThat(reference.asked).as("asked once").hasValue(1);
  }

  @Test
  void aListingThatCannotBeHadIsNoFailure() {
    BarRequest request = BarRequest.raw(Ticker.of("NOPE"), MIN5, WEEK);
    store.bars(request);
    clock.set("2014-08-04T16:00:00Z");
    reference.reachable = false;
    assertThat(store.bars(request).source()).isEqualTo(BarAnswer.Source.UPSTREAM);
  }

  @Test
  void closedDaysOfStocksCostNoRequest() {
    BarAnswer weekend = raw(Timeframe.MINUTE_1, days("2014-06-07", "2014-06-08"));
    assertThat(weekend.bars().isEmpty()).isTrue();
    assertThat(weekend.source()).isEqualTo(BarAnswer.Source.CACHE);
    assertThat(weekend.complete()).isTrue();
    assertThat(upstream.requests()).isEmpty();
  }

  @Test
  void closedDaysOfCryptoAreAskedFor() {
    store.bars(BarRequest.raw(Ticker.of("X:BTCUSD"), MIN5, days("2014-06-07", "2014-06-08")));
    assertThat(upstream.requests()).hasSize(1);
  }

  @Test
  void aWeekendBetweenMissingDaysDoesNotSplitTheRequest() {
    raw(Timeframe.MINUTE_1, days("2014-05-31", "2014-06-15"));
    assertThat(upstream.requests())
        .extracting(BarRequest::range)
        .containsExactly(days("2014-06-02", "2014-06-13"));
  }

  @Test
  void barsThatMayStillChangeAreRememberedForSecondsAndNeverKept() {
    clock.set("2014-07-02T18:00:00Z");
    TimeRange range = days("2014-06-30", "2014-07-03");
    BarAnswer first = raw(Timeframe.MINUTE_1, range);
    assertThat(first.bars()).isEqualTo(plain(Timeframe.MINUTE_1, range));
    assertThat(first.unsettled()).contains(Instant.parse("2014-07-02T04:00:00Z"));
    assertThat(upstream.requests().getLast().range())
        .isEqualTo(TimeRange.of(Instant.parse("2014-07-02T04:00:00Z"), clock.instant()));
    upstream.clear();

    // The vendor rebuilds the day overnight.
    Bars rebuilt = Samples.minutes(AAPL, days("2014-05-01", "2014-07-03"), 11);
    upstream.put(
        rebuilt.replace(
            days("2014-05-01", "2014-07-01"),
            plain(Timeframe.MINUTE_1, days("2014-05-01", "2014-07-01"))));
    clock.set(clock.instant().plus(Tails.FRESH).minusMillis(1));
    BarAnswer soon = raw(Timeframe.MINUTE_1, range);
    assertThat(soon.bars()).isEqualTo(first.bars());
    assertThat(soon.unsettled()).isEqualTo(first.unsettled());
    assertThat(soon.source()).isEqualTo(BarAnswer.Source.CACHE);
    assertThat(upstream.requests()).isEmpty();

    clock.set(clock.instant().plusMillis(1));
    BarAnswer second = raw(Timeframe.MINUTE_1, range);
    assertThat(second.bars()).isEqualTo(plain(Timeframe.MINUTE_1, range));
    assertThat(second.source()).isEqualTo(BarAnswer.Source.MIXED);
    assertThat(upstream.requests()).hasSize(1);

    clock.set("2014-07-03T16:00:00Z");
    TimeRange day = days("2014-07-02", "2014-07-02");
    assertThat(raw(Timeframe.MINUTE_1, day).source()).isEqualTo(BarAnswer.Source.UPSTREAM);
    assertThat(raw(Timeframe.MINUTE_1, day).source()).isEqualTo(BarAnswer.Source.CACHE);
  }

  @Test
  void yesterdayIsNotSettledBeforeElevenInNewYork() {
    clock.set("2014-07-03T14:58:00Z");
    raw(Timeframe.DAY_1, days("2014-07-02", "2014-07-02"));
    clock.set("2014-07-03T14:59:00Z");
    assertThat(raw(Timeframe.DAY_1, days("2014-07-02", "2014-07-02")).cached()).isFalse();
    clock.set("2014-07-03T15:00:00Z");
    raw(Timeframe.DAY_1, days("2014-07-02", "2014-07-02"));
    assertThat(raw(Timeframe.DAY_1, days("2014-07-02", "2014-07-02")).cached()).isTrue();
  }

  @Test
  void theFutureIsNotAskedFor() {
    BarAnswer answer = raw(MIN5, days("2015-01-05", "2015-01-09"));
    assertThat(answer.bars().isEmpty()).isTrue();
    assertThat(answer.unsettled()).isPresent();
    assertThat(upstream.requests()).isEmpty();
  }

  @Test
  void aLongBarOfWhichADayMayChangeIsUnsettledFromItsStart() {
    BarAnswer weeks = raw(Timeframe.parse("1week"), days("2014-06-02", "2014-07-03"));
    Bars bars = weeks.bars();
    assertThat(weeks.unsettled()).contains(Instant.ofEpochMilli(bars.start(bars.size() - 1)));
    assertThat(weeks.unsettled()).contains(days("2014-06-29", "2014-06-29").start());
  }

  @Test
  void aCryptoDayIsNotSettledBeforeItEnds() {
    Ticker bitcoin = Ticker.of("X:BTCUSD");
    clock.set("2014-07-03T16:00:00Z");
    BarRequest request =
        BarRequest.raw(
            bitcoin,
            Timeframe.DAY_1,
            TimeRange.of(Instant.parse("2014-07-03T00:00:00Z"), clock.instant()));
    store.bars(request);
    clock.set(clock.instant().plus(Tails.FRESH));
    assertThat(store.bars(request).cached()).isFalse();
  }

  @Test
  void manyWhoAskForTodayCostOneRequest() {
    clock.set("2014-07-02T18:00:00Z");
    TimeRange today = days("2014-07-02", "2014-07-02");
    raw(Timeframe.MINUTE_1, today);
    upstream.clear();
    for (String timeframe : List.of("1min", "5min", "1hour")) {
      Timeframe asked = Timeframe.parse(timeframe);
      TimeRange noon = TimeRange.of(Instant.parse("2014-07-02T16:00:00Z"), today.end());
      assertThat(raw(asked, noon).bars()).isEqualTo(plain(asked, noon));
    }
    assertThat(upstream.requests()).isEmpty();
    // But who wants it anew gets it anew, and all others after that.
    store.bars(new BarRequest(AAPL, Timeframe.MINUTE_1, today, Adjustment.NONE, null, false));
    assertThat(upstream.requests()).hasSize(1);
    raw(Timeframe.MINUTE_1, today);
    assertThat(upstream.requests()).hasSize(1);
  }

  @Test
  void aRefusalOfTodayIsNotRememberedPastMidnight() {
    clock.set("2014-07-02T18:00:00Z");
    upstream.before(
        request -> {
          if (request.range().end().isAfter(Instant.parse("2014-07-02T04:00:00Z"))) {
            throw new PolygonException.NotYetAvailable("before end of day", null);
          }
        });
    TimeRange week = days("2014-06-30", "2014-07-02");
    BarAnswer answer = raw(Timeframe.MINUTE_1, week);
    assertThat(answer.bars())
        .isEqualTo(plain(Timeframe.MINUTE_1, days("2014-06-30", "2014-07-01")));
    assertThat(answer.missing())
        .containsExactly(TimeRange.of(Instant.parse("2014-07-02T04:00:00Z"), clock.instant()));
    upstream.clear();
    clock.set("2014-07-02T18:04:59Z");
    assertThat(raw(Timeframe.MINUTE_1, week).missing()).hasSize(1);
    assertThat(upstream.requests()).isEmpty();
    clock.set("2014-07-02T18:05:00Z");
    raw(Timeframe.MINUTE_1, week);
    assertThat(upstream.requests()).isNotEmpty();

    clock.set("2014-07-03T03:59:00Z");
    raw(Timeframe.MINUTE_1, week);
    upstream.clear();
    clock.set("2014-07-03T04:00:00Z");
    upstream.before(request -> {});
    assertThat(raw(Timeframe.MINUTE_1, week).complete()).isTrue();
    assertThat(upstream.requests()).hasSize(1);
  }

  @Test
  void yesterdayIsHadThoughTodayIsRefused() {
    clock.set("2014-07-03T13:00:00Z");
    Instant midnight = Instant.parse("2014-07-03T04:00:00Z");
    upstream.before(
        request -> {
          if (request.range().end().isAfter(midnight)) {
            throw new PolygonException.NotYetAvailable("before end of day", null);
          }
        });
    for (int i = 0; i < 2; i++) {
      BarAnswer answer = raw(Timeframe.MINUTE_1, days("2014-07-02", "2014-07-03"));
      assertThat(answer.bars())
          .isEqualTo(plain(Timeframe.MINUTE_1, days("2014-07-02", "2014-07-02")));
      assertThat(answer.missing()).containsExactly(TimeRange.of(midnight, clock.instant()));
    }
    assertThat(upstream.requests()).hasSize(2);
  }

  @Test
  void whatIsNotPublishedYetIsNamedAsMissing() {
    upstream.before(
        request -> {
          if (request.range().end().equals(clock.instant())) {
            throw new PolygonException.NotYetAvailable("before end of day", null);
          }
        });
    TimeRange range = days("2014-07-01", "2014-07-03");
    BarAnswer answer = raw(Timeframe.DAY_1, range);
    assertThat(answer.bars()).isEqualTo(plain(Timeframe.DAY_1, days("2014-07-01", "2014-07-02")));
    assertThat(answer.missing())
        .containsExactly(TimeRange.of(Instant.parse("2014-07-03T04:00:00Z"), clock.instant()));
  }

  @Test
  void whatUpstreamCouldNotTellOrCallsUnsettledIsNotKept() {
    TimeRange unknown = days("2014-06-03", "2014-06-03");
    Instant unsettled = Instant.parse("2014-06-06T04:00:00Z");
    try (BarStore careful =
        BarStore.open(
            root,
            request ->
                new BarAnswer(
                    upstream.bars(request).bars(),
                    BarAnswer.Source.UPSTREAM,
                    List.of(unknown),
                    unsettled),
            reference,
            clock,
            Samples.CALENDAR)) {
      BarAnswer answer = careful.bars(BarRequest.raw(AAPL, Timeframe.MINUTE_1, WEEK));
      assertThat(answer.missing()).containsExactly(unknown);
      assertThat(answer.unsettled()).contains(unsettled);
    }
    upstream.clear();
    BarAnswer answer = raw(Timeframe.MINUTE_1, WEEK);
    assertThat(answer.bars()).isEqualTo(plain(Timeframe.MINUTE_1, WEEK));
    assertThat(answer.complete()).isTrue();
    assertThat(upstream.requests())
        .extracting(BarRequest::range)
        .containsExactly(unknown, days("2014-06-06", "2014-06-06"));
  }

  @Test
  void withoutTheCacheAllIsFetchedAndReplaced() {
    raw(Timeframe.MINUTE_1, MAY_JUNE);
    Bars corrected = Samples.minutes(AAPL, days("2014-05-01", "2014-07-03"), 5);
    upstream.put(corrected);
    upstream.clear();
    BarAnswer anew =
        store.bars(new BarRequest(AAPL, Timeframe.MINUTE_1, WEEK, Adjustment.NONE, null, false));
    assertThat(anew.source()).isEqualTo(BarAnswer.Source.UPSTREAM);
    assertThat(anew.bars()).isEqualTo(corrected.slice(WEEK));
    assertThat(upstream.requests()).hasSize(1);
    assertThat(raw(Timeframe.MINUTE_1, WEEK).bars()).isEqualTo(corrected.slice(WEEK));
    assertThat(upstream.requests()).hasSize(1);
  }

  @Test
  void aLongStretchIsFetchedInPiecesThatAreSafeAtOnce() {
    upstream.put(Samples.minutes(AAPL, days("2010-01-01", "2013-12-31"), 9));
    TimeRange years = days("2010-01-04", "2013-12-31");
    upstream.before(
        request -> {
          if (request.range().start().isAfter(Instant.parse("2011-12-01T00:00:00Z"))) {
            throw new PolygonException.Unavailable("gone", null, null);
          }
        });
    assertThatThrownBy(() -> raw(MIN5, years)).isInstanceOf(PolygonException.Unavailable.class);
    upstream.before(request -> {});
    upstream.clear();
    assertThat(raw(MIN5, years).bars()).isEqualTo(plain(MIN5, years));
    assertThat(upstream.requests())
        .allSatisfy(r -> assertThat(r.range().start()).isAfter("2010-12-31T00:00:00Z"));
  }

  @Test
  void longEmptyHistoryCostsFewRequests() {
    store.bars(BarRequest.raw(Ticker.of("NOPE"), MIN5, days("1970-01-01", "2014-06-30")));
    assertThat(upstream.requests()).hasSizeLessThan(8);
  }

  @Test
  void timeframesThatDependOnTheStartGoThrough() {
    BarRequest seven = BarRequest.raw(AAPL, Timeframe.parse("7min"), WEEK);
    store.bars(seven);
    store.bars(seven);
    assertThat(upstream.requests()).containsExactly(seven, seven);
    assertThat(store.statistics().rows()).isZero();
  }

  @Test
  void timeframesThatGoThroughCannotBeTotalReturn() {
    BarRequest seven =
        new BarRequest(AAPL, Timeframe.parse("7min"), WEEK, Adjustment.TOTAL, null, true);
    assertThatThrownBy(() -> store.bars(seven))
        .isInstanceOf(PolygonException.InvalidRequest.class)
        .hasMessageContaining("7min")
        .hasMessageContaining("AAPL");
  }

  @Test
  void rangesAreReadFromTheMonthsTheyTouch() throws Exception {
    raw(Timeframe.MINUTE_1, MAY_JUNE);
    upstream.clear();
    Files.delete(root.resolve("parquet/symbols/AAPL/AAPL_1min.parquet/2014-05.parquet"));
    assertThat(raw(Timeframe.MINUTE_1, WEEK).cached()).isTrue();
    assertThat(upstream.requests()).isEmpty();
  }

  @Test
  void statisticsCountWhatIsThere() throws Exception {
    assertThat(store.statistics())
        .isEqualTo(
            new StorageStatistics(
                0,
                0,
                0,
                0,
                null,
                null,
                java.util.Map.of(
                    Timeframe.SECOND_1, 0L, Timeframe.MINUTE_1, 0L, Timeframe.DAY_1, 0L),
                new StorageStatistics.Ticks(0, 0, 0, 0)));
    int minutes = raw(Timeframe.MINUTE_1, MAY_JUNE).bars().size();
    int dailies = raw(Timeframe.DAY_1, days("2014-01-01", "2014-06-30")).bars().size();
    store.bars(BarRequest.raw(Ticker.of("NOPE"), MIN5, WEEK));

    StorageStatistics statistics = store.statistics();
    assertThat(statistics.symbols()).isEqualTo(1);
    assertThat(statistics.parts()).isEqualTo(3);
    assertThat(statistics.rows()).isEqualTo(minutes + dailies);
    assertThat(statistics.rowsOf()).containsEntry(Timeframe.MINUTE_1, (long) minutes);
    assertThat(statistics.rowsOf()).containsEntry(Timeframe.DAY_1, (long) dailies);
    assertThat(statistics.earliest()).contains(Instant.parse("2014-01-02T05:00:00Z"));
    try (var files = Files.walk(root.resolve("parquet/symbols"))) {
      assertThat(statistics.bytes())
          .isEqualTo(files.filter(Files::isRegularFile).mapToLong(p -> p.toFile().length()).sum());
    }
  }

  @Test
  void clearingATickerLeavesTheOthers() {
    Ticker other = Ticker.of("MSFT");
    upstream.put(Samples.minutes(other, WEEK, 10));
    raw(MIN5, MAY_JUNE);
    store.bars(BarRequest.raw(other, MIN5, WEEK));

    Cleared cleared = store.clear(Optional.of(AAPL), OptionalInt.empty());
    assertThat(cleared.symbols()).isEqualTo(1);
    assertThat(cleared.parts()).isEqualTo(2);
    assertThat(cleared.bytes()).isPositive();
    assertThat(root.resolve("parquet/symbols/AAPL")).doesNotExist();
    upstream.clear();
    assertThat(store.bars(BarRequest.raw(other, MIN5, WEEK)).cached()).isTrue();
    assertThat(raw(MIN5, WEEK).source()).isEqualTo(BarAnswer.Source.UPSTREAM);
  }

  @Test
  void clearingByAgeKeepsWhatWasWrittenLately() {
    raw(MIN5, days("2014-05-05", "2014-05-09"));
    clock.set("2014-07-31T16:00:00Z");
    raw(MIN5, WEEK);
    Cleared cleared = store.clear(Optional.empty(), OptionalInt.of(20));
    assertThat(cleared.parts()).isEqualTo(1);
    upstream.clear();
    assertThat(raw(MIN5, WEEK).cached()).isTrue();
    assertThat(raw(MIN5, days("2014-05-05", "2014-05-09")).cached()).isFalse();
  }

  @Test
  void whatWasStoredSurvivesReopening() {
    Bars before = raw(MIN5, MAY_JUNE).bars();
    store.close();
    upstream.clear();
    store = reopened();
    assertThat(raw(MIN5, MAY_JUNE).bars()).isEqualTo(before);
    assertThat(upstream.requests()).isEmpty();
  }

  @Test
  void aNewerCatalogIsRefusedWithAWordOfAdvice() throws Exception {
    store.close();
    try (var connection =
            java.sql.DriverManager.getConnection(
                "jdbc:sqlite:" + root.resolve("cache/polygon_cache.db"));
        var statement = connection.createStatement()) {
      statement.execute("INSERT INTO schema_version VALUES (99)");
    }
    assertThatThrownBy(this::reopened)
        .isInstanceOf(PolygonException.StorageFailure.class)
        .hasMessageContaining("99")
        .hasMessageContaining("CACHE_DIR");
  }

  @Test
  void aFolderThatCannotBeMadeIsRefused() throws Exception {
    Path file = Files.writeString(root.resolve("file"), "");
    assertThatThrownBy(() -> BarStore.open(file, upstream, reference, clock, Samples.CALENDAR))
        .isInstanceOf(PolygonException.StorageFailure.class)
        .hasMessageContaining(file.toString());
  }
}
