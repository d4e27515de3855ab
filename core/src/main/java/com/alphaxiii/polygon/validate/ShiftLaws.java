package com.alphaxiii.polygon.validate;

import com.alphaxiii.polygon.core.Market;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * Bars that lie whole hours away from where the market trades, as mistaken time zones make them: of
 * stocks, whose regular session stands out.
 */
final class ShiftLaws implements Check {
  private static final int FARTHEST_HOURS = 13;
  private static final long HOUR = 3_600_000L;
  private static final long EDGE_MILLIS = 30 * 60_000L;
  private static final int FEWEST_ROWS = 5;

  /** How much better the moved day must fit the session. */
  private static final double MARGIN = 0.12;

  /**
   * How much more of the volume the session must hold: half a day gains windows, but little of it.
   */
  private static final double WEIGHT_MARGIN = 0.1;

  /** So many of the days make it a habit of the whole series. */
  private static final double NEARLY_ALL = 0.8;

  private record Shifted(SeriesDay day, int hours) {}

  @Override
  public void look(Series series, Evidence evidence, Findings findings) {
    if (series.market != Market.STOCKS) {
      return;
    }
    List<Shifted> judged = new ArrayList<>();
    if (series.isDaily()) {
      series.days.forEach(day -> judged.add(new Shifted(day, dayHours(series, day))));
    } else if (series.hasGrid()) {
      judge(series, judged);
    }
    List<Shifted> shifted = judged.stream().filter(s -> s.hours() != 0).toList();
    if (shifted.isEmpty()) {
      return;
    }
    int usual = mode(shifted);
    List<Shifted> alike = shifted.stream().filter(s -> isSameMistake(usual, s.hours())).toList();
    if (alike.size() >= NEARLY_ALL * judged.size()) {
      findings.rows(
          Law.SERIES_IS_SHIFTED,
          0,
          series.size,
          "%d of %d days lie %s than the market trades: %s"
              .formatted(alike.size(), judged.size(), words(usual), cause(usual)));
    } else {
      runs(shifted, findings);
    }
  }

  private static void judge(Series series, List<Shifted> judged) {
    List<double[]> weights = series.days.stream().map(day -> weights(series, day)).toList();
    double[] totals = weights.stream().mapToDouble(sums -> sums[sums.length - 1]).toArray();
    // What midnight cuts off a moved day is no day to judge.
    double fewest = Robust.median(totals.clone(), totals.length) / 3;
    for (int d = 0; d < totals.length; d++) {
      SeriesDay day = series.days.get(d);
      if (day.plan().trades() && day.size() >= FEWEST_ROWS && totals[d] >= fewest) {
        judged.add(new Shifted(day, hours(series, day, weights.get(d))));
      }
    }
  }

  /** The most frequent hours; of several the least. */
  private static int mode(List<Shifted> shifted) {
    int[] counts = new int[2 * FARTHEST_HOURS + 1];
    int mode = 0;
    for (Shifted each : shifted) {
      counts[each.hours() + FARTHEST_HOURS]++;
    }
    for (int k = 1; k < counts.length; k++) {
      mode = counts[k] > counts[mode] ? k : mode;
    }
    return mode - FARTHEST_HOURS;
  }

  /** By the same hours, or by four in summer and five in winter, as UTC is. */
  private static boolean isSameMistake(int a, int b) {
    return a == b || (isUtc(a) && isUtc(b) && a * b > 0);
  }

  private static boolean isUtc(int hours) {
    return Math.abs(hours) == 4 || Math.abs(hours) == 5;
  }

  private static void runs(List<Shifted> shifted, Findings findings) {
    for (Shifted each : shifted) {
      findings.rows(
          Law.DAY_IS_SHIFTED,
          each.day().from(),
          each.day().to(),
          "the bars of %s lie %s than the market trades: %s"
              .formatted(each.day().date(), words(each.hours()), cause(each.hours())));
    }
  }

