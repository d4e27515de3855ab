package com.alphaxiii.polygon;

import com.alphaxiii.polygon.core.Adjustment;
import com.alphaxiii.polygon.core.BarRequest;
import com.alphaxiii.polygon.core.BarSource;
import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Result;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Timeframe;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Split-adjusted bars of many symbols, several at a time; one that fails spoils no other.
 *
 * @param from first New York day
 * @param to last New York day, included
 */
record SymbolBatch(BarSource source, Timeframe timeframe, LocalDate from, LocalDate to) {
  /** Symbols fetched at a time: keeps a paid plan's budget busy, and the memory in bounds. */
  private static final int AT_ONCE = 16;

  /** A result for each symbol as given, in that order. */
  Map<String, Result<Bars>> fetch(List<String> symbols) {
    Map<String, Future<Result<Bars>>> running = new LinkedHashMap<>();
    try (var threads = Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
      for (String symbol : symbols) {
        running.computeIfAbsent(symbol, s -> threads.submit(() -> Result.of(() -> bars(s))));
      }
      Map<String, Result<Bars>> results = new LinkedHashMap<>();
      for (Map.Entry<String, Future<Result<Bars>>> entry : running.entrySet()) {
        results.put(entry.getKey(), outcome(entry.getValue()));
      }
      return results;
    }
  }

  private Bars bars(String symbol) {
    Ticker ticker = Ticker.of(symbol);
    TimeRange range = TimeRange.ofDays(from, to, ticker.market().zone());
    return source
        .bars(new BarRequest(ticker, timeframe, range, Adjustment.SPLIT, null, true))
        .bars();
  }

  private static <T> T outcome(Future<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PolygonException.Unavailable("interrupted while fetching several symbols", null, e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }
}
