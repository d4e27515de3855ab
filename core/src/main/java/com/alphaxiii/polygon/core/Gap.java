package com.alphaxiii.polygon.core;

import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * Events of these topics were lost on a feed, or may have been. Every lost event's {@link
 * TickerEvent#time} lies between the bounds, both included, in the vendor's time: a history asked
 * for with them holds all that is missing. It may hold events that were delivered too, at the
 * bounds or, where the vendor's times are not in order, near them; {@code last} and the sequence
 * numbers tell these apart.
 *
 * <p>A gap comes after what was delivered before the loss and before what comes after it. There is
 * one for each channel, since only there times follow each other: a minute's bar is dated to its
 * end, when trades are a minute on.
 *
 * <p>Not covered is a bar that came before the loss and that the vendor sent anew, with late
 * trades, during it: that may happen to bars of the last 15 minutes.
 *
 * @param topics of one channel
 * @param from the vendor's time of the last event of the channel before the loss, and earlier by as
 *     much as events had come out of order; where the channel had none yet, that of other channels
 *     less a minute; where none had come at all, when the connection last worked by this machine's
 *     clock
 * @param to the vendor's time of the first event of the channel after all topics were confirmed
 *     again, and later by as much as events had come out of order; where none came within a second,
 *     the time then, by this machine's clock corrected by the vendor's events
 * @param last the last event delivered of a topic before the loss, as far as known; never of a
 *     topic of all tickers
 */
public record Gap(Set<Topic> topics, Instant from, Instant to, Map<Topic, TickerEvent> last)
    implements MarketEvent {
  public Gap {
    topics = Set.copyOf(topics);
    last = Map.copyOf(last);
  }

  /** A gap before which no event is known. */
  public Gap(Set<Topic> topics, Instant from, Instant to) {
    this(topics, from, to, Map.of());
  }
}
