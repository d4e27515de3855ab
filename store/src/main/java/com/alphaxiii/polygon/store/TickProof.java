package com.alphaxiii.polygon.store;

import java.util.Map;
import java.util.Optional;

/**
 * What a file of ticks says of itself in its footer, so that it can be believed without the
 * catalog: which day it is, how many ticks it has, and how all before the footer looks. Files of
 * before there were proofs have none.
 *
 * @param day its words
 */
record TickProof(String day, long rows, Fingerprint body) {
  private static final String DAY = "polygon.ticks";
  private static final String ROWS = "polygon.rows";
  private static final String BYTES = "polygon.bytes";
  private static final String CHECKSUM = "polygon.checksum";

  static TickProof of(TickDay day, long rows, Fingerprint body) {
    return new TickProof(day.toString(), rows, body);
  }

  /** The footer's entries. */
  Map<String, String> metadata() {
    return Map.of(
        DAY,
        day,
        ROWS,
        Long.toString(rows),
        BYTES,
        Long.toString(body.bytes()),
        CHECKSUM,
        Long.toHexString(body.checksum()));
  }

  /** Of a footer's entries; empty when they hold none. */
  static Optional<TickProof> read(Map<String, String> metadata) {
    String day = metadata.get(DAY);
    String rows = metadata.get(ROWS);
    String bytes = metadata.get(BYTES);
    String checksum = metadata.get(CHECKSUM);
    if (day == null || rows == null || bytes == null || checksum == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new TickProof(
              day,
              Long.parseLong(rows),
              new Fingerprint(Long.parseLong(bytes), Long.parseLong(checksum, 16))));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
