package com.alphaxiii.polygon.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.Channel;
import com.alphaxiii.polygon.core.Gap;
import com.alphaxiii.polygon.core.MarketEvent;
import com.alphaxiii.polygon.core.Quote;
import com.alphaxiii.polygon.core.TickerEvent;
import com.alphaxiii.polygon.core.Topic;
import com.alphaxiii.polygon.core.Trade;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A sink that writes down what it was told of each ticker's trades and quotes, to be held against
 * the tape that was played.
 */
final class Ledger implements Consumer<MarketEvent> {
  /** Events of one ticker and channel by their sequence numbers and times in ms, in order. */
  static final class Column {
    private long[] sequences = new long[1 << 10];
    private long[] millis = new long[1 << 10];
    private int size;
    private final List<Mark> marks = new ArrayList<>();

    void add(long sequence, long time) {
      if (size == sequences.length) {
        sequences = Arrays.copyOf(sequences, 2 * size);
        millis = Arrays.copyOf(millis, 2 * size);
      }
      sequences[size] = sequence;
      millis[size++] = time;
    }

    int size() {
      return size;
    }
  }

  /** A gap told after so many events of a column. */
  private record Mark(int after, Gap gap) {}

  private final Set<Topic> topics;
  private final Map<Topic, Column> columns = new HashMap<>();
  private int gaps;

  /**
   * @param tape the columns that there are; only their names matter here
   */
  Ledger(Set<Topic> topics, Set<Topic> tape) {
    this.topics = topics;
    for (Topic topic : tape) {
      if (topics.contains(topic) || topics.contains(topic.whole())) {
        columns.put(topic, new Column());
      }
    }
  }

  Set<Topic> topics() {
    return topics;
  }

  @Override
  public void accept(MarketEvent event) {
    switch (event) {
      case Trade trade -> add(trade, trade.sequence());
      case Quote quote -> add(quote, quote.sequence());
      case Gap gap -> {
        gaps++;
        columns.forEach(
            (topic, column) -> {
              if (gap.topics().contains(topic) || gap.topics().contains(topic.whole())) {
                column.marks.add(new Mark(column.size, gap));
              }
            });
      }
      default -> {}
    }
  }

  private void add(TickerEvent event, long sequence) {
    Column column = columns.get(Topic.of(event.channel(), event.ticker()));
    if (column == null) {
      throw new AssertionError(event + " was not asked for");
    }
    column.add(sequence, event.time() / 1_000_000);
  }

  int gaps() {
    return gaps;
  }

  /** Events that the tape holds and that were not delivered, all of which gaps account for. */
  int assertAccountsFor(Map<Topic, Column> tape) {
    int lost = 0;
    for (Map.Entry<Topic, Column> entry : columns.entrySet()) {
      lost += assertAccountsFor(entry.getKey(), tape.get(entry.getKey()), entry.getValue());
    }
    return lost;
  }

  private static int assertAccountsFor(Topic topic, Column tape, Column told) {
    int lost = 0;
    int mark = 0;
    int at = 0;
    for (int i = 0; i <= told.size; i++) {
      int first = mark;
      while (mark < told.marks.size() && told.marks.get(mark).after == i) {
        assertBounds(topic, told, told.marks.get(mark++));
      }
      List<Mark> here = told.marks.subList(first, mark);
      while (at < tape.size && (i == told.size || tape.sequences[at] != told.sequences[i])) {
        long time = tape.millis[at];
        if (here.stream().noneMatch(m -> holds(m.gap, time))) {
          throw new AssertionError(
              "%s %d at %d is lost outside the gaps told there: %s"
                  .formatted(topic, tape.sequences[at], time, here));
        }
        at++;
        lost++;
      }
      if (i < told.size) {
        if (at == tape.size) {
          throw new AssertionError(
              "%s %d came twice, out of order or from nowhere".formatted(topic, told.sequences[i]));
        }
        assertThat(told.millis[i]).isEqualTo(tape.millis[at]);
        at++;
      }
    }
    return lost;
  }

  private static void assertBounds(Topic topic, Column told, Mark mark) {
    if (mark.after > 0) {
      assertThat(mark.gap.from().toEpochMilli())
          .as("%s before %s", topic, mark.gap)
          .isGreaterThanOrEqualTo(told.millis[mark.after - 1]);
      if (mark.gap.topics().contains(topic)) {
        assertThat(sequence(mark.gap.last().get(topic))).isEqualTo(told.sequences[mark.after - 1]);
      }
    }
    if (mark.after < told.size) {
      assertThat(mark.gap.to().toEpochMilli())
          .as("%s after %s", topic, mark.gap)
          .isLessThanOrEqualTo(told.millis[mark.after]);
    }
    assertThat(mark.gap.topics()).allMatch(other -> other.channel() == topic.channel());
  }

  private static long sequence(TickerEvent event) {
    return event.channel() == Channel.TRADES
        ? ((Trade) event).sequence()
        : ((Quote) event).sequence();
  }

  private static boolean holds(Gap gap, long millis) {
    return gap.from().toEpochMilli() <= millis && millis <= gap.to().toEpochMilli();
  }
}
