package com.alphaxiii.polygon.validate;

import java.util.Locale;

/** Statistics that a few wild values do not move. */
final class Robust {
  private Robust() {}

  /**
   * The value at a part (0 to 1) of the first values in order of size; 0 of none. The values are
   * moved about.
   */
  static double quantile(double[] values, int size, double part) {
    if (size == 0) {
      return 0;
    }
    return select(values, size, (int) Math.min(size - 1L, Math.round(part * (size - 1))));
  }

  static double median(double[] values, int size) {
    return quantile(values, size, 0.5);
  }

  /** The value that would stand at {@code rank} if all were sorted, found without sorting all. */
  private static double select(double[] values, int size, int rank) {
    int from = 0;
    int to = size - 1;
    while (from < to) {
      double pivot = values[(from + to) >>> 1];
      int left = from;
      int right = to;
      while (left <= right) {
        while (Double.compare(values[left], pivot) < 0) {
          left++;
        }
        while (Double.compare(values[right], pivot) > 0) {
          right--;
        }
        if (left <= right) {
          double moved = values[left];
          values[left++] = values[right];
          values[right--] = moved;
        }
      }
      if (rank <= right) {
        to = right;
      } else if (rank >= left) {
        from = left;
      } else {
        break;
      }
    }
    return values[rank];
  }

  /** A volume in plain digits, for people. */
  static String text(double number) {
    return Math.abs(number) < 1e15 && number == Math.rint(number)
        ? String.format(Locale.ROOT, "%,d", (long) number)
        : String.valueOf(number);
  }

  /** How likely a normal variable lies so many standard deviations below its mean, from above. */
  static double lowerTail(double deviations) {
    if (!(deviations > 1)) {
      return 1;
    }
    return Math.exp(-deviations * deviations / 2) / (deviations * Math.sqrt(2 * Math.PI));
  }
}
