package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.Channel;
import com.alphaxiii.polygon.core.TickerEvent;
import com.alphaxiii.polygon.core.Topic;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The last event of each ticker on each channel, for those who ask for a snapshot. The feed's
 * thread writes, any thread reads.
 */
final class LastEvents {
  /** Most tickers of a channel that are remembered; all contracts of options are more. */
  private static final int MOST_TICKERS = 100_000;

  /**
   * An event as the hub saw it.
   *
   * @param sequence its place among all events of the hub
   */
  record Seen(TickerEvent event, int revision, long sequence) {}

  private static final class Cell {
    volatile Seen seen;

    /** How many events there were; the feed's thread counts. */
    long count = 1;

    Cell(Seen seen) {
      this.seen = seen;
    }
  }

  private final List<Map<String, Cell>> channels = new ArrayList<>();

  LastEvents() {
    for (Channel ignored : Channel.values()) {
      channels.add(new ConcurrentHashMap<>());
    }
  }

  /**
   * Remembers an event. The feed's thread does so before it looks who receives the event: then
   * whoever begins to receive and looks here afterwards has missed nothing.
   */
  void see(TickerEvent event, int revision, long sequence) {
    Seen seen = new Seen(event, revision, sequence);
    Map<String, Cell> cells = channels.get(event.channel().ordinal());
    Cell cell = cells.get(event.symbol());
    if (cell != null) {
      cell.seen = seen;
      cell.count++;
    } else if (cells.size() < MOST_TICKERS) {
      cells.put(event.symbol(), new Cell(seen));
    }
  }

  /** The last event of a topic's ticker, or of each of its tickers; none where none came. */
  List<Seen> of(Topic topic) {
    Map<String, Cell> cells = channels.get(topic.channel().ordinal());
    if (topic.isAll()) {
      return cells.values().stream()
          .map(cell -> cell.seen)
          .filter(seen -> seen.event().ticker().market() == topic.market())
          .toList();
    }
    Cell cell = cells.get(topic.symbol());
    return cell == null ? List.of() : List.of(cell.seen);
  }

  /**
   * The last event of each ticker of a market's channel, those of which most came first. From the
   * feed's thread.
   */
  List<TickerEvent> busiest(Topic whole) {
    return channels.get(whole.channel().ordinal()).values().stream()
        .filter(cell -> cell.seen.event().ticker().market() == whole.market())
        .sorted(
            Comparator.comparingLong((Cell cell) -> cell.count)
                .reversed()
                .thenComparing(cell -> cell.seen.event().symbol()))
        .map(cell -> cell.seen.event())
        .toList();
  }
}
