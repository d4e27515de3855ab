package com.alphaxiii.polygon.bench;

import com.alphaxiii.polygon.core.BarRequest;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Timeframe;
import com.alphaxiii.polygon.store.BarStore;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;

/** Whether opening a cache and reading one symbol depends on how many others there are. */
final class ManyBench {
  private static final InstantSource CLOCK = () -> Instant.parse("2024-01-31T17:00:00Z");
  private static final TimeRange MONTH =
      TimeRange.ofDays(
          LocalDate.parse("2023-12-01"), LocalDate.parse("2023-12-29"), Market.NEW_YORK);
  private static final int FEW = 5;
  private static final int MANY = 1_000;

  private ManyBench() {}

  static void run(Path root) throws Exception {
    fill(root, 0, FEW);
    CacheBench.say("a month of minutes of one symbol, opened and read:");
    double few = openAndRead(root);
    CacheBench.figure("among " + FEW, few);
    fill(root, FEW, MANY);
    double many = openAndRead(root);
    CacheBench.figure("among %,d".formatted(MANY), many);
    CacheBench.ratio("  many to few", many / few, "about 1");
  }

  private static BarRequest request(int symbol) {
    return BarRequest.raw(Ticker.of("S" + symbol), Timeframe.MINUTE_1, MONTH);
  }

  private static BarStore open(Path root) {
    ModelBars model = new ModelBars();
    return BarStore.open(root, model, model, CLOCK, ModelBars.CALENDAR);
  }

  private static void fill(Path root, int from, int to) {
    try (BarStore store = open(root)) {
      for (int symbol = from; symbol < to; symbol++) {
        store.bars(request(symbol));
      }
    }
  }

  private static double openAndRead(Path root) throws Exception {
    return Stopwatch.millis(
        20,
        40,
        () -> {
          try (BarStore store = open(root)) {
            return store.bars(request(3)).bars().size();
          }
        });
  }
}
