package com.alphaxiii.polygon.validate;

import com.alphaxiii.polygon.core.Bars;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks bars against these laws, each at most once a bar:
 *
 * <ul>
 *   <li>{@code price_is_positive}: open, high, low and close are finite and above zero; where they
 *       are not, the laws about their order and vwap are not looked at
 *   <li>{@code high_is_highest}: high is not below low, open or close
 *   <li>{@code low_is_lowest}: low is not above open or close
 *   <li>{@code volume_is_not_negative}: volume is finite and not below zero
 *   <li>{@code vwap_is_within}: vwap, where present, lies between low and high, give or take a
 *       thousandth: it is rounded, and counts trades (odd lots, outside the session) that may not
 *       move high and low. A warning only
 * </ul>
 *
 * Order and uniqueness of windows need no check: {@link Bars} cannot be built otherwise.
 */
public final class BarChecks {
  /** More findings than these are counted but not told. */
  public static final int MOST_ISSUES = 100;

  private static final double VWAP_TOLERANCE = 1e-3;

  private final Bars bars;
  private final List<Finding> issues = new ArrayList<>();
  private long issueCount;

  private BarChecks(Bars bars) {
    this.bars = bars;
  }

  /** The first findings in order of time, at most {@link #MOST_ISSUES}. */
  public static List<Finding> check(Bars bars) {
    return report(bars).issues();
  }

  /** All laws, with an exact count of findings. */
  public static ValidationReport report(Bars bars) {
    return new BarChecks(bars).report();
  }

  private ValidationReport report() {
    int affected = 0;
    for (int i = 0; i < bars.size(); i++) {
      long before = issueCount;
      checkVolume(i);
      if (checkPrices(i)) {
        checkOrder(i);
        checkVwap(i);
      }
      if (issueCount > before) {
        affected++;
      }
    }
    double score = bars.isEmpty() ? 1 : 1 - (double) affected / bars.size();
    return new ValidationReport(Quality.of(score), score, issues, issueCount);
  }

  private boolean checkPrices(int i) {
    if (isPrice(bars.open(i))
        && isPrice(bars.high(i))
        && isPrice(bars.low(i))
        && isPrice(bars.close(i))) {
      return true;
    }
    add(
        i,
        "price_is_positive",
        Severity.ERROR,
        "open %s, high %s, low %s, close %s",
        bars.open(i),
        bars.high(i),
        bars.low(i),
        bars.close(i));
    return false;
  }

  private static boolean isPrice(double number) {
    return number > 0 && number < Double.POSITIVE_INFINITY;
  }

  private void checkOrder(int i) {
    double high = bars.high(i);
    double low = bars.low(i);
    double most = Math.max(low, Math.max(bars.open(i), bars.close(i)));
    if (high < most) {
      add(i, "high_is_highest", Severity.ERROR, "high %s is below %s", high, most);
    }
    double least = Math.min(bars.open(i), bars.close(i));
    if (low > least) {
      add(i, "low_is_lowest", Severity.ERROR, "low %s is above %s", low, least);
    }
  }

  private void checkVolume(int i) {
    double volume = bars.volume(i);
    if (!(volume >= 0 && volume < Double.POSITIVE_INFINITY)) {
      add(i, "volume_is_not_negative", Severity.ERROR, "volume %s", volume);
    }
  }

  private void checkVwap(int i) {
    double vwap = bars.vwap(i);
    double least = bars.low(i) * (1 - VWAP_TOLERANCE);
    double most = bars.high(i) * (1 + VWAP_TOLERANCE);
    if (vwap < least || vwap > most) {
      add(
          i,
          "vwap_is_within",
          Severity.WARNING,
          "vwap %s lies outside low %s and high %s",
          vwap,
          bars.low(i),
          bars.high(i));
    }
  }

  private void add(int i, String law, Severity severity, String format, Object... numbers) {
    issueCount++;
    if (issues.size() < MOST_ISSUES) {
      Instant at = Instant.ofEpochMilli(bars.start(i));
      String what = "%s %s bar of %s: ".formatted(bars.ticker(), bars.timeframe(), at);
      issues.add(new Finding(law, severity, at, what + format.formatted(numbers)));
    }
  }
}
