package com.alphaxiii.polygon.validate;

/** Feeds that stand still, and days that are copies. */
final class RepetitionLaws implements Check {
  /**
   * Neighbouring bars alike by chance: of a single price, or small ones before the open, some are.
   */
  private static final int MOST_ALIKE_BY_CHANCE = 9;

  private static final double SMALL = 1_000;

  private static final int LONGEST_FLAT = 9;
  private static final double USUAL_FLAT_SHARE = 0.1;
  private static final int FEWEST_ROWS_OF_COPY = 10;

  @Override
  public void look(Series series, Evidence evidence, Findings findings) {
    repeatedBars(series, findings);
    if (series.isIntraday()) {
      for (int d = 0; d < series.days.size(); d++) {
        SeriesDay day = series.days.get(d);
        stuck(series, day, findings);
        if (d > 0 && isCopy(series, series.days.get(d - 1), day)) {
          findings.rows(
              Law.DAY_IS_REPEATED,
              day.from(),
              day.to(),
              "all %d bars of %s are those of %s"
                  .formatted(day.size(), day.date(), series.days.get(d - 1).date()));
        }
      }
    }
  }

  private static void repeatedBars(Series series, Findings findings) {
    int from = 0;
    for (int i = 1; i <= series.size; i++) {
      if (i < series.size && isAlike(series, i - 1, i)) {
        continue;
      }
      int length = i - from;
      boolean chance = series.high[from] == series.low[from] || series.volume[from] < SMALL;
      if (length > (chance ? MOST_ALIKE_BY_CHANCE : 1)) {
        findings.rows(
            Law.BAR_IS_REPEATED,
            from,
            i,
            "%d bars in a row have close %s and volume %s, and are alike in all else"
                .formatted(length, series.close[from], Robust.text(series.volume[from])));
      }
      from = i;
    }
  }

  private static boolean isAlike(Series s, int a, int b) {
    return s.priced[a]
        && s.volume[a] > 0
        && s.volume[a] == s.volume[b]
        && s.close[a] == s.close[b]
        && s.open[a] == s.open[b]
        && s.high[a] == s.high[b]
        && s.low[a] == s.low[b]
        && s.transactions[a] == s.transactions[b];
  }

  /** Bars of a single, unmoved price in a session whose other bars move. */
  private static void stuck(Series series, SeriesDay day, Findings findings) {
    int flat = 0;
    for (int i = day.regularFrom(); i < day.regularTo(); i++) {
      flat += series.high[i] == series.low[i] ? 1 : 0;
    }
    int from = day.regularFrom();
    for (int i = from + 1; i <= day.regularTo(); i++) {
      boolean same =
          i < day.regularTo()
              && series.high[i] == series.low[i]
              && series.low[i] == series.close[from]
              && series.high[from] == series.low[from];
      if (same) {
        continue;
      }
      int length = i - from;
      int others = flat - length;
      if (length > LONGEST_FLAT && others < USUAL_FLAT_SHARE * (day.regularSize() - length)) {
        findings.rows(
            Law.PRICE_IS_STUCK,
            from,
            i,
            "%d bars in a row know no price but %s".formatted(length, series.close[from]));
      }
      from = i;
    }
  }

  private static boolean isCopy(Series s, SeriesDay before, SeriesDay day) {
    if (day.size() != before.size() || day.size() < FEWEST_ROWS_OF_COPY) {
      return false;
    }
    for (int k = 0; k < day.size(); k++) {
      int a = before.from() + k;
      int b = day.from() + k;
      if (s.close[a] != s.close[b]
          || s.volume[a] != s.volume[b]
          || s.open[a] != s.open[b]
          || s.high[a] != s.high[b]
          || s.low[a] != s.low[b]) {
        return false;
      }
    }
    return true;
  }
}