  private static String words(int hours) {
    return "%d %s %s"
        .formatted(
            Math.abs(hours),
            Math.abs(hours) == 1 ? "hour" : "hours",
            hours > 0 ? "later" : "earlier");
  }

  private static String cause(int hours) {
    return switch (hours) {
      case 4, 5 -> "times in UTC were taken for New York's";
      case -4, -5 -> "times of New York were taken for UTC";
      case 8 -> "times of UTC+8, such as Hong Kong's, were taken for UTC";
      case -8 -> "times of UTC-8, such as Los Angeles', were taken for UTC";
      case 1 -> "a clock change was overlooked";
      case -1 -> "a clock change was overlooked, or times of Chicago were taken for New York's";
      case 12, 13 -> "times of UTC+8, such as Hong Kong's, were taken for New York's";
      default -> "a time zone was mistaken";
    };
  }

  /** How many hours a day bar starts away from the nearest midnight of its market. */
  private static int dayHours(Series series, SeriesDay day) {
    ZonedDateTime at = Instant.ofEpochMilli(series.start[day.from()]).atZone(series.zone);
    int hour = at.getHour();
    return hour > 12 ? hour - 24 : hour;
  }

  private static int hours(Series series, SeriesDay day, double[] weights) {
    double weight = weight(series, day, weights, 0);
    double windows = windows(series, day, 0);
    double edge = edge(series, day, weights, 0);
    int best = 0;
    double most = MARGIN;
    for (int hours = -FARTHEST_HOURS; hours <= FARTHEST_HOURS; hours++) {
      double more = weight(series, day, weights, hours) - weight;
      double gain = more + (windows(series, day, hours) - windows) / 2;
      if (more > WEIGHT_MARGIN && gain > most && edge(series, day, weights, hours) > edge) {
        most = gain;
        best = hours;
      }
    }
    return best;
  }

  /** The roots of volumes, so that no single block weighs much; summed up from the first row on. */
  private static double[] weights(Series series, SeriesDay day) {
    double[] sums = new double[day.size() + 1];
    for (int k = 0; k < day.size(); k++) {
      double volume = series.volume[day.from() + k];
      boolean usable = volume > 0 && volume < Double.POSITIVE_INFINITY;
      sums[k + 1] = sums[k] + (usable ? Math.sqrt(volume) : 0);
    }
    return sums;
  }

  /** How much busier the first half hour of the session is than the half hour before it. */
  private static double edge(Series series, SeriesDay day, double[] sums, int hours) {
    long window = series.windowMillis();
    long length = Math.max(EDGE_MILLIS, window);
    long open = Math.floorDiv(day.plan().open(), window) * window + hours * HOUR;
    int at = within(series, day, open);
    return sums[within(series, day, open + length)]
        - 2 * sums[at]
        + sums[within(series, day, open - length)];
  }

  /** Share of the weight that the session holds when it is moved so. */
  private static double weight(Series series, SeriesDay day, double[] sums, int hours) {
    double total = sums[day.size()];
    return total > 0
        ? (sums[after(series, day, hours)] - sums[before(series, day, hours)]) / total
        : 0;
  }

  /** Share of the windows of the session that have bars when it is moved so. */
  private static double windows(Series series, SeriesDay day, int hours) {
    double all = (double) (day.plan().close() - day.plan().open()) / series.windowMillis();
    return Math.min(1, (after(series, day, hours) - before(series, day, hours)) / all);
  }

  private static int before(Series series, SeriesDay day, int hours) {
    long window = series.windowMillis();
    long open = Math.floorDiv(day.plan().open(), window) * window;
    return within(series, day, open + hours * HOUR);
  }

  private static int after(Series series, SeriesDay day, int hours) {
    return within(series, day, day.plan().close() + hours * HOUR);
  }

  /** The rows of the day before a time. */
  private static int within(Series series, SeriesDay day, long time) {
    return Math.min(series.firstAtOrAfter(time, day.from()), day.to()) - day.from();
  }
}
