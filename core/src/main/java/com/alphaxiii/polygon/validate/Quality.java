package com.alphaxiii.polygon.validate;

/** A word for the share of bars without findings. */
public enum Quality {
  /** At least 99.5 % of the bars are without findings. */
  EXCELLENT(0.995),
  /** At least 98 %. */
  GOOD(0.98),
  /** At least 90 %. */
  FAIR(0.9),
  /** Less. */
  POOR(0);

  private final double atLeast;

  Quality(double atLeast) {
    this.atLeast = atLeast;
  }

  /** The word for a score between 0 and 1. */
  public static Quality of(double score) {
    for (Quality quality : values()) {
      if (score >= quality.atLeast) {
        return quality;
      }
    }
    return POOR;
  }
}
