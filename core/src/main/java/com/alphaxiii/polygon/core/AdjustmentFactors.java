package com.alphaxiii.polygon.core;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * What raw bars of one ticker are corrected with, as known on some New York day. Immutable.
 *
 * <p>A split counts for bars that start before midnight (New York) of its execution date. Let
 * {@code from} and {@code to} be the products over all splits that count for a bar, reduced where
 * they are whole numbers. Then prices and vwap become {@code price * from / to} and volume becomes
 * {@code volume * to / from}, computed in this order. So a plain 7:1 split is one division by 7 and
 * a reverse split one multiplication, rounded once. Counts of transactions stay.
 *
 * <p>For total return, a dividend in addition multiplies prices and vwap of bars that start before
 * its ex date by {@code 1 - cash / close}, where {@code close} is the raw close of the last day bar
 * before the ex date, put on the share basis of the ex date should a split lie between. Dividends
 * of one ex date are added up first.
 */
public final class AdjustmentFactors {
  private static final AdjustmentFactors NONE = new AdjustmentFactors(List.of(), List.of());

  /** A close older than this is a hole in the day bars rather than the price before the ex date. */
  private static final int OLDEST_CLOSE_DAYS = 10;

  private static final long LARGEST_WHOLE = 1L << 53;

  /**
   * Holds for bars that start before an instant, and not before that of the previous step.
   *
   * @param before Unix ms
   * @param kept share of the price that dividends left over
   */
  private record Step(long before, double from, double to, double kept) {
    boolean isIdentity() {
      return from == to && kept == 1;
    }

    Step and(double moreFrom, double moreTo, double lessKept, long earlier) {
      double newFrom = from * moreFrom;
      double newTo = to * moreTo;
      double divisor = commonDivisor(newFrom, newTo);
      return new Step(earlier, newFrom / divisor, newTo / divisor, kept * lessKept);
    }

    private static double commonDivisor(double from, double to) {
      if (!isWhole(from) || !isWhole(to)) {
        return from == to ? from : 1;
      }
      long a = (long) from;
      long b = (long) to;
      while (b != 0) {
        long rest = a % b;
        a = b;
        b = rest;
      }
      return a;
    }

    private static boolean isWhole(double number) {
      return number < LARGEST_WHOLE && number == Math.rint(number);
    }
  }

  /** In order of time. */
  private final List<Step> steps;

  private final List<Dividend> ignored;

  private AdjustmentFactors(List<Step> steps, List<Dividend> ignored) {
    this.steps = List.copyOf(steps);
    this.ignored = List.copyOf(ignored);
  }

  /** Leaves bars as they were traded. */
  public static AdjustmentFactors none() {
    return NONE;
  }

  /**
   * Corrects for splits.
   *
   * @param splits of one ticker, in any order; the same ratio on the same day counts once
   * @param asOf New York day whose knowledge applies: later splits do not count
   */
  public static AdjustmentFactors splits(List<Split> splits, LocalDate asOf) {
    return new AdjustmentFactors(steps(effective(splits, asOf), new TreeMap<>()), List.of());
  }

  /**
   * Corrects for splits and cash dividends.
   *
   * @param splits as for {@link #splits}
   * @param dividends of the same ticker, in any order; equal ones count once, and those that cannot
   *     be applied are {@link #ignored}
   * @param rawDays unadjusted day bars; each ex date needs the trading day before it
   * @param asOf New York day whose knowledge applies: later splits and ex dates do not count
   */
  public static AdjustmentFactors totalReturn(
      List<Split> splits, List<Dividend> dividends, Bars rawDays, LocalDate asOf) {
    if (!rawDays.timeframe().equals(Timeframe.DAY_1)) {
      throw new PolygonException.InvalidRequest(
          "rawDays",
          rawDays.timeframe().toString(),
          "dividends of %s are measured by closes of 1day bars, not of %s bars"
              .formatted(rawDays.ticker(), rawDays.timeframe()));
    }
    List<Split> effective = effective(splits, asOf);
    List<Dividend> ignored = new ArrayList<>();
    NavigableMap<LocalDate, Double> kept = new TreeMap<>();
    TreeMap<LocalDate, List<Dividend>> byDay = new TreeMap<>();
    for (Dividend dividend : new HashSet<>(dividends)) {
      if (!dividend.exDate().isAfter(asOf)) {
        byDay.computeIfAbsent(dividend.exDate(), day -> new ArrayList<>()).add(dividend);
      }
    }
    byDay.forEach(
        (exDate, paid) -> {
          paid.sort(Comparator.comparingDouble(Dividend::cash));
          double close = closeBefore(exDate, rawDays, effective);
          double cash = paid.stream().mapToDouble(Dividend::cash).sum();
          boolean dollars = paid.stream().allMatch(d -> d.currency().equalsIgnoreCase("USD"));
          // Written so that a missing close (NaN) is no reason to go on.
          if (dollars && cash >= 0 && cash < close) {
            kept.put(exDate, 1 - cash / close);
          } else {
            ignored.addAll(paid);
          }
        });
    return new AdjustmentFactors(steps(effective, kept), ignored);
  }

