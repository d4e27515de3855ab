package com.alphaxiii.polygon.core;

import java.time.Instant;
import java.util.Set;

/**
 * Events known to be lost on a feed: between {@code from} (last time the connection was known to
 * work) and {@code to} (subscriptions confirmed again), for these topics.
 */
public record Gap(Set<Topic> topics, Instant from, Instant to) implements MarketEvent {
  public Gap {
    topics = Set.copyOf(topics);
  }
}
