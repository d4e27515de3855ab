package com.alphaxiii.polygon.validate;

/** At which prices the days of a series begin, lie and end; NaN where there are none. */
final class DayLevels {
  private static final int FIRST_ROWS = 15;

  final double[] first;
  final double[] middle;
  final double[] last;
  final double[] money;

  DayLevels(Series series) {
    int count = series.days.size();
    first = new double[count];
    middle = new double[count];
    last = new double[count];
    money = new double[count];
    double[] prices = new double[0];
    for (int d = 0; d < count; d++) {
      SeriesDay day = series.days.get(d);
      // The regular session, where there is one: prints before and after it stray.
      boolean regular = day.regularSize() > 0;
      int from = regular ? day.regularFrom() : day.from();
      int to = regular ? day.regularTo() : day.to();
      if (prices.length < to - from) {
        prices = new double[to - from];
      }
      int size = 0;
      last[d] = Double.NaN;
      for (int i = from; i < to; i++) {
        if (series.priced[i]) {
          prices[size++] = series.close[i];
          last[d] = series.close[i];
          money[d] += series.volume[i] > 0 ? series.volume[i] * series.close[i] : 0;
        }
      }
      middle[d] = size == 0 ? Double.NaN : Robust.median(prices, size);
      first[d] = begin(series, from, to, prices);
    }
  }

  /** The median of the first prices; of a day bar its open. */
  private static double begin(Series series, int from, int to, double[] prices) {
    int size = 0;
    for (int i = from; i < to && size < FIRST_ROWS; i++) {
      if (series.priced[i]) {
        prices[size++] = series.open[i];
      }
    }
    return size == 0 ? Double.NaN : Robust.median(prices, size);
  }
}
