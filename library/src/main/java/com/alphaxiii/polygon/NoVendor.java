package com.alphaxiii.polygon;

import com.alphaxiii.polygon.core.BarAnswer;
import com.alphaxiii.polygon.core.BarRequest;
import com.alphaxiii.polygon.core.BarSource;
import com.alphaxiii.polygon.core.Cursor;
import com.alphaxiii.polygon.core.Dividend;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Quote;
import com.alphaxiii.polygon.core.ReferenceSource;
import com.alphaxiii.polygon.core.Rejected;
import com.alphaxiii.polygon.core.Split;
import com.alphaxiii.polygon.core.TickRequest;
import com.alphaxiii.polygon.core.TickSource;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TickerInfo;
import com.alphaxiii.polygon.core.Trade;
import java.util.List;
import java.util.Optional;

/** Stands where a vendor would, for those who only want what is stored: it has nothing. */
final class NoVendor implements BarSource, TickSource, ReferenceSource {
  private static PolygonException nothing(Object wanted) {
    return new PolygonException.NotFound(
        "%s is not stored here, and nobody is asked: fetch it first, with polygon import or backfill"
            .formatted(wanted),
        null);
  }

  /** Refuses when something is wanted of it, as a vendor would. */
  private record Nothing<T>(Object wanted) implements Cursor<T> {
    @Override
    public boolean hasNext() {
      throw nothing(wanted);
    }

    @Override
    public T next() {
      throw nothing(wanted);
    }

    @Override
    public long rejectedCount() {
      return 0;
    }

    @Override
    public List<Rejected> rejected() {
      return List.of();
    }
  }

  @Override
  public BarAnswer bars(BarRequest request) {
    throw nothing(request);
  }

  @Override
  public Optional<Trade> lastTrade(Ticker ticker) {
    return Optional.empty();
  }

  @Override
  public Optional<Quote> lastQuote(Ticker ticker) {
    return Optional.empty();
  }

  @Override
  public Cursor<Trade> trades(TickRequest request) {
    return new Nothing<>(request);
  }

  @Override
  public Cursor<Quote> quotes(TickRequest request) {
    return new Nothing<>(request);
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
    throw nothing("splits of " + ticker);
  }

  @Override
  public List<Dividend> dividends(Ticker ticker) {
    throw nothing("dividends of " + ticker);
  }
}
