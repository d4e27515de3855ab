package com.alphaxiii.polygon.server;

import java.util.IdentityHashMap;
import java.util.Map;

/**
 * How many messages for each group found no room on the way to their loop. Whoever has taken one
 * out of where it stood owns what it counts; the object is new each time, so that a look at it
 * tells whether anything was added since.
 */
final class Overflow implements Shard.Parcel {
  static final Overflow NONE = new Overflow(Map.of());

  private final Map<Group, Long> counts;

  private Overflow(Map<Group, Long> counts) {
    this.counts = counts;
  }

  Map<Group, Long> counts() {
    return counts;
  }

  /** With one message more for each of these groups. */
  Overflow with(Group[] groups) {
    Map<Group, Long> more = this == NONE ? new IdentityHashMap<>() : counts;
    for (Group group : groups) {
      more.merge(group, 1L, Long::sum);
    }
    return new Overflow(more);
  }
}
