package com.alphaxiii.polygon.bench;

import com.alphaxiii.polygon.core.BarRequest;
import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Timeframe;
import com.alphaxiii.polygon.store.BarStore;
import com.alphaxiii.polygon.validate.BarChecks;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;

/** What it costs to judge a year of minutes, beside reading it from files. */
final class ValidateBench {
  private static final Ticker TICKER = Ticker.of("AAPL");
  private static final TimeRange YEAR =
      TimeRange.ofDays(
          LocalDate.parse("2023-01-03"), LocalDate.parse("2023-12-29"), Market.NEW_YORK);
  private static final InstantSource CLOCK = () -> Instant.parse("2024-01-31T17:00:00Z");

  private ValidateBench() {}

  static void run(Path root) throws Exception {
    ModelBars model = new ModelBars().prepare(TICKER, YEAR);
    BarRequest year = BarRequest.raw(TICKER, Timeframe.MINUTE_1, YEAR);
    try (BarStore store = open(root, model)) {
      store.bars(year);
    }
    BarStore[] store = {open(root, model)};
    double read =
        Stopwatch.millis(
            12,
            25,
            () -> {
              store[0].close();
              store[0] = open(root, model);
            },
            () -> store[0].bars(year).bars().size());
    Bars bars = store[0].bars(year).bars();
    store[0].close();
    double judged = Stopwatch.millis(12, 25, () -> BarChecks.report(bars).days().size());
    CacheBench.say("a year of minutes, %,d rows:", bars.size());
    CacheBench.figure("read from files", read);
    CacheBench.figure("judged", judged);
    CacheBench.ratio("  of reading", judged / read, "at most 3");
  }

  private static BarStore open(Path root, ModelBars model) {
    return BarStore.open(root, model, model, CLOCK, ModelBars.CALENDAR);
  }
}
