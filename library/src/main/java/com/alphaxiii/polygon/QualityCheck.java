package com.alphaxiii.polygon;

import com.alphaxiii.polygon.client.References;
import com.alphaxiii.polygon.core.BarAnswer;
import com.alphaxiii.polygon.core.BarRequest;
import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.ReferenceSource;
import com.alphaxiii.polygon.core.TickRequest;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Timeframe;
import com.alphaxiii.polygon.core.Trade;
import com.alphaxiii.polygon.reference.TickerDetails;
import com.alphaxiii.polygon.store.BarStore;
import com.alphaxiii.polygon.store.FindingTable;
import com.alphaxiii.polygon.store.TickStore;
import com.alphaxiii.polygon.validate.Activity;
import com.alphaxiii.polygon.validate.BarChecks;
import com.alphaxiii.polygon.validate.DayQuality;
import com.alphaxiii.polygon.validate.Evidence;
import com.alphaxiii.polygon.validate.QualityAnswer;
import com.alphaxiii.polygon.validate.QualitySource;
import com.alphaxiii.polygon.validate.SymbolGrammar;
import com.alphaxiii.polygon.validate.ValidationReport;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges bars by all that is known of them, and keeps what it finds in the catalog. Splits,
 * dividends, listing and day bars cost a few requests once; trades and second bars are used where
 * they are in the cache, and never fetched for this.
 */
final class QualityCheck implements QualitySource {
  private static final Logger LOG = LoggerFactory.getLogger(QualityCheck.class);

  /** Days with gaps whose trades or second bars are read at most. */
  private static final int MOST_DAYS = 60;

  private final BarStore store;
  private final TickStore ticks;
  private final ReferenceSource reference;
  private final Supplier<References> references;
  private final InstantSource clock;

  QualityCheck(
      BarStore store,
      TickStore ticks,
      ReferenceSource reference,
      Supplier<References> references,
      InstantSource clock) {
    this.store = store;
    this.ticks = ticks;
    this.reference = reference;
    this.references = references;
    this.clock = clock;
  }

  @Override
  public QualityAnswer quality(BarRequest request) {
    BarAnswer answer = store.bars(request);
    Evidence evidence = evidence(request, answer);
    ValidationReport report = BarChecks.report(answer.bars(), evidence);
    List<Activity> activity = activity(request, report);
    if (!activity.isEmpty()) {
      report = BarChecks.report(answer.bars(), evidence.withActivity(activity));
    }
    keep(request, report);
    return new QualityAnswer(answer, report);
  }

  private void keep(BarRequest request, ValidationReport report) {
    try {
      store
          .findings()
          .replace(report, FindingTable.Subject.of(request), request.range(), clock.instant());
    } catch (PolygonException.StorageFailure e) {
      LOG.warn("the findings of {} are not kept: {}", request, e.getMessage());
    }
  }

  private Evidence evidence(BarRequest request, BarAnswer answer) {
    Ticker ticker = request.ticker();
    Evidence evidence = Evidence.of(request, answer);
    if (ticker.market() != Market.STOCKS) {
      Optional<LocalDate> lastDay = SymbolGrammar.lastDay(ticker);
      return lastDay.isEmpty() ? evidence : evidence.withListing(Optional.empty(), lastDay);
    }
    evidence =
        known("splits of " + ticker, () -> reference.splits(ticker))
            .map(evidence::withSplits)
            .orElse(evidence);
    evidence =
        known("dividends of " + ticker, () -> reference.dividends(ticker))
            .map(evidence::withDividends)
            .orElse(evidence);
    Optional<TickerDetails> details =
        known("listing of " + ticker, () -> references.get().details(ticker)).flatMap(d -> d);
    Optional<LocalDate> listed = details.flatMap(TickerDetails::listed);
    Optional<LocalDate> delisted =
        details
            .flatMap(TickerDetails::delisted)
            .map(at -> LocalDate.ofInstant(at, Market.NEW_YORK));
    evidence = evidence.withListing(listed, delisted);
    if (listed.isPresent()) {
      // Only now a day before the first bar is known to be missing.
      evidence = evidence.withRange(request.range());
    }
    Optional<Bars> days = days(request, answer.bars());
    if (days.isEmpty()) {
      return evidence;
    }
    return listed.isPresent()
        ? evidence.withDays(days.get())
        : evidence.withDays(days.get()).withRange(traded(request, answer.bars(), days.get()));
  }

