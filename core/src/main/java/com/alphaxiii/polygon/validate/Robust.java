package com.alphaxiii.polygon.validate;

import java.util.Arrays;

/** Statistics that a few wild values do not move. */
final class Robust {
  private Robust() {}

  /** The value at a part (0 to 1) of the sorted first values, which are sorted here; 0 of none. */
  static double quantile(double[] values, int size, double part) {
    if (size == 0) {
      return 0;
    }
    Arrays.sort(values, 0, size);
    return values[(int) Math.min(size - 1L, Math.round(part * (size - 1)))];
  }

  static double median(double[] values, int size) {
    return quantile(values, size, 0.5);
  }

  /** How likely a normal variable lies so many standard deviations below its mean, from above. */
  static double lowerTail(double deviations) {
    if (!(deviations > 1)) {
      return 1;
    }
    return Math.exp(-deviations * deviations / 2) / (deviations * Math.sqrt(2 * Math.PI));
  }
}
