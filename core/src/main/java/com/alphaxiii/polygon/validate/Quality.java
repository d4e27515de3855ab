package com.alphaxiii.polygon.validate;

/** A word for a score between 0 and 1. */
public enum Quality {
  /** At least 0.995, and no error. */
  EXCELLENT(0.995),
  /** At least 0.98. */
  GOOD(0.98),
  /** At least 0.9. */
  FAIR(0.9),
  /** At least 0.5. */
  POOR(0.5),
  /** Less: most of it is wrong or lost. */
  UNUSABLE(0);

  private final double atLeast;

  Quality(double atLeast) {
    this.atLeast = atLeast;
  }

  /** The word for a score between 0 and 1 of data without errors. */
  public static Quality of(double score) {
    for (Quality quality : values()) {
      if (score >= quality.atLeast) {
        return quality;
      }
    }
    return UNUSABLE;
  }

  /** The word for a score; data with an error is {@link #GOOD} at best. */
  static Quality of(double score, boolean hasError) {
    Quality quality = of(score);
    return hasError && quality == EXCELLENT ? GOOD : quality;
  }
}
