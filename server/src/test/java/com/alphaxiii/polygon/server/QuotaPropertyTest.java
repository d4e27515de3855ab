package com.alphaxiii.polygon.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class QuotaPropertyTest {
  private static final long PERIOD = 1_000;

  private static Quota quota(int most) {
    return new Quota(new AccessToken.Limit(most, Duration.ofNanos(PERIOD)));
  }

  @Property
  void grantsWhateverFitsInEverySpanAndNothingElse(
      @ForAll @IntRange(min = 1, max = 40) int most,
      @ForAll @IntRange(min = -5_000, max = 5_000) int begin,
      @ForAll @Size(max = 300) List<@IntRange(max = 400) Integer> pauses) {
    Quota quota = quota(most);
    List<Long> granted = new ArrayList<>();
    long now = begin;
    for (int pause : pauses) {
      now += pause;
      long past = now - PERIOD;
      long counting = granted.stream().filter(at -> at > past).count();
      Duration wait = quota.take(now);
      assertThat(wait.isZero()).isEqualTo(counting < most);
      if (wait.isZero()) {
        granted.add(now);
      }
    }
  }

  @Property(tries = 100)
  void theWaitIsExact(
      @ForAll @IntRange(min = 1, max = 100) int most, @ForAll @IntRange(max = 999) int later) {
    Quota quota = quota(most);
    for (int i = 0; i < most; i++) {
      assertThat(quota.take(7)).isZero();
    }
    Duration wait = quota.take(7 + later);
    assertThat(wait).isEqualTo(Duration.ofNanos(PERIOD - later));
    assertThat(quota.take(7 + PERIOD - 1)).isPositive();
    assertThat(quota.take(7 + PERIOD)).isZero();
  }
}
