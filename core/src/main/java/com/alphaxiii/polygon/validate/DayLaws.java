package com.alphaxiii.polygon.validate;

/** Days whose prices lie at another level than those before and after, to which they return. */
final class DayLaws implements Check {
  private static final double LEVEL = Math.log(1.3);
  private static final double RETURN = 0.4;

  @Override
  public void look(Series series, Evidence evidence, Findings findings) {
    if (!series.isIntraday() && !series.isDaily()) {
      return;
    }
    DayLevels levels = series.levels();
    for (int d = 1; d + 1 < series.days.size(); d++) {
      double left = Math.log(levels.middle[d] / levels.last[d - 1]);
      double right = Math.log(levels.middle[d] / levels.first[d + 1]);
      double rest = Math.abs(left - right);
      // NaN compares false: a day without prices is nothing to compare with.
      if (left * right > 0
          && Math.min(Math.abs(left), Math.abs(right)) > LEVEL
          && rest < RETURN * Math.abs(left)) {
        SeriesDay day = series.days.get(d);
        findings.rows(
            Law.DAY_IS_OFF_LEVEL,
            day.from(),
            day.to(),
            "%s lies at %s, the day before ended at %s and the day after began at %s"
                .formatted(day.date(), levels.middle[d], levels.last[d - 1], levels.first[d + 1]));
      }
    }
  }
}