  /**
   * The part of the request in which the ticker traded, by its day bars, where nobody tells since
   * when it is listed.
   */
  private static TimeRange traded(BarRequest request, Bars bars, Bars days) {
    if (days.isEmpty()) {
      return request.range();
    }
    long first = Math.min(bars.start(0), days.start(0));
    long last = Math.max(bars.start(bars.size() - 1), days.start(days.size() - 1));
    return request
        .range()
        .intersect(
            TimeRange.ofDays(
                LocalDate.ofInstant(Instant.ofEpochMilli(first), Market.NEW_YORK),
                LocalDate.ofInstant(Instant.ofEpochMilli(last), Market.NEW_YORK),
                Market.NEW_YORK));
  }

  /** Day bars of all days that were asked for, corrected alike. */
  private Optional<Bars> days(BarRequest request, Bars bars) {
    if (bars.isEmpty() || !bars.timeframe().timespan().isIntraday()) {
      return Optional.empty();
    }
    TimeRange range =
        TimeRange.ofDays(
            LocalDate.ofInstant(request.range().start(), Market.NEW_YORK),
            LocalDate.ofInstant(request.range().end().minusMillis(1), Market.NEW_YORK),
            Market.NEW_YORK);
    BarRequest days =
        new BarRequest(
            request.ticker(), Timeframe.DAY_1, range, request.adjustment(), request.asOf(), true);
    return known("day bars of " + request.ticker(), () -> settled(store.bars(days)));
  }

  /** A day that is not over would differ from its minutes by nothing but the hour. */
  private static Bars settled(BarAnswer answer) {
    Instant unsettled = answer.unsettledFrom();
    Bars bars = answer.bars();
    return unsettled == null ? bars : bars.slice(0, bars.indexAtOrAfter(unsettled.toEpochMilli()));
  }

  /** Trades, or else second bars, of days that lack windows, as far as they are cached. */
  private List<Activity> activity(BarRequest request, ValidationReport report) {
    List<Activity> known = new ArrayList<>();
    if (!request.timeframe().equals(Timeframe.MINUTE_1)) {
      return known;
    }
    Ticker ticker = request.ticker();
    for (DayQuality day : report.days()) {
      if (known.size() < MOST_DAYS && day.lost() + day.unknown() + day.noEligibleTrade() > 0) {
        known("trades of " + ticker, () -> activity(ticker, day.day()))
            .flatMap(found -> found)
            .ifPresent(known::add);
      }
    }
    return known;
  }

  private Optional<Activity> activity(Ticker ticker, LocalDate day) {
    TimeRange range = TimeRange.ofDays(day, day, ticker.market().zone());
    if (ticks.holdsTrades(ticker, day)) {
      Iterable<Trade> trades = () -> ticks.trades(TickRequest.of(ticker, range));
      return Optional.of(Activity.ofTrades(range, trades));
    }
    if (store.missing(ticker, Timeframe.SECOND_1, range).isEmpty()) {
      Bars seconds = store.bars(BarRequest.raw(ticker, Timeframe.SECOND_1, range)).bars();
      return Optional.of(Activity.ofSeconds(range, seconds));
    }
    return Optional.empty();
  }

  /** What is asked for; empty, with a word in the log, when it cannot be had. */
  private static <T> Optional<T> known(String what, Supplier<T> ask) {
    try {
      return Optional.of(ask.get());
    } catch (PolygonException e) {
      LOG.info("quality is judged without the {}: {}", what, e.getMessage());
      return Optional.empty();
    }
  }
}
