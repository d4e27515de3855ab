package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.Conditions;
import com.alphaxiii.polygon.core.Cursor;
import com.alphaxiii.polygon.core.Quote;
import com.alphaxiii.polygon.core.Rejected;
import com.alphaxiii.polygon.core.TickRequest;
import com.alphaxiii.polygon.core.TickSource;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.Trade;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A trade of every ticker in each second, numbered by it. */
final class SecondTrades implements TickSource {
  /** What was asked for. */
  final List<TickRequest> requests = new CopyOnWriteArrayList<>();

  /** The trade of a Unix second. */
  static Trade trade(String symbol, long second) {
    return new Trade(
        Ticker.of(symbol),
        10,
        100,
        Conditions.NONE,
        second * 1_000_000_000,
        0,
        4,
        Long.toString(second),
        3,
        second,
        0,
        0);
  }

  @Override
  public Cursor<Trade> trades(TickRequest request) {
    requests.add(request);
    List<Trade> trades = new ArrayList<>();
    long first = Math.ceilDiv(request.range().start().toEpochMilli(), 1_000);
    for (long second = first; second * 1_000 < request.range().end().toEpochMilli(); second++) {
      trades.add(trade(request.ticker().symbol(), second));
    }
    if (request.newestFirst()) {
      Collections.reverse(trades);
    }
    Iterator<Trade> each = trades.iterator();
    return new Cursor<>() {
      @Override
      public boolean hasNext() {
        return each.hasNext();
      }

      @Override
      public Trade next() {
        return each.next();
      }

      @Override
      public long rejectedCount() {
        return 0;
      }

      @Override
      public List<Rejected> rejected() {
        return List.of();
      }
    };
  }

  @Override
  public Cursor<Quote> quotes(TickRequest request) {
    throw new UnsupportedOperationException("there are no quotes here");
  }

  @Override
  public Optional<Trade> lastTrade(Ticker ticker) {
    return Optional.empty();
  }

  @Override
  public Optional<Quote> lastQuote(Ticker ticker) {
    return Optional.empty();
  }
}
