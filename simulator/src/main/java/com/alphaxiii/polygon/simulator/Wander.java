package com.alphaxiii.polygon.simulator;

import java.util.Arrays;

/**
 * A level that wanders on all scales from a minute to years, any minute of which can be asked for
 * at once: the sum of smooth noises, each twice as slow as the one before. Cheapest when minutes
 * ascend. Not thread-safe.
 */
final class Wander {
  private static final int OCTAVES = 23;
  private static final double MINUTES_OF_A_DAY = 1_440;

  private final long seed;
  private final double daily;
  private final long[] cell = new long[OCTAVES];
  private final double[] left = new double[OCTAVES];
  private final double[] right = new double[OCTAVES];

  /**
   * @param daily about the deviation of a day's relative change
   */
  Wander(long seed, double daily) {
    this.seed = seed;
    this.daily = daily;
    Arrays.fill(cell, Long.MIN_VALUE);
  }

  /**
   * The logarithm of the level at the beginning of a minute.
   *
   * @param minute since the epoch
   */
  double at(long minute) {
    double sum = 0;
    for (int octave = 0; octave < OCTAVES; octave++) {
      long now = minute >> octave;
      if (now != cell[octave]) {
        left[octave] = now == cell[octave] + 1 ? right[octave] : node(octave, now);
        right[octave] = node(octave, now + 1);
        cell[octave] = now;
      }
      double x = (double) (minute - (now << octave)) / (1L << octave);
      double smooth = x * x * (3 - 2 * x);
      sum +=
          Math.sqrt((1L << octave) / MINUTES_OF_A_DAY)
              * (left[octave] + (right[octave] - left[octave]) * smooth);
    }
    return daily * sum;
  }

  private double node(int octave, long index) {
    return Mix.unit(Mix.mix(seed + octave * 0x632BE59BD9B4E019L ^ Mix.mix(index))) - 0.5;
  }
}
