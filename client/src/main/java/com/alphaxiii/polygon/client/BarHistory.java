package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.calendar.MarketCalendar;
import com.alphaxiii.polygon.core.Adjustment;
import com.alphaxiii.polygon.core.BarAnswer;
import com.alphaxiii.polygon.core.BarRequest;
import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.PolygonException.InvalidRequest;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Timeframe;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks for aggregates and joins their pages. */
final class BarHistory {
  private static final Logger LOG = LoggerFactory.getLogger(BarHistory.class);
  private static final int SPARE_PAGES = 16;

  private final Pages pages;
  private final InstantSource instants;
  private final int limit;

  /**
   * @param limit base bars on a page, as the vendor counts them
   */
  BarHistory(Pages pages, InstantSource instants, int limit) {
    this.pages = pages;
    this.instants = instants;
    this.limit = limit;
  }

  BarHistory over(Pages others) {
    return new BarHistory(others, instants, limit);
  }

  BarAnswer bars(BarRequest request) {
    Instant now = instants.instant();
    refuseWhatTheVendorCannot(request, now);
    TimeRange range = request.range();
    Instant end = range.end().isBefore(now) ? range.end() : now;
    if (!range.start().isBefore(end)) {
      return answer(Bars.empty(request.ticker(), request.timeframe()), List.of(), range, now);
    }
    // The vendor's ends are both included and widened to whole windows by itself.
    long from = range.start().toEpochMilli();
    long to = end.minusNanos(1).toEpochMilli();
    Timeframe timeframe = request.timeframe();
    Joined joined = new Joined(request);
    pages.follow(
        request.toString(),
        first(request, from, to),
        mostPages(timeframe, to - from),
        () -> new WireBars(request.ticker(), timeframe),
        joined,
        () -> false);
    Bars all = Bars.concat(request.ticker(), timeframe, joined.parts);
    return answer(meeting(range, all), joined.missing(range), range, now);
  }

  private URI first(BarRequest request, long from, long to) {
    return pages.uri(
        "/v2/aggs/ticker/%s/range/%d/%s/%d/%d?adjusted=%s&sort=asc&limit=%d"
            .formatted(
                Pages.encoded(request.ticker().symbol()),
                request.timeframe().multiplier(),
                request.timeframe().timespan().vendorWord(),
                from,
                to,
                request.adjustment() == Adjustment.SPLIT,
                limit));
  }

  private static void refuseWhatTheVendorCannot(BarRequest request, Instant now) {
    if (request.adjustment() == Adjustment.TOTAL) {
      throw new InvalidRequest(
          "adjust",
          request.adjustment().toString(),
          request + ": the vendor does not adjust for dividends; adjust raw bars instead");
    }
    LocalDate today = LocalDate.ofInstant(now, Market.NEW_YORK);
    if (request.adjustment() == Adjustment.SPLIT
        && request.knowledge().filter(day -> !day.equals(today)).isPresent()) {
      throw new InvalidRequest(
          "as_of",
          String.valueOf(request.asOf()),
          request + ": the vendor adjusts by what is known today; adjust raw bars instead");
    }
  }

  private static BarAnswer answer(
      Bars bars, List<TimeRange> missing, TimeRange range, Instant now) {
    Instant settled = MarketCalendar.usEquities().settledUntil(now);
    Instant unsettled = settled.isAfter(range.start()) ? settled : range.start();
    return new BarAnswer(
        bars, BarAnswer.Source.UPSTREAM, missing, range.end().isAfter(settled) ? unsettled : null);
  }

  /** Where windows are known, those that do not meet the range are dropped. */
  private static Bars meeting(TimeRange range, Bars bars) {
    Timeframe timeframe = bars.timeframe();
    return timeframe.base().isEmpty() ? bars : bars.slice(windows(range, timeframe, bars.ticker()));
  }

  /** The windows that meet the range, where they are known. */
  private static TimeRange windows(TimeRange range, Timeframe timeframe, Ticker ticker) {
    return timeframe.base().isEmpty() ? range : timeframe.snap(range, ticker.market().zone());
  }

  /** Twice the pages that base bars without a hole would need. */
  private int mostPages(Timeframe timeframe, long millis) {
    long base =
        switch (timeframe.timespan()) {
          case SECOND -> 1_000L;
          case MINUTE, HOUR -> 60_000L;
          case DAY, WEEK, MONTH, QUARTER, YEAR -> 86_400_000L;
        };
    long most = SPARE_PAGES + 2 * Math.ceilDiv(millis / base + 1, (long) limit);
    return (int) Math.min(most, Integer.MAX_VALUE);
  }

  /** Collects pages, each of which must go on after the one before. */
  private static final class Joined implements Pages.Sink<WireBars.Page> {
    private final BarRequest request;
    private final TimeRange windows;
    private final List<Bars> parts = new ArrayList<>();
    private final List<TimeRange> missing = new ArrayList<>();
    private long last = Long.MIN_VALUE;

    /** Where the time of a bar could not be read: after which instant it must lie. */
    private final List<Instant> open = new ArrayList<>();

    private Instant readUntil;
    private int pages;

    Joined(BarRequest request) {
      this.request = request;
      this.windows = windows(request.range(), request.timeframe(), request.ticker());
      this.readUntil = windows.start();
    }

    @Override
    public @Nullable String take(WireBars.Page page) {
      pages++;
      Bars bars = page.bars();
      if (!bars.isEmpty() && bars.start(0) <= last) {
        return "its first bar (%s) does not come after the last of the page before (%s)"
            .formatted(Instant.ofEpochMilli(bars.start(0)), Instant.ofEpochMilli(last));
      }
      int read = 0;
      for (WireBars.Hole hole : page.holes()) {
        LOG.warn(
            "{}: bar {} of page {} is left out: {}", request, hole.index(), pages, hole.reason());
        passed(bars, read, hole.before());
        read = hole.before();
        leave(hole, read < bars.size() ? bars.start(read) : Long.MAX_VALUE);
      }
      passed(bars, read, bars.size());
      if (!bars.isEmpty()) {
        last = bars.start(bars.size() - 1);
        parts.add(bars);
      }
      return null;
    }

    /** Bars of a page that were read; they end the stretches in which a bar may be missing. */
    private void passed(Bars bars, int from, int to) {
      if (from == to) {
        return;
      }
      close(Instant.ofEpochMilli(bars.start(from)));
      readUntil = windowEnd(bars.start(to - 1));
    }

    private void leave(WireBars.Hole hole, long nextStart) {
      Instant start = Instant.ofEpochMilli(hole.start());
      boolean placed =
          !start.isBefore(readUntil) && start.isBefore(windows.end()) && hole.start() < nextStart;
      if (placed) {
        missing.add(TimeRange.of(start, windowEnd(hole.start())));
      } else {
        open.add(readUntil);
      }
    }

    private void close(Instant end) {
      for (Instant start : open) {
        missing.add(TimeRange.of(start, start.isBefore(end) ? end : start));
      }
      open.clear();
    }

    /** Clamped to what was asked for, so that no time is too large to reckon with. */
    private Instant windowEnd(long start) {
      Instant at = Instant.ofEpochMilli(start);
      if (at.isBefore(windows.start())) {
        return windows.start();
      }
      return at.isBefore(windows.end())
          ? Instant.ofEpochMilli(
              request.timeframe().windowEnd(start, request.ticker().market().zone()))
          : windows.end();
    }

    /** What could not be read, within a range. */
    List<TimeRange> missing(TimeRange range) {
      close(range.end());
      return TimeRange.union(missing.stream().map(range::intersect).toList());
    }
  }
}
