package com.alphaxiii.polygon.snapshot;

import com.alphaxiii.polygon.core.Quote;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.Trade;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The state of one ticker. The vendor has it in several forms, which fill different parts: those of
 * a whole market have the previous day, those of named tickers the name and state. Parts that the
 * plan does not include, and those without a price (the vendor wipes the day at 03:30 New York time
 * and fills it again from 04:00), are absent, never zero.
 *
 * @param name of the instrument
 * @param state of its market, the vendor's word: open, closed, early_trading, late_trading
 * @param timeframe the vendor's word: REAL-TIME, or DELAYED by 15 minutes
 * @param updated when the state last changed
 * @param change since the previous close
 * @param value of an index
 * @param fairMarketValue what the vendor computes it to be worth (business plans)
 * @param option what only options have
 */
public record Snapshot(
    Ticker ticker,
    Optional<String> name,
    Optional<String> state,
    Optional<String> timeframe,
    Optional<Instant> updated,
    Optional<DayFigures> day,
    Optional<DayFigures> previousDay,
    Optional<MinuteFigures> minute,
    Optional<Trade> lastTrade,
    Optional<Quote> lastQuote,
    Change change,
    OptionalDouble value,
    OptionalDouble fairMarketValue,
    Optional<OptionFigures> option)
    implements SnapshotItem {

  /**
   * The latest price: of the last trade, else the index value, else the day's price or close.
   * Absent when there is none of them.
   */
  public OptionalDouble price() {
    if (lastTrade.isPresent()) {
      return OptionalDouble.of(lastTrade.get().price());
    }
    if (value.isPresent()) {
      return value;
    }
    return day.map(d -> d.price().isPresent() ? d.price() : d.close())
        .orElse(OptionalDouble.empty());
  }
}
