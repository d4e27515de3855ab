package com.alphaxiii.polygon;

import com.alphaxiii.polygon.client.References;
import com.alphaxiii.polygon.core.BarAnswer;
import com.alphaxiii.polygon.core.BarRequest;
import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.Dividend;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.ReferenceSource;
import com.alphaxiii.polygon.core.Split;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Timeframe;
import com.alphaxiii.polygon.reference.TickerDetails;
import com.alphaxiii.polygon.store.BarStore;
import com.alphaxiii.polygon.validate.Evidence;
import com.alphaxiii.polygon.validate.Finding;
import com.alphaxiii.polygon.validate.Law;
import com.alphaxiii.polygon.validate.SymbolGrammar;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What reference data and day bars tell about bars that are to be judged: splits, dividends,
 * listing, and whose ticker it was. All of it costs a few requests once.
 */
final class KnownFacts {
  private static final Logger LOG = LoggerFactory.getLogger(KnownFacts.class);

  private final BarStore store;
  private final ReferenceSource reference;
  private final Supplier<References> references;

  KnownFacts(BarStore store, ReferenceSource reference, Supplier<References> references) {
    this.store = store;
    this.reference = reference;
    this.references = references;
  }

  /** Bars of one instrument, and what is known of it. */
  record Part(Bars bars, Evidence evidence) {}

  /**
   * What is to be judged.
   *
   * @param parts in order of time: one for each company that had the ticker, at least one
   * @param handovers what there is to tell of that
   */
  record Parts(List<Part> parts, List<Finding> handovers) {}

  Parts parts(BarRequest request, BarAnswer answer) {
    Ticker ticker = request.ticker();
    if (ticker.market() != Market.STOCKS) {
      Evidence evidence = Evidence.of(request, answer);
      Optional<LocalDate> lastDay = SymbolGrammar.lastDay(ticker);
      Evidence known =
          lastDay.isEmpty() ? evidence : evidence.withListing(Optional.empty(), lastDay);
      return new Parts(List.of(new Part(answer.bars(), known)), List.of());
    }
    Optional<TickerDetails> details =
        known("listing of " + ticker, () -> references.get().details(ticker)).flatMap(d -> d);
    List<Part> parts = new ArrayList<>();
    List<Finding> handovers = new ArrayList<>();
    TimeRange rest = request.range();
    for (TickerDetails owner : former(ticker, details, answer.bars())) {
      Instant end =
          FormerOwners.lastDay(owner)
              .map(day -> TimeRange.ofDays(day, day, Market.NEW_YORK).end())
              .orElse(rest.start());
      if (end.isAfter(rest.start()) && end.isBefore(rest.end())) {
        TimeRange tenure = TimeRange.of(rest.start(), end);
        Part part = part(request, answer, tenure, Optional.of(owner));
        rest = TimeRange.of(end, rest.end());
        if (!part.bars().isEmpty()) {
          parts.add(part);
          handovers.add(handover(ticker, part.bars(), owner, details));
        }
      }
    }
    parts.add(part(request, answer, rest, details));
    return new Parts(parts, handovers);
  }

  /** Who had the ticker before, asked only where there are bars from before the listing. */
  private List<TickerDetails> former(Ticker ticker, Optional<TickerDetails> details, Bars bars) {
    Optional<LocalDate> listed = details.flatMap(TickerDetails::listed);
    if (bars.isEmpty() || listed.isEmpty()) {
      return List.of();
    }
    LocalDate first = LocalDate.ofInstant(Instant.ofEpochMilli(bars.start(0)), Market.NEW_YORK);
    if (!first.isBefore(listed.get())) {
      return List.of();
    }
    return known(
            "former owners of " + ticker,
            () -> FormerOwners.before(ticker, details.get(), references.get()))
        .orElse(List.of());
  }

