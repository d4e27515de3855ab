package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.Channel;
import com.alphaxiii.polygon.core.TickerEvent;
import com.alphaxiii.polygon.core.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a feed's sinks have lost, from the end of a connection until each has been told its gap, and
 * the way of every event to them. Used on the loop only.
 *
 * <p>While topics are being confirmed again events are held back, since a gap ends only then. The
 * first event of a channel after that dates the end of the channel's gap, so gaps are told just
 * before it.
 */
final class Losses {
  /** Events held back while topics are being confirmed; one more ends the wait. */
  private static final int MAX_HELD = 100_000;

  private static final Channel[] CHANNELS = Channel.values();

  private final SinkTable sinks;
  private final VendorTimes times;
  private final Predicate<Topic> confirmed;
  private final List<TickerEvent> held = new ArrayList<>();
  private boolean holding;

  /** Channels, as bits, whose gaps are told before their next event. */
  private long untold;

  /**
   * @param confirmed whether the present connection delivers a topic for certain
   */
  Losses(SinkTable sinks, VendorTimes times, Predicate<Topic> confirmed) {
    this.sinks = sinks;
    this.times = times;
    this.confirmed = confirmed;
  }

  /**
   * The connection is lost, and what is held back with it.
   *
   * @param live topics it delivered
   * @param lastFrame when it last worked
   */
  void begin(Predicate<Topic> live, Instant lastFrame) {
    held.clear();
    holding = false;
    untold = 0;
    for (Sink sink : sinks.sinks()) {
      sink.lose(live, channel -> times.from(channel, lastFrame));
    }
  }

  /** A new connection begins: until {@link #settle} events are held back if anything was lost. */
  void connect() {
    times.begin();
    holding = sinks.sinks().stream().anyMatch(sink -> !sink.untold().isEmpty());
  }

  /** Brings an event to its sinks, or holds it back; false when no more can be held. */
  boolean event(TickerEvent event) {
    if (holding) {
      held.add(event);
      return held.size() < MAX_HELD;
    }
    pass(event);
    return true;
  }

  private void pass(TickerEvent event) {
    Channel channel = event.channel();
    long time = event.time();
    if (untold != 0 && (untold & bit(channel)) != 0) {
      tell(channel, times.to(channel, time));
    }
    times.delivered(channel, time);
    sinks.dispatch(channel, event);
  }

  /**
   * All topics are confirmed: what was held back is delivered, after its channel's gaps. True when
   * gaps of other channels wait for an event that dates them.
   */
  boolean settle(Instant now) {
    holding = false;
    for (Sink sink : sinks.sinks()) {
      sink.untold().forEach(channel -> untold |= bit(channel));
    }
    List<TickerEvent> waiting = List.copyOf(held);
    held.clear();
    if (!waiting.isEmpty() && untold != 0) {
      tellBefore(waiting, now);
    }
    waiting.forEach(this::pass);
    return untold != 0;
  }

  /** The last confirmation may have come after all of these: so may the last event lost. */
  private void tellBefore(List<TickerEvent> waiting, Instant now) {
    long[] newest = new long[CHANNELS.length];
    for (TickerEvent event : waiting) {
      int index = event.channel().ordinal();
      newest[index] = Math.max(newest[index], event.time());
    }
    for (Channel channel : CHANNELS) {
      long time = newest[channel.ordinal()];
      if (time > 0) {
        tell(channel, Math.max(times.to(channel, time), times.at(now)));
      }
    }
  }

  /**
   * A topic is confirmed whose gap was told as over: it has a second one. True when that waits for
   * an event; while other topics are being confirmed again, it is told with theirs.
   */
  boolean resume(Topic topic) {
    boolean any = false;
    for (Sink sink : sinks.sinks()) {
      any |= sink.loseOn(topic);
    }
    if (!any || holding) {
      return false;
    }
    untold |= bit(topic.channel());
    return true;
  }

  /** No event came that dates what is left to tell. */
  void tellRest(Instant now) {
    for (Channel channel : CHANNELS) {
      if ((untold & bit(channel)) != 0) {
        tell(channel, times.at(now));
      }
    }
  }

  private void tell(Channel channel, long to) {
    untold &= ~bit(channel);
    for (Sink sink : sinks.sinks()) {
      sink.tellLoss(channel, to, confirmed, sinks::last);
    }
  }

  private static long bit(Channel channel) {
    return 1L << channel.ordinal();
  }
}
