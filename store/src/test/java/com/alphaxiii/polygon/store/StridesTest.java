package com.alphaxiii.polygon.store;

import static com.alphaxiii.polygon.store.Samples.AAPL;
import static com.alphaxiii.polygon.store.Samples.days;
import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Timeframe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class StridesTest {
  private static final int PAGE = 50_000;
  private static final TimeRange DECADE = days("2004-01-01", "2013-12-31");

  /** How many requests, and in how many rounds, a history takes whose days have so many bars. */
  private static List<List<TimeRange>> rounds(Series series, TimeRange range, int barsADay) {
    Strides strides = new Strides(series);
    List<List<TimeRange>> rounds = new ArrayList<>();
    List<TimeRange> fetched = new ArrayList<>();
    for (List<TimeRange> missing = List.of(range); !missing.isEmpty(); ) {
      List<TimeRange> next = strides.next(missing);
      assertThat(next).isNotEmpty();
      next.forEach(stretch -> strides.learn(stretch, bars(stretch, barsADay)));
      fetched.addAll(next);
      rounds.add(next);
      missing = range.minus(fetched);
    }
    return rounds;
  }

  private static int bars(TimeRange stretch, int barsADay) {
    return (int) (Duration.between(stretch.start(), stretch.end()).toDays() * barsADay);
  }

  private static Series minutes(String symbol) {
    return new Series(Ticker.of(symbol), Timeframe.MINUTE_1);
  }

  @Property(tries = 200)
  void whatIsFetchedSideBySideFitsAPageAndIsFetchedOnce(
      @ForAll @IntRange(max = 660) int barsADay, @ForAll long seed) {
    // 660 on each day of the year is what 960 on trading days come to.
    Random random = new Random(seed);
    TimeRange range =
        TimeRange.of(
            DECADE.start().plus(Duration.ofHours(random.nextInt(40_000))),
            DECADE.end().minus(Duration.ofHours(random.nextInt(40_000))));
    List<TimeRange> all = new ArrayList<>();
    for (List<TimeRange> round : rounds(minutes("AAPL"), range, barsADay)) {
      assertThat(round).allMatch(stretch -> bars(stretch, barsADay) <= PAGE);
      all.addAll(round);
    }
    assertThat(TimeRange.union(all)).containsExactly(range);
    assertThat(all.stream().mapToLong(s -> Duration.between(s.start(), s.end()).toMillis()).sum())
        .isEqualTo(Duration.between(range.start(), range.end()).toMillis());
  }

  @Test
  void aDenseDecadeTakesTwoRounds() {
    List<List<TimeRange>> rounds = rounds(minutes("AAPL"), DECADE, 660);
    assertThat(rounds).hasSize(2);
    assertThat(rounds.getFirst()).containsExactly(days("2004-01-01", "2004-02-29"));
    assertThat(rounds.getLast()).hasSize(59);
  }

  @Test
  void anEmptyDecadeTakesFewRequests() {
    assertThat(rounds(minutes("AAPL"), DECADE, 0)).hasSize(4).allMatch(round -> round.size() == 1);
  }

  @Test
  void aMonthOfAMarketThatNeverClosesFitsAPage() {
    assertThat(rounds(minutes("X:BTCUSD"), days("2013-01-01", "2013-12-31"), 1_440))
        .hasSize(2)
        .allSatisfy(round -> assertThat(round).allMatch(stretch -> bars(stretch, 1_440) <= PAGE));
  }

  @Test
  void dayBarsAreAskedForAtOnce() {
    List<TimeRange> missing = List.of(days("1980-01-01", "1999-12-31"), DECADE);
    assertThat(new Strides(new Series(AAPL, Timeframe.DAY_1)).next(missing)).isEqualTo(missing);
  }
}
