package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.Conditions;
import com.alphaxiii.polygon.core.Cursor;
import com.alphaxiii.polygon.core.Dividend;
import com.alphaxiii.polygon.core.Quote;
import com.alphaxiii.polygon.core.ReferenceSource;
import com.alphaxiii.polygon.core.Rejected;
import com.alphaxiii.polygon.core.Split;
import com.alphaxiii.polygon.core.TickRequest;
import com.alphaxiii.polygon.core.TickSource;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TickerInfo;
import com.alphaxiii.polygon.core.Trade;
import com.alphaxiii.polygon.snapshot.Change;
import com.alphaxiii.polygon.snapshot.DayFigures;
import com.alphaxiii.polygon.snapshot.MinuteFigures;
import com.alphaxiii.polygon.snapshot.OptionFigures;
import com.alphaxiii.polygon.snapshot.Snapshot;
import com.alphaxiii.polygon.snapshot.SnapshotSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.LongFunction;

/** What is known of AAPL, of an option on it, and of nothing else. */
final class MemoryFacts implements TickSource, ReferenceSource, SnapshotSource {
  static final Ticker AAPL = Ticker.of("AAPL");
  static final Ticker OPTION = Ticker.of("O:AAPL240216C00185000");

  /** Trades and quotes of AAPL in every range. */
  static final int TICKS = 5_000;

  /** Unix ns of the opening of 2024-01-26. */
  private static final long OPEN = 1_706_279_400_000_000_000L;

  /** The last request for ticks. */
  volatile TickRequest asked = TickRequest.ofDay(AAPL, LocalDate.EPOCH);

  /** How many ticks were taken of the last answer. */
  volatile long taken;

  /** Before which tick an answer fails; negative = none. */
  volatile long failAt = -1;

  private static final OptionalDouble NONE = OptionalDouble.empty();

  @Override
  public Optional<Trade> lastTrade(Ticker ticker) {
    return ticker.equals(AAPL) ? Optional.of(Events.trade("AAPL", 185.5, 7)) : Optional.empty();
  }

  @Override
  public Optional<Quote> lastQuote(Ticker ticker) {
    return ticker.equals(AAPL) ? Optional.of(Events.quote("AAPL")) : Optional.empty();
  }

  @Override
  public Cursor<Trade> trades(TickRequest request) {
    return ticks(request, MemoryFacts::trade);
  }

  @Override
  public Cursor<Quote> quotes(TickRequest request) {
    return ticks(request, MemoryFacts::quote);
  }

  private <T> Cursor<T> ticks(TickRequest request, LongFunction<T> make) {
    asked = request;
    taken = 0;
    long count = request.ticker().equals(AAPL) ? TICKS : 0;
    return new Cursor<>() {
      @Override
      public boolean hasNext() {
        if (taken == failAt) {
          throw TicksApiTest.lost();
        }
        return taken < count;
      }

      @Override
      public T next() {
        return make.apply(taken++);
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

  private static Trade trade(long i) {
    return new Trade(
        AAPL,
        185.5 + i / 100.0,
        100,
        i == 0 ? Conditions.NONE : Conditions.of(14, 37),
        OPEN + 123 * i,
        i == 0 ? 0 : OPEN + 123 * i - 100,
        4,
        i == 0 ? "" : "a,\"" + i,
        3,
        i,
        0,
        0);
  }

  private static Quote quote(long i) {
    return new Quote(
        AAPL,
        11,
        185.48,
        300,
        12,
        185.52,
        500,
        Conditions.of(1),
        Conditions.NONE,
        OPEN + i,
        0,
        3,
        i);
  }

  @Override
  public Optional<TickerInfo> ticker(Ticker ticker) {
    return Optional.empty();
  }

  @Override
  public List<TickerInfo> search(String text, int limit) {
    return text.equals("nothing")
        ? List.of()
        : List.of(
            new TickerInfo(AAPL, "Apple Inc.", "CS", "stocks", "XNAS", "usd", true),
            new TickerInfo(Ticker.of("X:APEUSD"), "ApeCoin", null, "crypto", null, null, false));
  }

  @Override
  public List<Split> splits(Ticker ticker) {
    return ticker.equals(AAPL)
        ? List.of(
            new Split(AAPL, LocalDate.of(2014, 6, 9), 1, 7),
            new Split(AAPL, LocalDate.of(2020, 8, 31), 1, 4))
        : List.of();
  }

  @Override
  public List<Dividend> dividends(Ticker ticker) {
    return ticker.equals(AAPL)
        ? List.of(new Dividend(AAPL, LocalDate.of(2023, 11, 10), 0.24, "USD"))
        : List.of();
  }

  @Override
  public Optional<Snapshot> snapshot(Ticker ticker) {
    if (ticker.equals(AAPL)) {
      return Optional.of(stock());
    }
    return ticker.equals(OPTION) ? Optional.of(option()) : Optional.empty();
  }

  private Snapshot stock() {
    return new Snapshot(
        AAPL,
        Optional.of("Apple \"Inc.\""),
        Optional.of("open"),
        Optional.empty(),
        Optional.of(TestServer.NOW),
        Optional.of(day()),
        Optional.empty(),
        Optional.of(
            new MinuteFigures(
                Optional.of(TestServer.NOW),
                OptionalDouble.of(185),
                OptionalDouble.of(186),
                OptionalDouble.of(184.5),
                OptionalDouble.of(185.5),
                OptionalDouble.of(1200),
                NONE,
                OptionalLong.of(12),
                NONE)),
        lastTrade(AAPL),
        lastQuote(AAPL),
        new Change(OptionalDouble.of(1.25), OptionalDouble.of(0.68)),
        NONE,
        NONE,
        Optional.empty());
  }

  private static DayFigures day() {
    return new DayFigures(
        OptionalDouble.of(184),
        OptionalDouble.of(186.5),
        OptionalDouble.of(183),
        OptionalDouble.of(185.5),
        OptionalDouble.of(5e7),
        NONE,
        OptionalDouble.of(184.25),
        NONE,
        Change.UNKNOWN,
        Change.UNKNOWN,
        Change.UNKNOWN);
  }

  private static Snapshot option() {
    return new Snapshot(
        OPTION,
        Optional.empty(),
        Optional.empty(),
        Optional.of("DELAYED"),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Change.UNKNOWN,
        NONE,
        NONE,
        Optional.of(
            new OptionFigures(
                Optional.empty(),
                OptionalDouble.of(190.5),
                OptionalDouble.of(0.25),
                OptionalDouble.of(1_000),
                Optional.of(new OptionFigures.Greeks(OptionalDouble.of(0.5), NONE, NONE, NONE)),
                Optional.of(
                    new OptionFigures.Underlying(
                        "AAPL", OptionalDouble.of(185.5), NONE, Optional.empty())))));
  }
}
