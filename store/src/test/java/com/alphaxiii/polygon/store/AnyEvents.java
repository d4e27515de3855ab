package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.Aggregate;
import com.alphaxiii.polygon.core.Channel;
import com.alphaxiii.polygon.core.Conditions;
import com.alphaxiii.polygon.core.FairMarketValue;
import com.alphaxiii.polygon.core.Imbalance;
import com.alphaxiii.polygon.core.IndexValue;
import com.alphaxiii.polygon.core.LaunchpadValue;
import com.alphaxiii.polygon.core.LimitUpLimitDown;
import com.alphaxiii.polygon.core.OrderBook;
import com.alphaxiii.polygon.core.Quote;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TickerEvent;
import com.alphaxiii.polygon.core.Timespan;
import com.alphaxiii.polygon.core.Topic;
import com.alphaxiii.polygon.core.Trade;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** Events of every kind whose numbers take every shape. */
final class AnyEvents {
  private static final long NOON = 1_381_248_000_000_000_000L;
  private static final List<Ticker> STOCKS =
      List.of(Ticker.of("SPY"), Ticker.of("BRK.A"), Ticker.of("BCpA"), Ticker.of("CON"));
  private static final Ticker COIN = Ticker.of("X:BTCUSD");
  private static final Ticker INDEX = Ticker.of("I:SPX");

  private static final double[] EXTREMES = {
    0.0, -0.0, Double.MIN_VALUE, Double.MAX_VALUE, Double.POSITIVE_INFINITY, Double.NaN, 1e-6
  };

  private AnyEvents() {}

  static List<TickerEvent> some(long seed, int count) {
    Random random = new Random(seed);
    List<TickerEvent> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      events.add(one(random));
    }
    return events;
  }

  static Set<Topic> topics(List<TickerEvent> events) {
    return events.stream()
        .map(event -> Topic.of(event.channel(), event.ticker()))
        .collect(Collectors.toSet());
  }

  /** A plain trade, told apart by its number. */
  static Trade trade(Ticker ticker, long number) {
    return new Trade(
        ticker,
        100 + number % 500 / 100.0,
        number % 7 * 100,
        number % 3 == 0 ? Conditions.of(14, 37) : Conditions.NONE,
        NOON + number * 1_000_000,
        0,
        (int) (number % 20),
        Long.toString(number),
        3,
        number,
        0,
        0);
  }

  private static TickerEvent one(Random random) {
    Ticker stock = STOCKS.get(random.nextInt(STOCKS.size()));
    return switch (random.nextInt(11)) {
      case 0, 1 -> trade(stock, random);
      case 2, 3 -> quote(stock, random);
      case 4 -> bar(stock, Timespan.SECOND, random);
      case 5 -> bar(stock, Timespan.MINUTE, random);
      case 6 ->
          new LimitUpLimitDown(
              stock,
              real(random),
              real(random),
              codes(random),
              time(random),
              small(random),
              whole(random));
      case 7 ->
          new Imbalance(
              stock,
              small(random),
              text(random),
              real(random),
              real(random),
              real(random),
              small(random),
              time(random),
              whole(random));
      case 8 -> new FairMarketValue(stock, real(random), time(random));
      case 9 ->
          random.nextBoolean()
              ? new LaunchpadValue(stock, real(random), time(random))
              : new IndexValue(INDEX, real(random), time(random));
      default ->
          new OrderBook(
              COIN, levels(random), levels(random), small(random), time(random), whole(random));
    };
  }

  private static Trade trade(Ticker ticker, Random random) {
    return new Trade(
        ticker,
        real(random),
        real(random),
        codes(random),
        time(random),
        whole(random),
        small(random),
        text(random),
        small(random),
        whole(random),
        small(random),
        whole(random),
        small(random));
  }

  private static Quote quote(Ticker ticker, Random random) {
    return new Quote(
        ticker,
        small(random),
        real(random),
        real(random),
        small(random),
        real(random),
        real(random),
        codes(random),
        codes(random),
        time(random),
        whole(random),
        small(random),
        whole(random),
        whole(random));
  }

  private static Aggregate bar(Ticker ticker, Timespan timespan, Random random) {
    long start = time(random) / 1_000_000;
    return new Aggregate(
        ticker,
        timespan,
        start,
        start + timespan.millis(),
        real(random),
        real(random),
        real(random),
        real(random),
        real(random),
        real(random),
        real(random),
        real(random),
        real(random),
        real(random),
        whole(random),
        real(random),
        random.nextBoolean());
  }

  private static List<OrderBook.Level> levels(Random random) {
    List<OrderBook.Level> levels = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      levels.add(new OrderBook.Level(real(random), real(random)));
    }
    return levels;
  }

  /** Mostly within a day, with nanoseconds; now and then years away. */
  private static long time(Random random) {
    return switch (random.nextInt(200)) {
      case 0 -> random.nextLong() / 4;
      case 1 -> 0;
      default -> NOON + random.nextLong(86_400_000_000_000L);
    };
  }

  private static long whole(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> 0;
      case 1 -> random.nextLong();
      default -> NOON + random.nextInt();
    };
  }

  private static double real(Random random) {
    return switch (random.nextInt(10)) {
      case 0 -> EXTREMES[random.nextInt(EXTREMES.length)];
      case 1 -> Double.longBitsToDouble(random.nextLong() >>> 2);
      default -> random.nextInt(10_000) / 100.0;
    };
  }

  private static int small(Random random) {
    return random.nextInt(10) == 0 ? random.nextInt() : random.nextInt(20);
  }

  private static String text(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> "";
      case 1 -> "é ∂/😀".substring(0, random.nextInt(4));
      default -> Long.toString(random.nextLong(1_000_000));
    };
  }

  private static Conditions codes(Random random) {
    return Conditions.of(random.ints(random.nextInt(5), 0, 60).toArray());
  }

  /** Which channels the events are of. */
  static Set<Channel> channels(List<TickerEvent> events) {
    return events.stream().map(TickerEvent::channel).collect(Collectors.toSet());
  }
}
