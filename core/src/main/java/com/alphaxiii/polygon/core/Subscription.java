package com.alphaxiii.polygon.core;

import java.util.Set;

/** What one sink receives from an {@link EventFeed}; closing it ends delivery. */
public interface Subscription extends AutoCloseable {
  /** The topics asked for now. */
  Set<Topic> topics();

  /** Asks for more topics. */
  void add(Set<Topic> topics);

  /** Gives topics up. */
  void remove(Set<Topic> topics);

  @Override
  void close();
}
