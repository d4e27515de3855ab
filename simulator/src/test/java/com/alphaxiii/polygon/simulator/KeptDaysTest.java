package com.alphaxiii.polygon.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeptDaysTest {
  private static BarColumns day(int rows) {
    var bars = new BarColumns();
    for (int i = 0; i < rows; i++) {
      bars.add(60_000L * i, 1, 1, 1, 1, 100, 1, 1);
    }
    return bars;
  }

  @Test
  void daysUsedLeastLatelyGoFirst() {
    var kept = new KeptDays(100);
    kept.put("A", day(40));
    kept.put("B", day(40));
    assertThat(kept.find("A")).isPresent();
    kept.put("C", day(40));
    assertThat(kept.find("B")).isEmpty();
    assertThat(kept.find("A")).hasValueSatisfying(a -> assertThat(a.size()).isEqualTo(40));
    assertThat(kept.find("C")).isPresent();
  }

  @Test
  void aDayThatIsKeptAgainCountsOnce() {
    var kept = new KeptDays(100);
    for (int i = 0; i < 5; i++) {
      kept.put("A", day(60));
    }
    kept.put("B", day(40));
    assertThat(kept.find("A")).isPresent();
    assertThat(kept.find("B")).isPresent();
    kept.put("C", day(101));
    assertThat(kept.find("C")).isEmpty();
  }
}
