package com.alphaxiii.polygon.simulator;

import java.util.Arrays;

/** Technical indicators over a series, oldest first; NaN where there is no value yet. */
final class Indicators {
  private Indicators() {}

  /** The mean of the last {@code window} values. */
  static double[] simple(double[] series, int window) {
    double[] out = empty(series.length);
    for (int i = window - 1; i < series.length; i++) {
      double sum = 0;
      for (int j = i - window + 1; j <= i; j++) {
        sum += series[j];
      }
      out[i] = sum / window;
    }
    return out;
  }

  /** The exponential mean with weight 2/(window+1), begun with the simple mean. */
  static double[] exponential(double[] series, int window) {
    double[] out = empty(series.length);
    int first = 0;
    while (first < series.length && Double.isNaN(series[first])) {
      first++;
    }
    int seed = first + window - 1;
    if (seed >= series.length) {
      return out;
    }
    out[seed] = Arrays.stream(series, first, seed + 1).sum() / window;
    double weight = 2.0 / (window + 1);
    for (int i = seed + 1; i < series.length; i++) {
      out[i] = (series[i] - out[i - 1]) * weight + out[i - 1];
    }
    return out;
  }

  /** Relative strength with Wilder's smoothing, from 0 to 100. */
  static double[] relativeStrength(double[] series, int window) {
    double[] out = empty(series.length);
    double gain = 0;
    double loss = 0;
    for (int i = 1; i < series.length; i++) {
      double change = series[i] - series[i - 1];
      double up = Math.max(0, change);
      double down = Math.max(0, -change);
      if (i <= window) {
        gain += up / window;
        loss += down / window;
      } else {
        gain = (gain * (window - 1) + up) / window;
        loss = (loss * (window - 1) + down) / window;
      }
      if (i >= window) {
        out[i] = gain + loss == 0 ? 50 : 100 * gain / (gain + loss);
      }
    }
    return out;
  }

  /** The fast exponential mean less the slow one. */
  static double[] divergence(double[] series, int fast, int slow) {
    double[] quick = exponential(series, fast);
    double[] lazy = exponential(series, slow);
    double[] out = empty(series.length);
    for (int i = 0; i < out.length; i++) {
      out[i] = quick[i] - lazy[i];
    }
    return out;
  }

  private static double[] empty(int length) {
    double[] out = new double[length];
    Arrays.fill(out, Double.NaN);
    return out;
  }
}
