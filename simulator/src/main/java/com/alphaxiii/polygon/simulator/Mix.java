package com.alphaxiii.polygon.simulator;

/**
 * Seeded randomness that can be entered anywhere: equal inputs, equal outputs, on every machine.
 */
final class Mix {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private long state;

  Mix(long seed) {
    state = seed;
  }

  /** Scatters a number over all 64 bits (the finalizer of SplitMix64). */
  static long mix(long value) {
    long z = value + GOLDEN;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** A number of its own for each text. */
  static long hash(long seed, String text) {
    long hash = mix(seed);
    for (int i = 0; i < text.length(); i++) {
      hash = mix(hash ^ text.charAt(i));
    }
    return hash;
  }

  long next() {
    long value = mix(state);
    state += GOLDEN;
    return value;
  }

  /** Uniform in [0, 1). */
  double uniform() {
    return unit(next());
  }

  /** Uniform in [0, bound). */
  int below(int bound) {
    return (int) (((next() >>> 33) * bound) >>> 31);
  }

  /** Mean 0 and variance 1, nearly normal: a count of 64 coin tosses. */
  double normal() {
    return (Long.bitCount(next()) - 32) / 4.0;
  }

  static double unit(long bits) {
    return (bits >>> 11) * 0x1.0p-53;
  }
}
