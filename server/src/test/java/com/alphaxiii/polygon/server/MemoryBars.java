package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.calendar.MarketCalendar;
import com.alphaxiii.polygon.calendar.TradingDay;
import com.alphaxiii.polygon.core.BarAnswer;
import com.alphaxiii.polygon.core.BarRequest;
import com.alphaxiii.polygon.core.BarSource;
import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.BarsBuilder;
import com.alphaxiii.polygon.core.CallerName;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.Timeframe;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;

/**
 * Minute bars of one ticker from 4:00 to 20:00 of each trading day of January 2024, and everything
 * that can be made of them.
 */
final class MemoryBars implements BarSource {
  static final Ticker AAPL = Ticker.of("AAPL");

  final ConcurrentLinkedQueue<BarRequest> requests = new ConcurrentLinkedQueue<>();

  /** On whose behalf each of them came. */
  final ConcurrentLinkedQueue<String> callers = new ConcurrentLinkedQueue<>();

  /** What becomes of answers; tests may throw in it. */
  volatile UnaryOperator<BarAnswer> fate = answer -> answer;

  private final Bars minutes = january2024();

  private static Bars january2024() {
    BarsBuilder builder = Bars.builder(AAPL, Timeframe.MINUTE_1);
    List<TradingDay> days =
        MarketCalendar.usEquities()
            .tradingDays(LocalDate.of(2024, 1, 1), LocalDate.of(2024, 1, 31));
    for (TradingDay day : days) {
      int minute = 0;
      for (long at = day.preOpen().toEpochMilli();
          at < day.postClose().toEpochMilli();
          at += 60_000) {
        double open = 185 + minute % 7 * 0.05;
        // No two days are alike, as no two are.
        long volume = 1_000 + minute + day.date().getDayOfMonth() - 2;
        builder.add(at, open, open + 0.25, open - 0.5, open + 0.1, volume, open + 0.01, 9);
        minute++;
      }
    }
    return builder.build();
  }

  @Override
  public BarAnswer bars(BarRequest request) {
    requests.add(request);
    callers.add(CallerName.current());
    if (!request.ticker().equals(AAPL)) {
      return fate.apply(BarAnswer.upstream(Bars.empty(request.ticker(), request.timeframe())));
    }
    Bars bars = minutes.slice(request.range());
    Bars asked =
        request.timeframe().equals(Timeframe.MINUTE_1) ? bars : bars.resample(request.timeframe());
    return fate.apply(new BarAnswer(asked, BarAnswer.Source.CACHE, List.of(), null));
  }
}
