package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.Dividend;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.ReferenceSource;
import com.alphaxiii.polygon.core.Split;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TickerInfo;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Splits and dividends held in memory; counts how often it is asked and can be out of reach. */
final class ListReference implements ReferenceSource {
  final List<Split> splits = new ArrayList<>();
  final List<Dividend> dividends = new ArrayList<>();
  final Map<Ticker, LocalDate> listed = new ConcurrentHashMap<>();
  final AtomicInteger asked = new AtomicInteger();
  volatile boolean reachable = true;

  @Override
  public Optional<TickerInfo> ticker(Ticker ticker) {
    return Optional.empty();
  }

  @Override
  public Optional<LocalDate> listed(Ticker ticker) {
    ask();
    return Optional.ofNullable(listed.get(ticker));
  }

  @Override
  public List<TickerInfo> search(String text, int limit) {
    return List.of();
  }

  @Override
  public List<Split> splits(Ticker ticker) {
    ask();
    return splits.stream().filter(split -> split.ticker().equals(ticker)).toList();
  }

  @Override
  public List<Dividend> dividends(Ticker ticker) {
    ask();
    return dividends.stream().filter(dividend -> dividend.ticker().equals(ticker)).toList();
  }

  private void ask() {
    asked.incrementAndGet();
    if (!reachable) {
      throw new PolygonException.Unavailable("the reference data cannot be reached", null, null);
    }
  }
}
