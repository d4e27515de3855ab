package com.alphaxiii.polygon.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.BitSet;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares ranges with the sets of seconds that they hold. */
class TimeRangeTest {
  private static final Instant ORIGIN = Instant.parse("2024-01-02T05:00:00Z");
  private static final int SECONDS = 24;

  @Provide
  Arbitrary<TimeRange> ranges() {
    Arbitrary<Integer> second = Arbitraries.integers().between(0, SECONDS);
    return Combinators.combine(second, second)
        .as(
            (a, b) ->
                TimeRange.of(
                    ORIGIN.plusSeconds(Math.min(a, b)), ORIGIN.plusSeconds(Math.max(a, b))))
        .withoutEdgeCases();
  }

  @Provide
  Arbitrary<List<TimeRange>> lists() {
    return ranges().list().ofMaxSize(6).withoutEdgeCases();
  }

  private static BitSet seconds(List<TimeRange> ranges) {
    BitSet seconds = new BitSet();
    for (TimeRange range : ranges) {
      for (int i = 0; i < SECONDS; i++) {
        if (range.contains(ORIGIN.plusSeconds(i))) {
          seconds.set(i);
        }
      }
    }
    return seconds;
  }

  private static void assertFewestInOrder(List<TimeRange> ranges) {
    assertThat(ranges).noneMatch(TimeRange::isEmpty);
    for (int i = 1; i < ranges.size(); i++) {
      assertThat(ranges.get(i).start()).isAfter(ranges.get(i - 1).end());
    }
  }

  @Property
  void minusLeavesWhatNoneCovers(
      @ForAll("ranges") TimeRange range, @ForAll("lists") List<TimeRange> others) {
    List<TimeRange> rest = range.minus(others);
    BitSet expected = seconds(List.of(range));
    expected.andNot(seconds(others));
    assertThat(seconds(rest)).isEqualTo(expected);
    assertFewestInOrder(rest);
  }

  @Property
  void unionIsTheSameSetInTheFewestRanges(@ForAll("lists") List<TimeRange> ranges) {
    List<TimeRange> union = TimeRange.union(ranges);
    assertThat(seconds(union)).isEqualTo(seconds(ranges));
    assertFewestInOrder(union);
    assertThat(TimeRange.union(union)).isEqualTo(union);
  }

  @Property
  void intersectHoldsWhatBothHold(
      @ForAll("ranges") TimeRange one, @ForAll("ranges") TimeRange other) {
    TimeRange common = one.intersect(other);
    BitSet expected = seconds(List.of(one));
    expected.and(seconds(List.of(other)));
    assertThat(seconds(List.of(common))).isEqualTo(expected);
    assertThat(one.encloses(common)).isTrue();
    assertThat(common.isEmpty() || common.equals(other.intersect(one))).isTrue();
    assertThat(one.minus(List.of(other))).isEqualTo(one.minus(List.of(common)));
  }

  @Property
  void enclosesWhatAddsNothing(@ForAll("ranges") TimeRange one, @ForAll("ranges") TimeRange other) {
    if (!other.isEmpty()) {
      assertThat(one.encloses(other)).isEqualTo(other.minus(List.of(one)).isEmpty());
    }
  }

  @Property
  void printsWhatItIsReadFrom(
      @ForAll long seconds, @ForAll("nanos") int nanos, @ForAll("nanos") int length) {
    Instant start = Instant.ofEpochSecond(Math.floorMod(seconds, 4_000_000_000L), nanos);
    TimeRange range = TimeRange.of(start, start.plusNanos(length));
    assertThat(TimeRange.parse(range.toString())).isEqualTo(range);
  }

  @Provide
  Arbitrary<Integer> nanos() {
    return Arbitraries.integers().between(0, 999_999_999).withoutEdgeCases();
  }

  @Test
  void daysHaveTheLengthThatTheirClockGivesThem() {
    LocalDate spring = LocalDate.of(2013, 3, 10);
    LocalDate autumn = LocalDate.of(2013, 11, 3);
    assertThat(length(TimeRange.ofDays(spring, spring, Market.NEW_YORK))).isEqualTo(23);
    assertThat(length(TimeRange.ofDays(autumn, autumn, Market.NEW_YORK))).isEqualTo(25);
    assertThat(length(TimeRange.ofDays(autumn, autumn.plusDays(1), Market.NEW_YORK))).isEqualTo(49);
  }

  private static long length(TimeRange range) {
    return Duration.between(range.start(), range.end()).toHours();
  }

  @Test
  void refusesAnEndBeforeTheStart() {
    LocalDate day = LocalDate.of(2013, 3, 10);
    assertThatThrownBy(() -> TimeRange.of(ORIGIN, ORIGIN.minusNanos(1)))
        .isInstanceOf(PolygonException.InvalidRequest.class);
    assertThatThrownBy(() -> TimeRange.ofDays(day, day.minusDays(1), Market.NEW_YORK))
        .isInstanceOf(PolygonException.InvalidRequest.class)
        .hasMessageContaining("2013-03-09");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "2024-01-02T05:00:00Z", "2024-01-02/2024-01-03", "x/y"})
  void refusesWhatIsNoRange(String text) {
    assertThatThrownBy(() -> TimeRange.parse(text))
        .isInstanceOfSatisfying(
            PolygonException.InvalidRequest.class, e -> assertThat(e.field()).hasValue("range"));
  }
}
