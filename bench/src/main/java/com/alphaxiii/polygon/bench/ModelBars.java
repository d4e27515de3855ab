package com.alphaxiii.polygon.bench;

import com.alphaxiii.polygon.calendar.MarketCalendar;
import com.alphaxiii.polygon.calendar.TradingDay;
import com.alphaxiii.polygon.core.BarAnswer;
import com.alphaxiii.polygon.core.BarRequest;
import com.alphaxiii.polygon.core.BarSource;
import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.BarsBuilder;
import com.alphaxiii.polygon.core.Dividend;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.ReferenceSource;
import com.alphaxiii.polygon.core.Split;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TickerInfo;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Timeframe;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Minute bars of any stock and day as a vendor would have them: some 800 a day, prices of mostly
 * two decimals that walk at random, a few without vwap. Each day follows from its date alone.
 */
final class ModelBars implements BarSource, ReferenceSource {
  static final MarketCalendar CALENDAR = MarketCalendar.usEquities();
  private static final double QUIET = 0.17;

  private final Map<Ticker, Bars> made = new ConcurrentHashMap<>();

  /** Makes bars beforehand, so that asking for them costs nothing. */
  ModelBars prepare(Ticker ticker, TimeRange range) {
    made.put(ticker, minutes(ticker, range));
    return this;
  }

  @Override
  public BarAnswer bars(BarRequest request) {
    if (!request.timeframe().equals(Timeframe.MINUTE_1)) {
      throw new IllegalArgumentException("only minutes are modelled: " + request);
    }
    Bars ready = made.get(request.ticker());
    return BarAnswer.upstream(
        ready == null ? minutes(request.ticker(), request.range()) : ready.slice(request.range()));
  }

  static Bars minutes(Ticker ticker, TimeRange range) {
    BarsBuilder bars = Bars.builder(ticker, Timeframe.MINUTE_1);
    for (TradingDay day :
        CALENDAR.tradingDays(
            LocalDate.ofInstant(range.start(), Market.NEW_YORK),
            LocalDate.ofInstant(range.end().minusMillis(1), Market.NEW_YORK))) {
      add(bars, ticker, day);
    }
    return bars.build().slice(range);
  }

  private static void add(BarsBuilder bars, Ticker ticker, TradingDay day) {
    Random random = new Random(31 * ticker.hashCode() + day.date().toEpochDay());
    double price = 100 + random.nextInt(10_000) / 100.0;
    long end = day.postClose().toEpochMilli();
    for (long at = day.preOpen().toEpochMilli(); at < end; at += 60_000) {
      if (random.nextDouble() < QUIET) {
        continue;
      }
      double scale = random.nextInt(5) == 0 ? 10_000 : 100;
      double open = round(price, scale);
      double close = round(price + random.nextGaussian() * 0.05, scale);
      double high = round(Math.max(open, close) + random.nextDouble() * 0.05, scale);
      double low = round(Math.min(open, close) - random.nextDouble() * 0.05, scale);
      boolean bare = random.nextInt(500) == 0;
      bars.add(
          at,
          open,
          high,
          low,
          close,
          Math.rint(Math.exp(random.nextGaussian() + 8)),
          bare ? Double.NaN : round((high + low) / 2, 10_000),
          bare ? -1 : 1 + random.nextInt(900));
      price = close;
    }
  }

  private static double round(double price, double scale) {
    return Math.rint(price * scale) / scale;
  }

  @Override
  public Optional<TickerInfo> ticker(Ticker ticker) {
    return Optional.empty();
  }

  @Override
  public List<TickerInfo> search(String text, int limit) {
    return List.of();
  }

  @Override
  public List<Split> splits(Ticker ticker) {
    return List.of();
  }

  @Override
  public List<Dividend> dividends(Ticker ticker) {
    return List.of();
  }
}
