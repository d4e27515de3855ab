package com.alphaxiii.polygon.validate;

import com.alphaxiii.polygon.core.Adjustment;
import com.alphaxiii.polygon.core.BarAnswer;
import com.alphaxiii.polygon.core.BarRequest;
import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.Dividend;
import com.alphaxiii.polygon.core.Split;
import com.alphaxiii.polygon.core.TimeRange;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is known besides the bars. Everything may be left out: then the laws that need it are
 * silent, or judge by the bars alone.
 *
 * @param adjustment what the bars are corrected for
 * @param asOf New York day whose splits and dividends the bars are corrected with: later ones are
 *     not in them; null when all are
 * @param range what was asked for: a trading day of it without bars is missing; null judges from
 *     the first bar to the last
 * @param settledUntil what starts later may still come and is not missing; null when all is final
 * @param splits all splits of the ticker; null when they are not known
 * @param dividends cash dividends of the ticker, those that are known
 * @param listed first New York day of trading; null when not known
 * @param delisted last New York day of trading; null when not known or still listed
 * @param days day bars of the same ticker, corrected alike; null when not known
 * @param activity trades or second bars of parts of the time; the first that tells of a window
 *     judges it
 * @param bands limits within which prices had to stay
 * @param halts when trading was halted; market-wide halts are known without
 */
public record Evidence(
    Adjustment adjustment,
    @Nullable LocalDate asOf,
    @Nullable TimeRange range,
    @Nullable Instant settledUntil,
    @Nullable List<Split> splits,
    List<Dividend> dividends,
    @Nullable LocalDate listed,
    @Nullable LocalDate delisted,
    @Nullable Bars days,
    List<Activity> activity,
    List<PriceBand> bands,
    List<TimeRange> halts) {
  public Evidence {
    splits = splits == null ? null : List.copyOf(splits);
    dividends = List.copyOf(dividends);
    activity = List.copyOf(activity);
    bands = List.copyOf(bands);
    halts = List.copyOf(halts);
  }

  /** Nothing but what the bars are corrected for. */
  public static Evidence of(Adjustment adjustment) {
    return new Evidence(
        adjustment,
        null,
        null,
        null,
        null,
        List.of(),
        null,
        null,
        null,
        List.of(),
        List.of(),
        List.of());
  }

  /**
   * What a request and its answer tell: how the bars are corrected, which part of a day was asked
   * for, and what may still come. Days before the first bar and after the last are not missing by
   * this: nothing is known of the listing.
   */
  public static Evidence of(BarRequest request, BarAnswer answer) {
    Evidence known = of(request.adjustment());
    if (request.asOf() != null) {
      known = known.withAsOf(request.asOf());
    }
    Instant settled = answer.unsettledFrom();
    for (TimeRange missing : answer.missing()) {
      // Told as incomplete already: what follows is not looked for.
      settled = settled == null || missing.start().isBefore(settled) ? missing.start() : settled;
    }
    if (settled != null) {
      known = known.withSettledUntil(settled);
    }
    Bars bars = answer.bars();
    if (bars.isEmpty()) {
      return known;
    }
    ZoneId zone = bars.ticker().market().zone();
    TimeRange days =
        TimeRange.ofDays(
            LocalDate.ofInstant(Instant.ofEpochMilli(bars.start(0)), zone),
            LocalDate.ofInstant(Instant.ofEpochMilli(bars.start(bars.size() - 1)), zone),
            zone);
    return known.withRange(request.range().intersect(days));
  }

  /** What the bars are corrected for, of what happens on a New York day: a split, a dividend. */
  Adjustment adjustmentAt(LocalDate day) {
    return asOf != null && day.isAfter(asOf) ? Adjustment.NONE : adjustment;
  }

  /** Whether the ticker is listed on a New York day, as far as that is known. */
  boolean isListed(LocalDate day) {
    return (listed == null || !day.isBefore(listed))
        && (delisted == null || !day.isAfter(delisted));
  }

  /** The bars are corrected with what was known on a New York day. */
  public Evidence withAsOf(LocalDate day) {
    return with(parts -> parts.asOf = day);
  }

  public Evidence withRange(TimeRange asked) {
    return with(parts -> parts.range = asked);
  }

  /** What starts from this instant on may still come. */
  public Evidence withSettledUntil(Instant until) {
    return with(parts -> parts.settledUntil = until);
  }

  /** All splits of the ticker; an empty list says that there was none. */
  public Evidence withSplits(List<Split> all) {
    return with(parts -> parts.splits = all);
  }

  public Evidence withDividends(List<Dividend> known) {
    return with(parts -> parts.dividends = known);
  }

  /** First and last New York day of trading, where known. */
  public Evidence withListing(Optional<LocalDate> first, Optional<LocalDate> last) {
    return with(
        parts -> {
          parts.listed = first.orElse(null);
          parts.delisted = last.orElse(null);
        });
  }

  /** Day bars, corrected as the bars that are checked. */
  public Evidence withDays(Bars bars) {
    return with(parts -> parts.days = bars);
  }

  public Evidence withActivity(List<Activity> known) {
    return with(parts -> parts.activity = known);
  }

  public Evidence withBands(List<PriceBand> known) {
    return with(parts -> parts.bands = known);
  }

  public Evidence withHalts(List<TimeRange> known) {
    return with(parts -> parts.halts = known);
  }

  private Evidence with(Consumer<Parts> change) {
    Parts parts = new Parts(this);
    change.accept(parts);
    return parts.evidence();
  }

  /** The same, to be changed in a few places. */
  private static final class Parts {
    private final Adjustment adjustment;
    private @Nullable LocalDate asOf;
    private @Nullable TimeRange range;
    private @Nullable Instant settledUntil;
    private @Nullable List<Split> splits;
    private List<Dividend> dividends;
    private @Nullable LocalDate listed;
    private @Nullable LocalDate delisted;
    private @Nullable Bars days;
    private List<Activity> activity;
    private List<PriceBand> bands;
    private List<TimeRange> halts;

    Parts(Evidence of) {
      adjustment = of.adjustment;
      asOf = of.asOf;
      range = of.range;
      settledUntil = of.settledUntil;
      splits = of.splits;
      dividends = of.dividends;
      listed = of.listed;
      delisted = of.delisted;
      days = of.days;
      activity = of.activity;
      bands = of.bands;
      halts = of.halts;
    }

    Evidence evidence() {
      return new Evidence(
          adjustment,
          asOf,
          range,
          settledUntil,
          splits,
          dividends,
          listed,
          delisted,
          days,
          activity,
          bands,
          halts);
    }
  }
}
