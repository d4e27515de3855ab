package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.calendar.TradingDay;
import java.time.Duration;
import java.time.Instant;

/**
 * The trades of one stock on one trading day, always the same: an opening print at the open, then
 * more trades near open and close than at noon, a closing print, and sparse trades before and after
 * hours. Prices follow a random bridge from the previous close to the open and on to the close that
 * the stock's daily walk fixes.
 */
final class ModelSession {
  private static final long MINUTE = 60_000_000_000L;
  private static final double PRE_SHARE = 0.03;
  private static final double POST_SHARE = 0.05;

  private final ModelStock stock;
  private final TradingDay day;
  private final double before;
  private final double close;
  private final Mix random;
  private final double activity;
  private long sequence;

  ModelSession(ModelStock stock, TradingDay day, int index) {
    this.stock = stock;
    this.day = day;
    this.before = stock.previousClose(index);
    this.close = stock.close(index);
    this.random = new Mix(stock.seedOf(day.date()));
    this.activity = stock.company().trades() * (0.6 + 0.8 * random.uniform());
    this.sequence = 1_000L + random.below(1_000);
  }

  /** Plays the whole day. */
  void play(Tape tape) {
    double gap = 0.35 * (close - before) + 0.3 * stock.volatility() * before * random.normal();
    double open = Math.max(0.5, ModelStock.cents(before + gap));
    extended(tape, day.preOpen(), day.open(), before, open, true);
    long at = Ticks.nanos(day.open()) + random.below(40_000_000);
    tape.trade(at, open, auctionSize(), ModelPrints.OPENING, home(), next());
    regular(tape, open);
    at = Ticks.nanos(day.close()) + random.below(900_000_000);
    tape.trade(at, close, 2 * auctionSize(), ModelPrints.CLOSING, home(), next());
    double late = close * (1 + 0.2 * stock.volatility() * random.normal());
    extended(tape, day.close(), day.postClose(), close, late, false);
  }

  private void regular(Tape tape, double open) {
    int minutes = minutes(day.open(), day.close());
    double[] path = bridge(minutes, open, close, 0.75 * stock.volatility() * open);
    for (int k = 0; k < minutes; k++) {
      double x = 2 * (k + 0.5) / minutes - 1;
      // 1 at noon and 4 at either end; 2 on average.
      double shape = (1 + 3 * x * x) / 2;
      double rate = activity * shape / minutes;
      minute(tape, day.open(), k, rate, path, false);
    }
  }

  private void extended(
      Tape tape, Instant from, Instant to, double start, double end, boolean rising) {
    int minutes = minutes(from, to);
    double[] path = bridge(minutes, start, end, 0.2 * stock.volatility() * start);
    double share = rising ? PRE_SHARE : POST_SHARE;
    for (int k = 0; k < minutes; k++) {
      double x = (k + 0.5) / minutes;
      double shape = 3 * (rising ? x * x : (1 - x) * (1 - x));
      minute(tape, from, k, activity * share * shape / minutes, path, true);
    }
  }

  /** A minute's trades: none in many a quiet one. */
  private void minute(
      Tape tape, Instant from, int k, double rate, double[] path, boolean extended) {
    int count = (int) (rate * (0.4 + 1.2 * random.uniform()) + random.uniform());
    if (count == 0) {
      return;
    }
    // The first second of a session belongs to its auction print.
    long lead = k == 0 ? 1_000_000_000L : 0;
    long start = Ticks.nanos(from) + k * MINUTE + lead;
    double step = (MINUTE - lead) / (double) count;
    for (int j = 0; j < count; j++) {
      double place = (j + random.uniform()) / count;
      long bits = random.next();
      double size = ModelPrints.size(bits);
      tape.trade(
          start + (long) (place * count * step),
          ModelPrints.price(path[k] + (path[k + 1] - path[k]) * place, bits),
          size,
          ModelPrints.conditions(bits, size, extended),
          ModelPrints.exchange(bits),
          next());
    }
  }

  /** Levels at the ends of minutes: a random walk tied to both ends. */
  private double[] bridge(int steps, double from, double to, double deviation) {
    double[] path = new double[steps + 1];
    double scale = deviation / Math.sqrt(steps);
    for (int i = 1; i <= steps; i++) {
      path[i] = path[i - 1] + scale * random.normal();
    }
    double off = path[steps];
    for (int i = 0; i <= steps; i++) {
      double x = (double) i / steps;
      path[i] = Math.max(0.01, from + (to - from) * x + path[i] - off * x);
    }
    return path;
  }

  private static int minutes(Instant from, Instant to) {
    return (int) Duration.between(from, to).toMinutes();
  }

  private double auctionSize() {
    return 100 * (1 + Math.rint(activity * (0.2 + 0.3 * random.uniform())));
  }

  private int home() {
    return stock.company().tape() == 3 ? 12 : stock.company().tape() == 1 ? 10 : 11;
  }

  private long next() {
    sequence += 1 + random.below(3);
    return sequence;
  }
}
