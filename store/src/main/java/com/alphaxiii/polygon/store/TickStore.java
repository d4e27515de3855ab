package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.calendar.MarketCalendar;
import com.alphaxiii.polygon.core.Cursor;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Quote;
import com.alphaxiii.polygon.core.TickRequest;
import com.alphaxiii.polygon.core.TickSource;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.Trade;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Function;

/**
 * Trades and quotes that are fetched once. A source of ticks that keeps finished days in files, one
 * for each ticker and day, exact to the nanosecond, in the vendor's order and with every repeated
 * tick. A piece of a day that is not stored fetches all of the day first, into the file alone; a
 * day whose fetch fails leaves nothing behind. Memory holds a page while fetching and a row group
 * while reading, however long the range.
 *
 * <p>Days that may still change go to the vendor each time, as do the latest trade and quote. A
 * failing disk costs requests, not answers. Safe for use by many threads; several processes may
 * share the folder and fetch no day twice. {@link BarStore#ticks} makes it, and closes what it
 * uses.
 */
public final class TickStore implements TickSource {
  private final TickSource upstream;
  private final MarketCalendar calendar;
  private final InstantSource clock;
  private final TickDays<Trade> trades;
  private final TickDays<Quote> quotes;

  TickStore(
      TickSource upstream,
      TickFiles files,
      FetchLocks fetching,
      MarketCalendar calendar,
      InstantSource clock) {
    this.upstream = upstream;
    this.calendar = calendar;
    this.clock = clock;
    this.trades =
        new TickDays<>(new TradeColumns(), upstream::trades, files, fetching, calendar, clock);
    this.quotes =
        new TickDays<>(new QuoteColumns(), upstream::quotes, files, fetching, calendar, clock);
  }

  @Override
  public Optional<Trade> lastTrade(Ticker ticker) {
    return upstream.lastTrade(ticker);
  }

  @Override
  public Optional<Quote> lastQuote(Ticker ticker) {
    return upstream.lastQuote(ticker);
  }

  /**
   * The trades of a range, finished days from files.
   *
   * @throws PolygonException.StorageFailure later, when a file is replaced by another while it is
   *     read
   */
  @Override
  public Cursor<Trade> trades(TickRequest request) {
    return ticks(request, upstream::trades, trades);
  }

  /** The quotes of a range, finished days from files; errors as {@link #trades}. */
  @Override
  public Cursor<Quote> quotes(TickRequest request) {
    return ticks(request, upstream::quotes, quotes);
  }

  /** Whether the trades of a New York day are in files, so that reading them costs no request. */
  public boolean holdsTrades(Ticker ticker, LocalDate day) {
    return trades.isKnown(trades.day(ticker, day));
  }

  /** The same of quotes. */
  public boolean holdsQuotes(Ticker ticker, LocalDate day) {
    return quotes.isKnown(quotes.day(ticker, day));
  }

  /** The tickers of which the trades of a day are in files. */
  public SortedSet<Ticker> tickersWithTrades(LocalDate day) {
    return trades.tickers(day);
  }

  /** The same of quotes. */
  public SortedSet<Ticker> tickersWithQuotes(LocalDate day) {
    return quotes.tickers(day);
  }

  private <T> Cursor<T> ticks(
      TickRequest request, Function<TickRequest, Cursor<T>> vendor, TickDays<T> days) {
    // Asks for nothing yet, but refuses what the vendor does not have.
    Cursor<T> plain = vendor.apply(request);
    ZoneId zone = request.ticker().market().zone();
    LocalDate unsettled = unsettled(zone);
    boolean anySettled = request.range().start().isBefore(unsettled.atStartOfDay(zone).toInstant());
    if (!request.useCache() || !anySettled || request.range().isEmpty()) {
      return plain;
    }
    return new TickPieces<>(days, request, unsettled);
  }

  /** The first day that may still change. */
  private LocalDate unsettled(ZoneId zone) {
    // A day counts as settled once all of it is.
    return LocalDate.ofInstant(calendar.settledUntil(clock.instant()), zone);
  }
}
