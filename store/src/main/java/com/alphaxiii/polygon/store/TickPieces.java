package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.Cursor;
import com.alphaxiii.polygon.core.Rejected;
import com.alphaxiii.polygon.core.TickRequest;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TimeRange;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The ticks of a request, a day after the other: settled days from files, the rest from the vendor.
 * A day is looked at when the one before is used up. When a week of days was empty, the vendor is
 * asked where ticks go on, so that decades before a ticker's first day cost a few requests.
 */
final class TickPieces<T> implements Cursor<T> {
  private static final int PATIENCE_DAYS = 7;
  private static final int MOST_TOLD = 1_000;

  private final TickDays<T> days;
  private final TickRequest request;
  private final ZoneId zone;

  /** The first day that cannot be stored yet. */
  private final LocalDate unsettled;

  private final LocalDate first;
  private final LocalDate last;
  private final List<Rejected> rejected = new ArrayList<>();
  private long rejectedCount;

  /** Days from here on, in the asked direction, are still to come; empty at the end. */
  private @Nullable LocalDate ahead;

  private @Nullable Cursor<T> piece;
  private int emptyDays;

  /**
   * Reads nothing yet.
   *
   * @param unsettled the first day that may still change
   */
  TickPieces(TickDays<T> days, TickRequest request, LocalDate unsettled) {
    this.days = days;
    this.request = request;
    this.unsettled = unsettled;
    this.zone = request.ticker().market().zone();
    this.first = LocalDate.ofInstant(request.range().start(), zone);
    this.last = LocalDate.ofInstant(request.range().end().minusNanos(1), zone);
    this.ahead = request.newestFirst() ? last : first;
  }

  @Override
  public boolean hasNext() {
    while (piece == null || !piece.hasNext()) {
      drop();
      if (ahead == null) {
        return false;
      }
      piece = next(ahead);
    }
    return true;
  }

  private void drop() {
    if (piece != null) {
      rejectedCount += piece.rejectedCount();
      piece.rejected().stream().limit(MOST_TOLD - rejected.size()).forEach(rejected::add);
      piece = null;
    }
  }

  /** The piece that begins with a day; empty when there is nothing on it. */
  private @Nullable Cursor<T> next(LocalDate day) {
    if (!day.isBefore(unsettled)) {
      boolean back = request.newestFirst();
      ahead = back && first.isBefore(unsettled) ? unsettled.minusDays(1) : null;
      Instant from = unsettled.atStartOfDay(zone).toInstant();
      TimeRange range = request.range();
      return days.upstream(
          new TickRequest(
              request.ticker(),
              range.start().isBefore(from) ? TimeRange.of(from, range.end()) : range,
              back));
    }
    LocalDate start = day;
    Ticker ticker = request.ticker();
    if (emptyDays >= PATIENCE_DAYS && !days.isKnown(days.day(ticker, day))) {
      Optional<LocalDate> found = days.next(ticker, day, request.newestFirst() ? first : settled());
      start = found.orElse(request.newestFirst() ? first : settled());
      emptyDays = 0;
    }
    TickDay wanted = days.day(ticker, start);
    Optional<Cursor<T>> ticks =
        days.ticks(wanted, wanted.range().intersect(request.range()), request.newestFirst());
    // Only now: after a failure the same day is tried again.
    ahead = after(start);
    emptyDays = ticks.isPresent() ? 0 : emptyDays + 1;
    return ticks.orElse(null);
  }

  /** The last day of the request that is settled. */
  private LocalDate settled() {
    return last.isBefore(unsettled) ? last : unsettled.minusDays(1);
  }

  private @Nullable LocalDate after(LocalDate day) {
    if (request.newestFirst()) {
      return day.isAfter(first) ? day.minusDays(1) : null;
    }
    return day.isBefore(last) ? day.plusDays(1) : null;
  }

  @Override
  public T next() {
    if (!hasNext() || piece == null) {
      throw new NoSuchElementException(request + ": no more");
    }
    return piece.next();
  }

  @Override
  public long rejectedCount() {
    return rejectedCount + (piece == null ? 0 : piece.rejectedCount());
  }

  @Override
  public List<Rejected> rejected() {
    List<Rejected> all = new ArrayList<>(rejected);
    if (piece != null) {
      all.addAll(piece.rejected());
    }
    return List.copyOf(all.subList(0, Math.min(MOST_TOLD, all.size())));
  }
}
