package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.Conditions;
import com.alphaxiii.polygon.core.Cursor;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Quote;
import com.alphaxiii.polygon.core.Rejected;
import com.alphaxiii.polygon.core.TickRequest;
import com.alphaxiii.polygon.core.TickSource;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TickerEvent;
import com.alphaxiii.polygon.core.Trade;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A source of ticks held in memory, as a vendor holds them; it counts what it was asked. */
final class ListTicks implements TickSource {
  private final List<Trade> trades = new ArrayList<>();
  private final List<Quote> quotes = new ArrayList<>();
  private final List<TickRequest> asked = new CopyOnWriteArrayList<>();

  /** An answer breaks off after so many ticks; negative = never. */
  private final AtomicInteger breakAfter = new AtomicInteger(-1);

  private volatile long rejected;

  ListTicks addTrades(List<Trade> more) {
    trades.addAll(more);
    return this;
  }

  ListTicks addQuotes(List<Quote> more) {
    quotes.addAll(more);
    return this;
  }

  void breakAfter(int ticks) {
    breakAfter.set(ticks);
  }

  /** Every answer from now on leaves out so many elements. */
  void reject(long elements) {
    rejected = elements;
  }

  /** The requests that were sent, not those that were only prepared. */
  List<TickRequest> asked() {
    return List.copyOf(asked);
  }

  List<Trade> plainTrades(TickRequest request) {
    return plain(trades, request);
  }

  List<Quote> plainQuotes(TickRequest request) {
    return plain(quotes, request);
  }

  private static <T extends TickerEvent> List<T> plain(List<T> all, TickRequest request) {
    long from = TickDay.nanos(request.range().start());
    long to = TickDay.nanos(request.range().end());
    List<T> found =
        all.stream()
            .filter(t -> t.ticker().equals(request.ticker()))
            .filter(t -> vendorTime(t) >= from && vendorTime(t) < to)
            .toList();
    return request.newestFirst() ? found.reversed() : found;
  }

  /** The vendor's time of an event, by which it finds what lies within a range. */
  private static long vendorTime(TickerEvent event) {
    return switch (event) {
      case Trade trade ->
          TradeColumns.time(trade.ticker(), trade.sipTime(), trade.participantTime());
      case Quote quote ->
          TradeColumns.time(quote.ticker(), quote.sipTime(), quote.participantTime());
      default -> throw new IllegalArgumentException(event.toString());
    };
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
    return new ListCursor<>(request, plainTrades(request));
  }

  @Override
  public Cursor<Quote> quotes(TickRequest request) {
    return new ListCursor<>(request, plainQuotes(request));
  }

  private final class ListCursor<T> implements Cursor<T> {
    private final TickRequest request;
    private final Iterator<T> ticks;
    private boolean begun;
    private int given;

    ListCursor(TickRequest request, List<T> ticks) {
      this.request = request;
      this.ticks = ticks.iterator();
    }

    @Override
    public boolean hasNext() {
      if (!begun) {
        begun = true;
        asked.add(request);
      }
      if (given == breakAfter.get()) {
        throw new PolygonException.Unavailable("the vendor went away in " + request, null, null);
      }
      return ticks.hasNext();
    }

    @Override
    public T next() {
      given++;
      return ticks.next();
    }

    @Override
    public long rejectedCount() {
      return rejected;
    }

    @Override
    public List<Rejected> rejected() {
      return rejected == 0 ? List.of() : List.of(new Rejected(1, 1, "has no 'price'"));
    }
  }

  /** Trades of a day in the order of their times, some at the same time and some wholly equal. */
  static List<Trade> someTrades(Ticker ticker, LocalDate day, int count) {
    Random random = new Random(day.toEpochDay() * 31 + ticker.symbol().hashCode());
    long time = TickDay.nanos(day.atStartOfDay(ticker.market().zone()).toInstant());
    List<Trade> trades = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      if (i > 0 && random.nextInt(10) == 0) {
        trades.add(trades.getLast());
        continue;
      }
      time +=
          random.nextInt(4) == 0 ? 0 : random.nextInt(1_000_000_000 / Math.max(1, count / 1000));
      trades.add(trade(random, ticker, time, i));
    }
    return trades;
  }

  static Trade trade(Random random, Ticker ticker, long time, long sequence) {
    boolean offExchange = random.nextInt(3) == 0;
    return new Trade(
        ticker,
        100 + random.nextInt(200) / 100.0 + (random.nextInt(20) == 0 ? 0.0001 : 0),
        random.nextInt(5) == 0 ? random.nextInt(1_000) : 100,
        conditions(random),
        time,
        random.nextInt(10) == 0 ? 0 : time - random.nextInt(100_000),
        offExchange ? 4 : 1 + random.nextInt(20),
        random.nextInt(10) == 0 ? "" : Long.toString(52_983_525_000_000L + sequence),
        1 + random.nextInt(3),
        random.nextInt(10) == 0 ? 0 : sequence,
        offExchange ? 201 : 0,
        offExchange ? time - 5 : 0,
        random.nextInt(50) == 0 ? 1 : 0);
  }

  static List<Quote> someQuotes(Ticker ticker, LocalDate day, int count) {
    Random random = new Random(day.toEpochDay() * 17 + ticker.symbol().hashCode());
    long time = TickDay.nanos(day.atStartOfDay(ticker.market().zone()).toInstant());
    List<Quote> quotes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      time += random.nextInt(3) == 0 ? 0 : random.nextInt(100_000_000);
      quotes.add(quote(random, ticker, time, i));
    }
    return quotes;
  }

  static Quote quote(Random random, Ticker ticker, long time, long sequence) {
    return new Quote(
        ticker,
        random.nextInt(21),
        100 + random.nextInt(200) / 100.0,
        100 * random.nextInt(30),
        random.nextInt(21),
        100.01 + random.nextInt(200) / 100.0,
        100 * random.nextInt(30),
        conditions(random),
        random.nextInt(4) == 0 ? Conditions.of(604) : Conditions.NONE,
        time,
        random.nextInt(10) == 0 ? 0 : time - random.nextInt(100_000),
        1 + random.nextInt(3),
        sequence,
        random.nextInt(5) == 0 ? time - 7 : 0);
  }

  private static Conditions conditions(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> Conditions.of(14, 37, 41);
      case 1 -> Conditions.of(37);
      case 2 -> Conditions.of(12, 37);
      default -> Conditions.NONE;
    };
  }

  static Instant instant(long nanos) {
    return Instant.ofEpochSecond(nanos / 1_000_000_000, nanos % 1_000_000_000);
  }
}
