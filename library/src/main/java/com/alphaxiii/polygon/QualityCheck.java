package com.alphaxiii.polygon;

import com.alphaxiii.polygon.KnownFacts.Parts;
import com.alphaxiii.polygon.client.References;
import com.alphaxiii.polygon.core.BarAnswer;
import com.alphaxiii.polygon.core.BarRequest;
import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.ReferenceSource;
import com.alphaxiii.polygon.core.TickRequest;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Timeframe;
import com.alphaxiii.polygon.core.Trade;
import com.alphaxiii.polygon.store.BarStore;
import com.alphaxiii.polygon.store.FindingTable;
import com.alphaxiii.polygon.store.TickStore;
import com.alphaxiii.polygon.validate.Activity;
import com.alphaxiii.polygon.validate.BarChecks;
import com.alphaxiii.polygon.validate.DayQuality;
import com.alphaxiii.polygon.validate.QualityAnswer;
import com.alphaxiii.polygon.validate.QualitySource;
import com.alphaxiii.polygon.validate.ValidationReport;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges bars by all that is known of them, and keeps what it finds in the catalog. Trades and
 * second bars are used where they are in the cache, and never fetched for this.
 */
final class QualityCheck implements QualitySource {
  private static final Logger LOG = LoggerFactory.getLogger(QualityCheck.class);

  /** Days with gaps whose trades or second bars are read at most. */
  private static final int MOST_DAYS = 60;

  private final BarStore store;
  private final TickStore ticks;
  private final KnownFacts facts;
  private final InstantSource clock;

  QualityCheck(
      BarStore store,
      TickStore ticks,
      ReferenceSource reference,
      Supplier<References> references,
      InstantSource clock) {
    this.store = store;
    this.ticks = ticks;
    this.facts = new KnownFacts(store, reference, references);
    this.clock = clock;
  }

  @Override
  public QualityAnswer quality(BarRequest request) {
    BarAnswer answer = store.bars(request);
    Parts parts = facts.parts(request, answer);
    ValidationReport report = report(parts, List.of());
    List<Activity> activity = activity(request, report);
    if (!activity.isEmpty()) {
      report = report(parts, activity);
    }
    keep(request, report);
    return new QualityAnswer(answer, report);
  }

  private static ValidationReport report(Parts parts, List<Activity> activity) {
    return BarChecks.joined(
        parts.parts().stream()
            .map(part -> BarChecks.report(part.bars(), part.evidence().withActivity(activity)))
            .toList(),
        parts.handovers());
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

  /** Trades, or else second bars, of days that lack windows, as far as they are cached. */
  private List<Activity> activity(BarRequest request, ValidationReport report) {
    List<Activity> known = new ArrayList<>();
    if (!request.timeframe().equals(Timeframe.MINUTE_1)) {
      return known;
    }
    Ticker ticker = request.ticker();
    for (DayQuality day : report.days()) {
      if (known.size() < MOST_DAYS && day.lost() + day.unknown() + day.noEligibleTrade() > 0) {
        KnownFacts.known("trades of " + ticker, () -> activity(ticker, day.day()))
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
}
