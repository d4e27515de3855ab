package com.alphaxiii.polygon.store;

/**
 * What a session of a recording knows of a topic between two moments.
 *
 * @param kind whether it was recorded, or what is missing
 * @param topic as {@code T.AAPL} or {@code Q.*}; empty for all topics of the session
 * @param from by this machine's clock, Unix ns; of a {@code GAP} when it was told
 * @param to by this machine's clock, Unix ns, exclusive
 * @param firstEvent the vendor's time of the first event recorded within, Unix ns; of a {@code GAP}
 *     the bound before which nothing is missing; 0 when there is none
 * @param lastEvent as {@code firstEvent}, of the last one, and the other bound
 * @param events how many were recorded, or of {@code LOST} how many were not
 * @param end why it ended, in words
 * @param session whose it is
 */
public record RecordedStretch(
    Kind kind,
    String topic,
    long from,
    long to,
    long firstEvent,
    long lastEvent,
    long events,
    String end,
    String session) {
  /** What a stretch says. */
  public enum Kind {
    /** All that the feed delivered was written. */
    RECORDED,
    /** The feed itself lost events between two of the vendor's times. */
    GAP,
    /** Events came and found no room, since the disk was too slow or failed. */
    LOST
  }
}