  /**
   * Dividends up to the day of knowledge that are not corrected for: those without a day bar in the
   * ten days before the ex date, not less than its close, negative, or not in US dollars. Oldest
   * first.
   */
  public List<Dividend> ignored() {
    return ignored;
  }

  private static List<Split> effective(List<Split> splits, LocalDate asOf) {
    List<Split> effective = new ArrayList<>();
    for (Split split : splits) {
      if (!split.executionDate().isAfter(asOf)
          && effective.stream().noneMatch(known -> isSame(known, split))) {
        effective.add(split);
      }
    }
    return effective;
  }

  private static boolean isSame(Split one, Split other) {
    return one.ticker().equals(other.ticker())
        && one.executionDate().equals(other.executionDate())
        && one.from() * other.to() == one.to() * other.from();
  }

  /** NaN when there is none. */
  private static double closeBefore(LocalDate exDate, Bars rawDays, List<Split> splits) {
    int last = rawDays.indexAtOrAfter(midnight(exDate)) - 1;
    if (last < 0 || rawDays.start(last) < midnight(exDate.minusDays(OLDEST_CLOSE_DAYS))) {
      return Double.NaN;
    }
    double close = rawDays.close(last);
    for (Split split : splits) {
      if (!split.executionDate().isAfter(exDate)
          && rawDays.start(last) < midnight(split.executionDate())) {
        close = close * split.from() / split.to();
      }
    }
    return close;
  }

  private static List<Step> steps(List<Split> splits, NavigableMap<LocalDate, Double> kept) {
    Set<LocalDate> days = new HashSet<>(kept.keySet());
    splits.forEach(split -> days.add(split.executionDate()));
    List<Step> steps = new ArrayList<>();
    Step later = new Step(Long.MAX_VALUE, 1, 1, 1);
    for (LocalDate day : days.stream().sorted(Comparator.reverseOrder()).toList()) {
      long before = midnight(day);
      Step step = later.and(1, 1, kept.getOrDefault(day, 1.0), before);
      for (Split split : splits) {
        if (split.executionDate().equals(day)) {
          step = step.and(split.from(), split.to(), 1, before);
        }
      }
      steps.add(step);
      later = step;
    }
    return steps.reversed();
  }

  private static long midnight(LocalDate day) {
    return day.atStartOfDay(Market.NEW_YORK).toInstant().toEpochMilli();
  }

  Bars applyTo(Bars bars) {
    if (bars.isEmpty()
        || steps.stream().allMatch(step -> step.isIdentity() || step.before() <= bars.start(0))) {
      return bars;
    }
    Timeframe timeframe = bars.timeframe();
    if (timeframe.timespan().compareTo(Timespan.DAY) > 0
        || (timeframe.timespan() == Timespan.DAY && timeframe.multiplier() > 1)) {
      throw new PolygonException.InvalidRequest(
          "adjust",
          timeframe.toString(),
          "%s bars of %s may mix prices before and after a split: adjust 1day bars, then resample"
              .formatted(timeframe, bars.ticker()));
    }
    return Bars.ofColumns(
        bars.ticker(),
        timeframe,
        Arrays.copyOfRange(bars.start, bars.offset, bars.offset + bars.size),
        prices(bars, bars.open),
        prices(bars, bars.high),
        prices(bars, bars.low),
        prices(bars, bars.close),
        volumes(bars),
        prices(bars, bars.vwap),
        Arrays.copyOfRange(bars.transactions, bars.offset, bars.offset + bars.size));
  }

  private double[] prices(Bars bars, double[] raw) {
    double[] adjusted = Arrays.copyOfRange(raw, bars.offset, bars.offset + bars.size);
    int row = 0;
    for (Step step : steps) {
      int end = bars.indexAtOrAfter(step.before());
      for (; row < end; row++) {
        adjusted[row] = adjusted[row] * step.from() / step.to() * step.kept();
      }
    }
    return adjusted;
  }

  private double[] volumes(Bars bars) {
    double[] adjusted = Arrays.copyOfRange(bars.volume, bars.offset, bars.offset + bars.size);
    int row = 0;
    for (Step step : steps) {
      int end = bars.indexAtOrAfter(step.before());
      for (; row < end; row++) {
        adjusted[row] = adjusted[row] * step.to() / step.from();
      }
    }
    return adjusted;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AdjustmentFactors that
        && steps.equals(that.steps)
        && ignored.equals(that.ignored);
  }

  @Override
  public int hashCode() {
    return 31 * steps.hashCode() + ignored.hashCode();
  }

  @Override
  public String toString() {
    return steps.isEmpty() ? "no adjustment" : "adjustment in %d steps".formatted(steps.size());
  }
}
