package com.alphaxiii.polygon.server;

/**
 * What is said of an event besides itself.
 *
 * @param snapshot it is the last one known, sent because a client asked for it
 * @param backfilled it was missed on the stream and fetched later
 * @param revision how often the same window's bar was sent before; 0 for the first
 */
record Marks(boolean snapshot, boolean backfilled, int revision) {
  /** A live event of which there is nothing to say. */
  static final Marks NONE = new Marks(false, false, 0);

  static final Marks SNAPSHOT = new Marks(true, false, 0);
  static final Marks BACKFILLED = new Marks(false, true, 0);

  /** A live bar whose window was sent so often before. */
  static Marks revision(int before) {
    return before == 0 ? NONE : new Marks(false, false, before);
  }
}
