package com.alphaxiii.polygon.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.Aggregate;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.Timespan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class RevisionsPropertyTest {
  @Property(tries = 300)
  void countsHowOftenAWindowOfTheLastQuarterOfAnHourCame(
      @ForAll @Size(max = 400) List<@IntRange(min = 0, max = 890) Integer> late) {
    Revisions revisions = new Revisions();
    Map<Long, Integer> model = new HashMap<>();
    for (int i = 0; i < late.size(); i++) {
      // Time goes on by three seconds; bars come as late as the vendor may send them.
      long second = 1_000_000 + 3L * i - (late.get(i) < 600 ? 0 : late.get(i));
      int expected = model.merge(second, 1, Integer::sum) - 1;
      assertThat(revisions.before(bar(second))).isEqualTo(expected);
    }
    assertThat(revisions.before(Events.quote("AAPL"))).isZero();
  }

  private static Aggregate bar(long second) {
    return new Aggregate(
        Ticker.of("AAPL"),
        Timespan.SECOND,
        second * 1_000,
        second * 1_000 + 1_000,
        1,
        1,
        1,
        1,
        1,
        1,
        1,
        1,
        1,
        1,
        0,
        0,
        false);
  }
}
