package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.Split;
import java.time.LocalDate;
import java.util.List;

/**
 * What a symbol's splits do to its raw bars, as known on a day: each split executed since a bar
 * divides its prices and multiplies its volume.
 */
final class Splits {
  private final long[] executedAt;
  private final double[] ratio;

  /**
   * @param splits ascending
   * @param today splits executed later are not yet known
   */
  Splits(List<Split> splits, LocalDate today) {
    List<Split> known = splits.stream().filter(s -> !s.executionDate().isAfter(today)).toList();
    executedAt = known.stream().mapToLong(s -> Days.startOf(s.executionDate())).toArray();
    ratio = new double[known.size()];
    double cumulative = 1;
    for (int i = known.size() - 1; i >= 0; i--) {
      cumulative *= known.get(i).to() / known.get(i).from();
      ratio[i] = cumulative;
    }
  }

  /** New shares for each share held when a bar started: 1 when no split came after it. */
  double ratioAt(long start) {
    for (int i = 0; i < executedAt.length; i++) {
      if (start < executedAt[i]) {
        return ratio[i];
      }
    }
    return 1;
  }
}
