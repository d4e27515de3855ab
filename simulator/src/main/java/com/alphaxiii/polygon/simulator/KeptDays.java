package com.alphaxiii.polygon.simulator;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Minute bars of days that are over, so that a day of which page after page is asked for is not
 * traded anew for each. Those used least lately go first. Safe for use by many threads.
 */
final class KeptDays {
  /** Eight columns of eight bytes. */
  private static final int ROW_BYTES = 64;

  private static final int SHARE_OF_HEAP = 8;

  private final long mostRows;
  private final Map<String, BarColumns> days = new LinkedHashMap<>(16, 0.75f, true);
  private long rows;

  /**
   * @param mostRows of all days together
   */
  KeptDays(long mostRows) {
    this.mostRows = mostRows;
  }

  /** An eighth of the largest heap. */
  static KeptDays ofHeap() {
    return new KeptDays(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP / ROW_BYTES);
  }

  /** A day, if it is here. */
  synchronized Optional<BarColumns> find(String key) {
    return Optional.ofNullable(days.get(key));
  }

  /** Keeps a day, which nobody may change any more. */
  synchronized void put(String key, BarColumns day) {
    BarColumns trimmed = day.trimmed();
    BarColumns before = days.put(key, trimmed);
    rows += trimmed.size() - (before == null ? 0 : before.size());
    for (Iterator<BarColumns> eldest = days.values().iterator();
        rows > mostRows && eldest.hasNext(); ) {
      rows -= eldest.next().size();
      eldest.remove();
    }
  }
}
