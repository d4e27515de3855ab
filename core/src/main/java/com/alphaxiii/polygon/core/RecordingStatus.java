package com.alphaxiii.polygon.core;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * How a recording of a feed goes.
 *
 * @param topics what is recorded
 * @param since when it began
 * @param recorded events written to the journal since then
 * @param dropped events that came and found no room, since the disk was too slow or failed; when
 *     they were lost stands in the recording's coverage
 * @param gaps gaps that the feed told
 * @param lastEvent when the last event was taken from the feed; empty before the first
 * @param waiting sessions, of this program or of one before it, that are yet to be made into files
 * @param problem why nothing is written now; empty when all is well
 */
public record RecordingStatus(
    Set<Topic> topics,
    Instant since,
    long recorded,
    long dropped,
    long gaps,
    Optional<Instant> lastEvent,
    int waiting,
    Optional<String> problem) {
  public RecordingStatus {
    topics = Set.copyOf(topics);
  }
}
