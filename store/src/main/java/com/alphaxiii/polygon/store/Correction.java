package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.Adjustment;
import com.alphaxiii.polygon.core.AdjustmentFactors;
import com.alphaxiii.polygon.core.BarAnswer;
import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.Dividend;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Split;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Timeframe;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Corrects raw base bars for splits and dividends, before longer bars are made of them. Only stocks
 * have either.
 */
final class Correction {
  private static final Logger LOG = LoggerFactory.getLogger(Correction.class);

  /** How far before an ex date its close is looked for. */
  private static final int CLOSE_DAYS = 12;

  private final CorporateActions actions;
  private final BaseHistory history;

  Correction(CorporateActions actions, BaseHistory history) {
    this.actions = actions;
    this.history = history;
  }

  /**
   * An answer with bars corrected.
   *
   * @param asOf New York day whose knowledge applies
   * @param anew asks the vendor for splits and dividends even if they are remembered
   */
  BarAnswer apply(BarAnswer raw, Adjustment adjustment, LocalDate asOf, boolean anew, Instant now) {
    Bars bars = raw.bars();
    Ticker ticker = bars.ticker();
    if (adjustment == Adjustment.NONE || bars.isEmpty() || ticker.market() != Market.STOCKS) {
      return raw;
    }
    CorporateActions.Known<Split> splits = actions.splits(ticker, anew);
    BarAnswer answer = splits.asked() ? alsoAsked(raw) : raw;
    if (adjustment == Adjustment.SPLIT) {
      return with(answer, bars.adjust(AdjustmentFactors.splits(splits.actions(), asOf)));
    }
    CorporateActions.Known<Dividend> all = actions.dividends(ticker, anew);
    answer = all.asked() ? alsoAsked(answer) : answer;
    List<Dividend> dividends = relevant(all.actions(), bars, asOf);
    if (dividends.isEmpty()) {
      return with(answer, bars.adjust(AdjustmentFactors.splits(splits.actions(), asOf)));
    }
    BarAnswer days =
        history.read(new Series(ticker, Timeframe.DAY_1), closes(dividends), false, now);
    if (!days.complete()) {
      throw new PolygonException.NotYetAvailable(
          "%s cannot be adjusted for dividends: day bars of %s are not published yet; try later or use adjust=split"
              .formatted(ticker, days.missing()),
          null);
    }
    answer = days.cached() ? answer : alsoAsked(answer);
    AdjustmentFactors factors =
        AdjustmentFactors.totalReturn(splits.actions(), dividends, days.bars(), asOf);
    if (!factors.ignored().isEmpty()) {
      LOG.info("no close, or no dollars, to adjust for: {}", factors.ignored());
    }
    return with(answer, bars.adjust(factors));
  }

  /** The dividends that change some of the bars. */
  private static List<Dividend> relevant(List<Dividend> dividends, Bars bars, LocalDate asOf) {
    LocalDate first = LocalDate.ofInstant(Instant.ofEpochMilli(bars.start(0)), Market.NEW_YORK);
    return dividends.stream()
        .filter(dividend -> dividend.exDate().isAfter(first) && !dividend.exDate().isAfter(asOf))
        .toList();
  }

  /** Days that hold the last close before each ex date. */
  private static TimeRange closes(List<Dividend> dividends) {
    List<LocalDate> exDates = dividends.stream().map(Dividend::exDate).sorted().toList();
    return TimeRange.ofDays(
        exDates.getFirst().minusDays(CLOSE_DAYS), exDates.getLast().minusDays(1), Market.NEW_YORK);
  }

  private static BarAnswer with(BarAnswer answer, Bars bars) {
    return new BarAnswer(bars, answer.source(), answer.missing(), answer.unsettledFrom());
  }

  /** Bars of the cache for which something else had to be asked for. */
  private static BarAnswer alsoAsked(BarAnswer answer) {
    return answer.cached()
        ? new BarAnswer(
            answer.bars(), BarAnswer.Source.MIXED, answer.missing(), answer.unsettledFrom())
        : answer;
  }
}
