package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.calendar.TradingDay;
import java.time.LocalDate;
import java.util.Optional;

/**
 * What stands on a symbol's board.
 *
 * @param session the day that is shown
 * @param hours when the exchanges are open that day; empty for other markets and days
 * @param day the session so far, empty when nothing has traded in it
 * @param previous the last session before, in today's split terms
 * @param minutes of the session, perhaps none
 */
record Board(
    String symbol,
    LocalDate session,
    Optional<TradingDay> hours,
    Optional<DayBar> day,
    Optional<DayBar> previous,
    BarColumns minutes,
    Optional<TradeTick> trade,
    Optional<QuoteTick> quote) {

  /** The newest price; 0 when there never was one. */
  double price() {
    return trade
        .map(TradeTick::price)
        .or(() -> minutes.size() > 0 ? Optional.of(lastClose()) : Optional.empty())
        .or(() -> day.map(DayBar::close))
        .or(() -> previous.map(DayBar::close))
        .orElse(0.0);
  }

  private double lastClose() {
    return minutes.close[minutes.size() - 1];
  }

  /** The newest price less the last session's close; 0 while the session has no trade. */
  double change() {
    return day.isPresent() || minutes.size() > 0
        ? previous.map(bar -> price() - bar.close()).orElse(0.0)
        : 0;
  }

  double changePercent() {
    return percent(change());
  }

  /** A change as a percentage of the last session's close; 0 without one. */
  double percent(double change) {
    return previous
        .filter(bar -> bar.close() > 0)
        .map(bar -> change / bar.close() * 100)
        .orElse(0.0);
  }

  /** When anything here last changed, Unix ns; 0 for never. */
  long updated() {
    return Math.max(
        trade.map(TradeTick::sipTime).orElse(0L), quote.map(QuoteTick::sipTime).orElse(0L));
  }

  /** The last close before the regular session; NaN when there was no trade. */
  double earlyPrice() {
    return hours.map(h -> closeBefore(h.open().toEpochMilli())).orElse(Double.NaN);
  }

  /** The last close after the regular session; NaN when there was no trade. */
  double latePrice() {
    return hours
        .filter(h -> minutes.size() > 0)
        .filter(h -> minutes.start[minutes.size() - 1] >= h.close().toEpochMilli())
        .map(h -> lastClose())
        .orElse(Double.NaN);
  }

  /** The first open before the regular session; NaN when there was no trade. */
  double firstEarlyPrice() {
    return hours
        .filter(h -> minutes.size() > 0)
        .filter(h -> minutes.start[0] < h.open().toEpochMilli())
        .map(h -> minutes.open[0])
        .orElse(Double.NaN);
  }

  private double closeBefore(long at) {
    int end = minutes.indexOf(at);
    return end > 0 ? minutes.close[end - 1] : Double.NaN;
  }
}
