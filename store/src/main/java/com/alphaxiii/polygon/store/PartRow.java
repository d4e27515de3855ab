package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.TimeRange;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that the catalog says of a part. Times are Unix ms.
 *
 * @param rows bars in the file
 * @param firstStart of the first bar; null without one
 * @param lastStart of the last bar; null without one
 * @param committed how the file looks; {@link Fingerprint#NO_FILE} without one
 * @param announced how it looks once a write in progress has replaced it; null when none is
 * @param level of zstd that the file was written with; 0 when that is not known
 * @param writtenAt when it was last asked for upstream
 * @param covered stretches whose bars are all in the file, in order and apart
 */
record PartRow(
    PartKey key,
    int rows,
    @Nullable Long firstStart,
    @Nullable Long lastStart,
    Fingerprint committed,
    @Nullable Fingerprint announced,
    int level,
    long writtenAt,
    List<TimeRange> covered) {
  PartRow {
    covered = List.copyOf(covered);
  }

  /** A part that the catalog has not heard of. */
  static PartRow unknown(PartKey key) {
    return new PartRow(key, 0, null, null, Fingerprint.NO_FILE, null, 0, 0, List.of());
  }

  /** A part that holds these bars. */
  static PartRow of(
      PartKey key, Bars bars, Fingerprint file, int level, Instant at, List<TimeRange> covered) {
    return new PartRow(
        key,
        bars.size(),
        bars.isEmpty() ? null : bars.start(0),
        bars.isEmpty() ? null : bars.start(bars.size() - 1),
        file,
        null,
        level,
        at.toEpochMilli(),
        TimeRange.union(covered));
  }

  Part part() {
    return new Part(key, rows, committed, announced);
  }

  /** The same with the look of the file that is about to replace this one. */
  PartRow announcing(Fingerprint next) {
    return new PartRow(
        key, rows, firstStart, lastStart, committed, next, level, writtenAt, covered);
  }

  /** The same coverage, after the announced file has taken the place of the committed one. */
  PartRow adopting(Bars bars, Fingerprint file) {
    return of(key, bars, file, 0, Instant.ofEpochMilli(writtenAt), covered);
  }

  /** The same without the announcement of a write that came to nothing. */
  PartRow settled() {
    return rewritten(committed, level);
  }

  /** The same bars in another file. */
  PartRow rewritten(Fingerprint file, int newLevel) {
    return new PartRow(key, rows, firstStart, lastStart, file, null, newLevel, writtenAt, covered);
  }

  /** Whether all of some stretches is covered. */
  boolean covers(List<TimeRange> stretches) {
    return stretches.stream().allMatch(stretch -> stretch.minus(covered).isEmpty());
  }

  long seal() {
    Seal seal =
        new Seal()
            .add(key.series().ticker().symbol())
            .add(key.series().base().toString())
            .add(key.name())
            .add(rows)
            .addOptional(firstStart)
            .addOptional(lastStart)
            .add(committed.bytes())
            .add(committed.checksum())
            .add(announced == null ? 0 : announced.bytes())
            .add(announced == null ? 0 : announced.checksum())
            .add(level)
            .add(writtenAt);
    covered.forEach(
        range -> seal.add(range.start().toEpochMilli()).add(range.end().toEpochMilli()));
    return seal.value();
  }

  /** What cannot be true of it, whatever its seal says. */
  Optional<String> contradiction() {
    Instant end = Instant.ofEpochMilli(writtenAt);
    Instant before = key.range().start();
    for (TimeRange range : covered) {
      if (range.start().isBefore(before)) {
        return Optional.of(
            "it covers %s, which begins before the part or within another stretch"
                .formatted(range));
      }
      if (range.isEmpty() || range.end().isAfter(key.range().end())) {
        return Optional.of("it covers %s, which is no stretch of the part".formatted(range));
      }
      if (range.end().isAfter(end)) {
        return Optional.of("it covers %s, which was not over when it was written".formatted(range));
      }
      before = range.end();
    }
    return Optional.empty();
  }
}
