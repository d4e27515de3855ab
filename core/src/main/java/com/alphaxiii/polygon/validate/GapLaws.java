package com.alphaxiii.polygon.validate;

import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.TimeRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Windows without bars in days that have some. A window of the regular session has traded, or had
 * no eligible trade, or nobody knows: trades and second bars tell, where they are known; otherwise
 * the ticker's own {@link LiquidityProfile} does. Time before the listing, after the delisting,
 * when the market is closed or halted, and what is not settled yet, is no gap.
 */
final class GapLaws implements Check {
  /** Silence that is less likely is not taken for silence. */
  private static final double LEAST_CHANCE = 1e-4;

  /** A session that begins or ends so late or early is cut, and not just quiet. */
  private static final long CUT_MILLIS = 30 * 60_000L;

  @Override
  public void look(Series series, Evidence evidence, Findings findings) {
    if (series.hasGrid()) {
      double windows = 0;
      for (SeriesDay day : series.days) {
        windows += count(series, day.plan());
      }
      LiquidityProfile profile = new LiquidityProfile(series, windows);
      Halts halts = Halts.of(series, evidence);
      for (SeriesDay day : series.days) {
        if (day.plan().close() > day.plan().open() && evidence.isListed(day.date())) {
          new DayGaps(series, day, evidence, halts, profile, findings).look();
        }
      }
    }
  }

  private static long firstWindow(Series series, SessionPlan plan) {
    long window = series.windowMillis();
    return Math.floorDiv(plan.open(), window) * window;
  }

  /** How many windows the regular session of a day has. */
  static int count(Series series, SessionPlan plan) {
    long window = series.windowMillis();
    return (int) Math.ceilDiv(plan.close() - firstWindow(series, plan), window);
  }

  /** The windows of one day. */
  private static final class DayGaps {
    private final Series series;
    private final SeriesDay day;
    private final Evidence evidence;
    private final Halts halts;
    private final LiquidityProfile profile;
    private final Findings findings;
    private final Findings.Absent absent;
    private final long window;
    private final int windows;

    DayGaps(
        Series series,
        SeriesDay day,
        Evidence evidence,
        Halts halts,
        LiquidityProfile profile,
        Findings findings) {
      this.series = series;
      this.day = day;
      this.evidence = evidence;
      this.halts = halts;
      this.profile = profile;
      this.findings = findings;
      this.absent = findings.absent(day.date());
      this.window = series.windowMillis();
      this.windows = count(series, day.plan());
    }

    void look() {
      absent.judgedBy = GapEvidence.PROFILE;
      long open = firstWindow(series, day.plan());
      long at = open;
      for (int row = day.regularFrom(); row < day.regularTo(); row++) {
        run(at, series.start[row], row - 1);
        at = Math.max(at, series.start[row] / window * window + window);
      }
      run(at, open + windows * window, day.regularTo() - 1);
    }

    /** Windows without bar from {@code from} to before {@code to}, after a row. */
    private void run(long from, long to, int before) {
      long end = Math.min(to, due());
      long start = Math.max(from, asked());
      List<long[]> rest = new ArrayList<>();
      for (long at = start; at + window <= end; at += window) {
        if (halts.cover(at, at + window)) {
          join(rest, null);
          continue;
        }
        Activity activity = Activity.of(evidence.activity(), at, at + window);
        if (activity == null) {
          join(rest, new long[] {at, at + window});
        } else {
          absent.judgedBy = activity.kind();
          told(activity, at);
        }
      }
      for (long[] part : rest) {
        if (part[1] > part[0]) {
          judge(part[0], part[1], before);
        }
      }
    }

    private static void join(List<long[]> parts, long @Nullable [] next) {
      if (next == null) {
        parts.add(new long[] {0, 0});
      } else if (!parts.isEmpty() && parts.getLast()[1] == next[0]) {
        parts.getLast()[1] = next[1];
      } else {
        parts.add(next);
      }
    }

    private long due() {
      Instant settled = evidence.settledUntil();
      TimeRange range = evidence.range();
      long until = settled == null ? Long.MAX_VALUE : Millis.of(settled);
      return range == null ? until : Math.min(until, Millis.of(range.end()));
    }

    private long asked() {
      TimeRange range = evidence.range();
      long from = range == null ? Long.MIN_VALUE : Millis.of(range.start());
      return from == Long.MIN_VALUE ? from : Math.ceilDiv(from, window) * window;
    }

    private void told(Activity activity, long at) {
      int count = activity.count(at, at + window);
      if (count == 0) {
        absent.noEligibleTrade++;
        return;
      }
      absent.lost++;
      findings.between(
          Law.WINDOW_IS_LOST,
          at,
          at + window,
          "%d %s lie in the window of %s, which has no bar"
              .formatted(
                  count,
                  activity.kind() == GapEvidence.TRADES ? "trades" : "second bars",
                  Instant.ofEpochMilli(at)));
    }

    private void judge(long from, long to, int before) {
      int length = (int) ((to - from) / window);
      if (Reopening.follows(series, day, before, length)) {
        findings.between(
            Law.TRADING_WAS_HALTED,
            from,
            to,
            "no bars for %d windows, then many times the volume at another price: as after a halt"
                .formatted(length));
        return;
      }
      double chance = profile.chance(day, before, length, windows);
      if (chance > LEAST_CHANCE) {
        absent.noEligibleTrade += length;
        return;
      }
      boolean atEdge = before < day.regularFrom() || before == day.regularTo() - 1;
      if (atEdge && to - from >= CUT_MILLIS && series.market == Market.STOCKS) {
        absent.lost += length;
        findings.between(
            Law.DAY_IS_CUT,
            from,
            to,
            "%s %s: %d of %d windows of the regular session are missing"
                .formatted(
                    day.date(),
                    before < day.regularFrom() ? "begins late" : "ends early",
                    length,
                    windows));
      } else {
        absent.unknown += length;
        findings.between(
            Law.WINDOW_IS_UNKNOWN,
            from,
            to,
            "%d %s without bar; by the ticker's own activity around, silence has a chance of %s"
                .formatted(
                    length,
                    length == 1 ? "window" : "windows",
                    chance < 1e-12
                        ? "nearly nothing"
                        : String.format(Locale.ROOT, "%.1g", chance)));
      }
    }
  }
}
