package com.alphaxiii.polygon.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class LatencyHistogramPropertyTest {
  private static final long MILLISECOND = 1_000_000;
  private static final long SECOND = 1_000 * MILLISECOND;
  private static final long[] BOUNDS = LatencyHistogram.bounds(0.5, 1, 10, 1_000);

  /** Within a bucket, which is a 16th of its octave or a microsecond. */
  private static void assertClose(long found, long exact) {
    assertThat(found).isBetween(exact, exact + exact / 16 + 1_025);
  }

  @Property(tries = 200)
  void percentilesAreThoseOfTheSortedTimes(
      @ForAll @Size(min = 1, max = 400)
          List<@LongRange(min = 0, max = 3_600 * SECOND) Long> times) {
    LatencyHistogram one = new LatencyHistogram(BOUNDS);
    LatencyHistogram other = new LatencyHistogram(BOUNDS);
    for (int i = 0; i < times.size(); i++) {
      (i % 3 == 0 ? one : other).record(times.get(i), i * MILLISECOND);
    }
    LatencyHistogram.Recent recent = new LatencyHistogram.Recent();
    recent.add(one, SECOND);
    recent.add(other, SECOND);
    List<Long> sorted = times.stream().sorted().toList();
    for (double part : new double[] {0.001, 0.5, 0.99, 1}) {
      int rank = (int) Math.max(1, Math.ceil(part * sorted.size()));
      assertClose(recent.percentile(part), sorted.get(rank - 1));
    }
    assertThat(recent.longest()).isEqualTo(sorted.getLast());
    assertThat(recent.count()).isEqualTo(times.size());
  }

  @Property(tries = 200)
  void totalsCountBetweenTheBounds(
      @ForAll @Size(max = 400) List<@LongRange(min = -SECOND, max = 5 * SECOND) Long> times) {
    LatencyHistogram histogram = new LatencyHistogram(BOUNDS);
    times.forEach(time -> histogram.record(time, 0));
    LatencyHistogram.Totals totals = new LatencyHistogram.Totals(BOUNDS.length);
    totals.add(histogram);
    List<Long> counted = times.stream().map(time -> Math.max(0, time)).toList();
    long[] expected =
        IntStream.rangeClosed(0, BOUNDS.length)
            .mapToLong(
                i ->
                    counted.stream()
                        .filter(time -> i == 0 || time > BOUNDS[i - 1])
                        .filter(time -> i == BOUNDS.length || time <= BOUNDS[i])
                        .count())
            .toArray();
    assertThat(totals.counts()).isEqualTo(expected);
    assertThat(totals.sum()).isEqualTo(counted.stream().mapToLong(Long::longValue).sum());
  }

  @Property(tries = 200)
  void theLastMinuteIsAllThatIsRecent(
      @ForAll @Size(min = 1, max = 100) List<@LongRange(min = 0, max = 40 * SECOND) Long> pauses,
      @ForAll @LongRange(min = 0, max = 100 * SECOND) long after) {
    LatencyHistogram histogram = new LatencyHistogram(BOUNDS);
    long now = 0;
    List<Long> at = new java.util.ArrayList<>();
    for (long pause : pauses) {
      now += pause;
      at.add(now);
      histogram.record(MILLISECOND, now);
    }
    long end = now + after;
    LatencyHistogram.Recent recent = new LatencyHistogram.Recent();
    recent.add(histogram, end);
    assertThat(recent.count())
        .isBetween(
            at.stream().filter(time -> time > end - 50 * SECOND).count(),
            at.stream().filter(time -> time > end - 60 * SECOND).count());
  }
}
