package com.alphaxiii.polygon.simulator;

import java.util.Collection;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Trades and quotes of many symbols as one sequence in the order of their times; of equal times,
 * quotes come first, then the order is that of the lists.
 */
final class TickMerge {
  private final PriorityQueue<Line> lines = new PriorityQueue<>();

  /** One symbol's trades or quotes, at its next tick. */
  private abstract static class Line implements Comparable<Line> {
    final int rank;
    long time;

    Line(int rank) {
      this.rank = rank;
    }

    /** The next tick, after which {@code time} is that of its successor. */
    abstract Object take();

    abstract boolean isEmpty();

    @Override
    public int compareTo(Line other) {
      return time != other.time
          ? Long.compare(time, other.time)
          : Integer.compare(rank, other.rank);
    }
  }

  private static final class TradeLine extends Line {
    private final List<TradeTick> ticks;
    private int at;

    TradeLine(int rank, List<TradeTick> ticks) {
      super(rank);
      this.ticks = ticks;
      settle();
    }

    @Override
    TradeTick take() {
      TradeTick tick = ticks.get(at++);
      settle();
      return tick;
    }

    @Override
    boolean isEmpty() {
      return at == ticks.size();
    }

    private void settle() {
      time = isEmpty() ? Long.MAX_VALUE : ticks.get(at).sipTime();
    }
  }

  private static final class QuoteLine extends Line {
    private final List<QuoteTick> ticks;
    private int at;

    QuoteLine(int rank, List<QuoteTick> ticks) {
      super(rank);
      this.ticks = ticks;
      settle();
    }

    @Override
    QuoteTick take() {
      QuoteTick tick = ticks.get(at++);
      settle();
      return tick;
    }

    @Override
    boolean isEmpty() {
      return at == ticks.size();
    }

    private void settle() {
      time = isEmpty() ? Long.MAX_VALUE : ticks.get(at).sipTime();
    }
  }

  TickMerge(Collection<List<TradeTick>> trades, Collection<List<QuoteTick>> quotes) {
    int rank = 0;
    for (List<QuoteTick> some : quotes) {
      add(new QuoteLine(rank++, some));
    }
    for (List<TradeTick> some : trades) {
      add(new TradeLine(rank++, some));
    }
  }

  private void add(Line line) {
    if (!line.isEmpty()) {
      lines.add(line);
    }
  }

  /** When the next tick happened, Unix ns; {@link Long#MAX_VALUE} when there is none. */
  long nextTime() {
    Line first = lines.peek();
    return first == null ? Long.MAX_VALUE : first.time;
  }

  /** The next {@link TradeTick} or {@link QuoteTick}, or null at the end. */
  @Nullable Object next() {
    Line first = lines.poll();
    if (first == null) {
      return null;
    }
    Object tick = first.take();
    add(first);
    return tick;
  }
}
