package com.alphaxiii.polygon.store;

import static com.alphaxiii.polygon.store.Samples.AAPL;
import static com.alphaxiii.polygon.store.Samples.MIN5;
import static com.alphaxiii.polygon.store.Samples.days;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alphaxiii.polygon.core.Adjustment;
import com.alphaxiii.polygon.core.AdjustmentFactors;
import com.alphaxiii.polygon.core.BarAnswer;
import com.alphaxiii.polygon.core.BarRequest;
import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.Dividend;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Split;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Timeframe;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdjustedBarsTest {
  private static final TimeRange JUNE = days("2014-06-02", "2014-06-20");
  private static final Split SEVEN = new Split(AAPL, LocalDate.parse("2014-06-09"), 1, 7);

  @TempDir private Path root;
  private final Samples.TestClock clock = new Samples.TestClock("2014-07-03T16:00:00Z");
  private final ListSource upstream = new ListSource(clock);
  private final ListReference reference = new ListReference();
  private BarStore store;

  @BeforeEach
  void open() {
    upstream.put(Samples.minutes(AAPL, days("2014-04-01", "2014-07-03"), 7));
    upstream.put(Samples.dailies(AAPL, days("2013-01-01", "2014-07-03")));
    reference.splits.add(SEVEN);
    store = reopened();
  }

  @AfterEach
  void close() {
    store.close();
  }

  private BarStore reopened() {
    return BarStore.open(root, upstream, reference, clock, Samples.CALENDAR);
  }

  private BarAnswer ask(Timeframe timeframe, Adjustment adjustment, @Nullable String asOf) {
    return store.bars(
        new BarRequest(
            AAPL, timeframe, JUNE, adjustment, asOf == null ? null : LocalDate.parse(asOf), true));
  }

  private Bars minutes() {
    return upstream.all(AAPL, Timeframe.MINUTE_1).slice(JUNE);
  }

  @Test
  void barsBeforeASplitAreCorrectedWhenRead() {
    Bars expected =
        minutes().adjust(AdjustmentFactors.splits(reference.splits, LocalDate.parse("2014-07-03")));
    assertThat(expected.close(0)).isEqualTo(minutes().close(0) / 7);
    assertThat(ask(Timeframe.MINUTE_1, Adjustment.SPLIT, null).bars()).isEqualTo(expected);
    assertThat(ask(MIN5, Adjustment.SPLIT, null).bars()).isEqualTo(expected.resample(MIN5));
  }

  @Test
  void aNewSplitCostsNoBarsAgain() {
    ask(MIN5, Adjustment.SPLIT, null);
    upstream.clear();
    reference.splits.add(new Split(AAPL, LocalDate.parse("2014-07-04"), 1, 2));
    clock.set("2014-07-04T16:00:00Z");
    Bars expected =
        minutes()
            .adjust(AdjustmentFactors.splits(reference.splits, LocalDate.parse("2014-07-04")))
            .resample(MIN5);
    BarAnswer answer = ask(MIN5, Adjustment.SPLIT, null);
    assertThat(answer.bars()).isEqualTo(expected);
    assertThat(upstream.requests()).isEmpty();
    assertThat(answer.source()).isEqualTo(BarAnswer.Source.MIXED);
    assertThat(ask(MIN5, Adjustment.SPLIT, null).source()).isEqualTo(BarAnswer.Source.CACHE);
  }

  @Test
  void theKnowledgeOfAnEarlierDayApplies() {
    assertThat(ask(Timeframe.MINUTE_1, Adjustment.SPLIT, "2014-06-08").bars()).isEqualTo(minutes());
    assertThat(ask(Timeframe.MINUTE_1, Adjustment.SPLIT, "2014-06-09").bars())
        .isNotEqualTo(minutes());
  }

  @Test
  void rawBarsNeedNoSplits() {
    reference.reachable = false;
    assertThat(ask(MIN5, Adjustment.NONE, null).bars()).isEqualTo(minutes().resample(MIN5));
    assertThat(reference.asked).hasValue(0);
  }

  @Test
  void onlyStocksHaveSplits() {
    reference.reachable = false;
    Ticker bitcoin = Ticker.of("X:BTCUSD");
    upstream.put(Samples.everyMinutes(bitcoin, JUNE, 60));
    BarRequest request = new BarRequest(bitcoin, MIN5, JUNE, Adjustment.SPLIT, null, true);
    assertThat(store.bars(request).bars().isEmpty()).isFalse();
    assertThat(reference.asked).hasValue(0);
  }

  @Test
  void splitsAreRememberedForHalfADayEvenWhenThereAreNone() {
    reference.splits.clear();
    ask(MIN5, Adjustment.SPLIT, null);
    store.close();
    store = reopened();
    clock.set("2014-07-04T03:59:00Z");
    ask(MIN5, Adjustment.SPLIT, null);
    assertThat(reference.asked).hasValue(1);
    clock.set("2014-07-04T04:00:00Z");
    ask(MIN5, Adjustment.SPLIT, null);
    assertThat(reference.asked).hasValue(2);
  }

  @Test
  void whatIsKnownHoldsWhileSplitsCannotBeHad() {
    Bars before = ask(MIN5, Adjustment.SPLIT, null).bars();
    reference.reachable = false;
    clock.set("2014-07-10T16:00:00Z");
    assertThat(ask(MIN5, Adjustment.SPLIT, null).bars()).isEqualTo(before);
    ask(MIN5, Adjustment.SPLIT, null);
    assertThat(reference.asked).as("asked again only after a while").hasValue(2);
    reference.reachable = true;
    clock.set("2014-07-10T16:02:00Z");
    ask(MIN5, Adjustment.SPLIT, null);
    assertThat(reference.asked).hasValue(3);
  }

  @Test
  void withoutAnyKnowledgeTheAnswerIsAnError() {
    reference.reachable = false;
    assertThatThrownBy(() -> ask(MIN5, Adjustment.SPLIT, null))
        .isInstanceOf(PolygonException.Unavailable.class);
  }

  @Test
  void totalReturnUsesRawClosesOfTheSameStore() {
    reference.dividends.add(new Dividend(AAPL, LocalDate.parse("2014-06-12"), 0.47, "USD"));
    reference.dividends.add(new Dividend(AAPL, LocalDate.parse("2014-02-06"), 3.05, "USD"));
    Bars expected =
        minutes()
            .adjust(
                AdjustmentFactors.totalReturn(
                    reference.splits,
                    reference.dividends,
                    upstream.all(AAPL, Timeframe.DAY_1),
                    LocalDate.parse("2014-07-03")))
            .resample(MIN5);
    assertThat(ask(MIN5, Adjustment.TOTAL, null).bars()).isEqualTo(expected);
    upstream.clear();
    BarAnswer again = ask(MIN5, Adjustment.TOTAL, null);
    assertThat(again.bars()).isEqualTo(expected);
    assertThat(again.source()).isEqualTo(BarAnswer.Source.CACHE);
    assertThat(upstream.requests()).isEmpty();
  }

  @Test
  void totalReturnIsRefusedWhileAClosingPriceIsNotPublished() {
    reference.dividends.add(new Dividend(AAPL, LocalDate.parse("2014-07-03"), 0.47, "USD"));
    clock.set("2014-07-03T12:00:00Z");
    upstream.before(
        request -> {
          if (request.timeframe().equals(Timeframe.DAY_1)
              && request.range().end().isAfter(days("2014-07-01", "2014-07-01").end())) {
            throw new PolygonException.NotYetAvailable("before end of day", null);
          }
        });
    assertThatThrownBy(() -> ask(MIN5, Adjustment.TOTAL, null))
        .isInstanceOf(PolygonException.NotYetAvailable.class)
        .hasMessageContaining("AAPL");
  }

  @Test
  void weeksAreMadeOfAdjustedDays() {
    Timeframe week = Timeframe.parse("1week");
    Bars expected =
        upstream
            .all(AAPL, Timeframe.DAY_1)
            .slice(days("2014-06-01", "2014-06-21"))
            .adjust(AdjustmentFactors.splits(reference.splits, LocalDate.parse("2014-07-03")))
            .resample(week);
    assertThat(ask(week, Adjustment.SPLIT, null).bars()).isEqualTo(expected);
  }

  @Test
  void clearingATickerForgetsItsSplits() {
    ask(MIN5, Adjustment.SPLIT, null);
    store.clear(Optional.of(AAPL), OptionalInt.empty());
    ask(MIN5, Adjustment.SPLIT, null);
    assertThat(reference.asked).hasValue(2);
  }

  @Test
  void timeframesThatGoThroughKnowTodaysSplitsOnly() {
    assertThatThrownBy(() -> ask(Timeframe.parse("7min"), Adjustment.SPLIT, "2014-06-08"))
        .isInstanceOf(PolygonException.InvalidRequest.class)
        .hasMessageContaining("7min");
  }
}