  private static Finding handover(
      Ticker ticker, Bars bars, TickerDetails owner, Optional<TickerDetails> present) {
    int last = bars.size() - 1;
    long end = bars.timeframe().windowEnd(bars.start(last), Market.NEW_YORK);
    String now =
        present
            .map(
                details ->
                    "; it is that of %s%s"
                        .formatted(
                            FormerOwners.words(details),
                            details.listed().map(day -> " since " + day).orElse("")))
            .orElse("");
    return new Finding(
        Law.TICKER_CHANGED_HANDS,
        Law.TICKER_CHANGED_HANDS.severity(),
        TimeRange.of(Instant.ofEpochMilli(bars.start(0)), Instant.ofEpochMilli(end)),
        "until %s %s was the ticker of %s%s"
            .formatted(
                FormerOwners.lastDay(owner).map(LocalDate::toString).orElse("an earlier day"),
                ticker,
                FormerOwners.words(owner),
                now),
        Law.TICKER_CHANGED_HANDS.suggestion());
  }

  private Part part(
      BarRequest whole, BarAnswer all, TimeRange tenure, Optional<TickerDetails> owner) {
    boolean alone = tenure.equals(whole.range());
    BarRequest request = alone ? whole : whole.withRange(tenure);
    BarAnswer answer =
        alone
            ? all
            : new BarAnswer(
                all.bars().slice(tenure),
                all.source(),
                all.missing().stream().filter(gap -> overlap(tenure, gap)).toList(),
                all.unsettledFrom());
    return new Part(answer.bars(), evidence(request, answer, owner, alone));
  }

  private Evidence evidence(
      BarRequest request, BarAnswer answer, Optional<TickerDetails> owner, boolean alone) {
    Ticker ticker = request.ticker();
    TimeRange range = request.range();
    Evidence evidence = Evidence.of(request, answer);
    Optional<List<Split>> splits =
        known("splits of " + ticker, () -> reference.splits(ticker))
            .map(all -> alone ? all : all.stream().filter(s -> holds(range, s)).toList());
    if (splits.isPresent()) {
      evidence = evidence.withSplits(splits.get());
    }
    Optional<List<Dividend>> dividends =
        known("dividends of " + ticker, () -> reference.dividends(ticker))
            .map(all -> alone ? all : all.stream().filter(d -> holds(range, d.exDate())).toList());
    if (dividends.isPresent()) {
      evidence = evidence.withDividends(dividends.get());
    }
    Optional<LocalDate> listed = owner.flatMap(TickerDetails::listed);
    evidence = evidence.withListing(listed, owner.flatMap(FormerOwners::lastDay));
    if (listed.isPresent()) {
      // Only now a day before the first bar is known to be missing.
      evidence = evidence.withRange(range);
    }
    Optional<Bars> days = days(request, answer.bars());
    if (days.isEmpty()) {
      return evidence;
    }
    if (listed.isEmpty() && answer.bars().isEmpty() && days.get().isEmpty()) {
      // Nothing tells that there is such a ticker: nothing is missing.
      return evidence;
    }
    return listed.isPresent()
        ? evidence.withDays(days.get())
        : evidence.withDays(days.get()).withRange(traded(request, answer.bars(), days.get()));
  }

  private static boolean holds(TimeRange range, Split split) {
    return holds(range, split.executionDate());
  }

  private static boolean holds(TimeRange range, LocalDate day) {
    return overlap(range, TimeRange.ofDays(day, day, Market.NEW_YORK));
  }

  private static boolean overlap(TimeRange one, TimeRange other) {
    return !one.intersect(other).isEmpty();
  }

  /**
   * The part of the request in which the ticker traded, by its day bars, where nobody tells since
   * when it is listed.
   */
  private static TimeRange traded(BarRequest request, Bars bars, Bars days) {
    if (days.isEmpty()) {
      return request.range();
    }
    // Minutes may be missing whole, where the day bars tell that there were trades.
    long first = bars.isEmpty() ? days.start(0) : Math.min(bars.start(0), days.start(0));
    long lastDay = days.start(days.size() - 1);
    long last = bars.isEmpty() ? lastDay : Math.max(bars.start(bars.size() - 1), lastDay);
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
    if (!request.timeframe().timespan().isIntraday()) {
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

  /** What is asked for; empty, with a word in the log, when it cannot be had. */
  static <T> Optional<T> known(String what, Supplier<T> ask) {
    try {
      return Optional.of(ask.get());
    } catch (PolygonException e) {
      LOG.info("quality is judged without the {}: {}", what, e.getMessage());
      return Optional.empty();
    }
  }
}
