package com.alphaxiii.polygon.validate;

/**
 * The look of a halt of one stock without word of it: silence of at least five minutes in a session
 * that was busy, ended by an auction, which prints many times the usual volume at another price.
 */
final class Reopening {
  private static final long SHORTEST_MILLIS = 5 * 60_000L;
  private static final int NEIGHBOURS = 30;
  private static final double BURST = 4;
  private static final double LEAP = 4;

  private Reopening() {}

  static boolean follows(Series series, SeriesDay day, int before, int length) {
    int after = before + 1;
    if (length * series.windowMillis() < SHORTEST_MILLIS
        || before < day.regularFrom() + 1
        || after >= day.regularTo() - 1
        || !series.priced[before]
        || !series.priced[after]) {
      return false;
    }
    int from = Math.max(day.regularFrom(), before - NEIGHBOURS + 1);
    double[] volumes = new double[NEIGHBOURS];
    double[] ranges = new double[NEIGHBOURS];
    int size = 0;
    for (int i = from; i <= before; i++) {
      if (series.priced[i]) {
        volumes[size] = series.volume[i];
        ranges[size++] = series.high[i] - series.low[i];
      }
    }
    double usual = Robust.median(volumes, size);
    double move = Math.max(Robust.median(ranges, size), series.close[before] * 1e-3);
    return series.volume[after] > BURST * usual
        && Math.abs(series.open[after] - series.close[before]) > LEAP * move;
  }
}
