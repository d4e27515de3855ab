package com.alphaxiii.polygon.bench;

import com.alphaxiii.polygon.core.NanoClock;
import java.util.Arrays;

/** Times work done again and again, and tells the median. */
final class Stopwatch {
  private static final NanoClock CLOCK = NanoClock.system();

  private Stopwatch() {}

  /** Something measured; what it returns is summed up, so that nothing is left undone. */
  interface Work {
    long run() throws Exception;
  }

  /** The work that is done once between two measurements, outside of them. */
  interface Setup {
    void run() throws Exception;
  }

  static double millis(int warmUp, int rounds, Work work) throws Exception {
    return millis(warmUp, rounds, () -> {}, work);
  }

  /** Median of the rounds behind the warm-up, in ms. */
  static double millis(int warmUp, int rounds, Setup setup, Work work) throws Exception {
    double[] took = new double[rounds];
    for (int i = -warmUp; i < rounds; i++) {
      setup.run();
      long start = CLOCK.nanoTime();
      sink += work.run();
      if (i >= 0) {
        took[i] = (CLOCK.nanoTime() - start) / 1e6;
      }
    }
    return median(took);
  }

  static double median(double[] took) {
    double[] sorted = took.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  /** Read by nobody, so that the compiler cannot drop what was measured. */
  static volatile long sink;
}
