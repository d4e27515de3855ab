package com.alphaxiii.polygon.simulator;

import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/**
 * A market that never closes: from its start on, the trades of any symbol and second are a function
 * of seed, symbol and second, whether anybody listens or not. So the stream, which plays them as
 * time passes, and REST, which makes bars of them afterwards, agree without remembering anything.
 */
final class LiveTape {
  private static final long SECOND = 1_000_000_000L;
  private static final int OCTAVES = 13;
  private static final long LATE_MASK = 63;
  private static final long SHORTEST_SECONDS = 8;

  /** Deviation of the slowest octave, about nine hours long. */
  private static final double SLOWEST = 0.008;

  private final long seed;
  private final double speed;
  private final long start;
  private final ToDoubleFunction<String> priceAtStart;
  private final Map<String, Double> anchors = new ConcurrentHashMap<>();

  /**
   * @param start first moment of this market, Unix ns
   * @param priceAtStart what each symbol cost then
   */
  LiveTape(long seed, double speed, long start, ToDoubleFunction<String> priceAtStart) {
    this.seed = seed;
    this.speed = speed;
    this.start = start;
    this.priceAtStart = priceAtStart;
  }

  long start() {
    return start;
  }

  double speed() {
    return speed;
  }

  /** Plays a symbol's trades with {@code from <= time <= to}, Unix ns. */
  void play(String symbol, long from, long to, Tape tape) {
    long first = Math.max(from, start);
    if (first > to) {
      return;
    }
    long own = Mix.hash(seed, symbol);
    double rate = Company.of(symbol).trades() / 1_000.0 * speed;
    double anchor = anchors.computeIfAbsent(symbol, priceAtStart::applyAsDouble);
    double zero = noise(own, start / SECOND);
    // Sequence numbers begin anew each New York day and leave holes.
    long stride = Math.max(1_000, (long) (2 * rate) + 2);
    long dayStart = 0;
    long dayEnd = Long.MIN_VALUE;
    for (long second = first / SECOND; second <= to / SECOND; second++) {
      if (second >= dayEnd) {
        LocalDate day = Days.dayOf(second * 1_000);
        dayStart = Days.startOf(day) / 1_000;
        dayEnd = Days.startOf(day.plusDays(1)) / 1_000;
      }
      var random = new Mix(Mix.mix(own ^ second));
      int count = (int) (rate * (0.3 + 1.4 * random.uniform()) + random.uniform());
      if (count == 0) {
        continue;
      }
      double level = anchor * (1 + noise(own, second) - zero);
      double slope = anchor * (1 + noise(own, second + 1) - zero) - level;
      long sequence = (second - dayStart) * stride;
      for (int j = 0; j < count; j++) {
        double place = (j + random.uniform()) / count;
        long bits = random.next();
        long time = second * SECOND + (long) (place * (SECOND - 1));
        if (time >= first && time <= to) {
          double size = ModelPrints.size(bits);
          tape.trade(
              time,
              ModelPrints.price(Math.max(0.02, level + slope * place), bits),
              size,
              j == 0 && isLate(own, second, dayStart)
                  ? ModelPrints.LATE
                  : ModelPrints.conditions(bits, size, false),
              ModelPrints.exchange(bits),
              sequence + j);
        }
      }
    }
  }

  /** Whether a second's first trade is reported late: one in a minute or two, on the same day. */
  private boolean isLate(long own, long second, long dayStart) {
    long earliest = second * SECOND - ModelPrints.mostLate();
    return (Mix.mix(own + second * 31) & LATE_MASK) == 0
        && earliest > start
        && earliest > dayStart * SECOND;
  }

  /** A relative level that wanders on all scales from seconds to hours; any second at once. */
  private static double noise(long own, long second) {
    double sum = 0;
    for (int octave = 0; octave < OCTAVES; octave++) {
      long period = SHORTEST_SECONDS << octave;
      long cell = Math.floorDiv(second, period);
      double x = (double) Math.floorMod(second, period) / period;
      double smooth = x * x * (3 - 2 * x);
      double left = node(own, octave, cell);
      double right = node(own, octave, cell + 1);
      double deviation = SLOWEST * Math.sqrt(1.0 / (1 << (OCTAVES - 1 - octave)));
      sum += deviation * (left + (right - left) * smooth);
    }
    return sum;
  }

  private static double node(long own, int octave, long cell) {
    return 2 * Mix.unit(Mix.mix(own + octave * 0x632BE59BD9B4E019L ^ Mix.mix(cell))) - 1;
  }
}
