package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.TimeRange;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * What a part file says of itself in its footer, so that it can be believed without the catalog:
 * which part it is, which stretches it covers, and a checksum (CRC-32C) of both and of every number
 * in it. Files of before there were proofs have none.
 *
 * @param part the words of its key
 * @param covered stretches whose bars are all in the file
 */
record PartProof(String part, List<TimeRange> covered, long checksum) {
  private static final String PART = "polygon.part";
  private static final String COVERED = "polygon.covered";
  private static final String CHECKSUM = "polygon.checksum";
  private static final int ROW_BYTES = 8 * Long.BYTES;
  private static final int ROWS_AT_ONCE = 512;

  static PartProof of(PartKey key, List<TimeRange> covered, Bars bars) {
    List<TimeRange> ranges = TimeRange.union(covered);
    return new PartProof(key.toString(), ranges, checksum(key, ranges, bars));
  }

  /** The footer's entries. */
  Map<String, String> metadata() {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(PART, part);
    metadata.put(COVERED, text(covered));
    metadata.put(CHECKSUM, Long.toHexString(checksum));
    return metadata;
  }

  /** Of a footer's entries; empty when they hold none. */
  static Optional<PartProof> read(Map<String, String> metadata) {
    String part = metadata.get(PART);
    String covered = metadata.get(COVERED);
    String checksum = metadata.get(CHECKSUM);
    if (part == null || covered == null || checksum == null) {
      return Optional.empty();
    }
    try {
      List<TimeRange> ranges = new ArrayList<>();
      for (String range : covered.isEmpty() ? new String[0] : covered.split(",", -1)) {
        String[] ends = range.split("-", -1);
        ranges.add(
            TimeRange.of(
                Instant.ofEpochMilli(Long.parseLong(ends[0].replace('m', '-'))),
                Instant.ofEpochMilli(Long.parseLong(ends[1].replace('m', '-')))));
      }
      return Optional.of(new PartProof(part, ranges, Long.parseLong(checksum, 16)));
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  /** Whether these are the bars, and this the part, that the file was written with. */
  boolean holds(PartKey key, Bars bars) {
    return part.equals(key.toString()) && checksum == checksum(key, covered, bars);
  }

  /** Unix ms, of which those before 1970 begin with m. */
  private static String text(List<TimeRange> ranges) {
    StringBuilder text = new StringBuilder();
    for (TimeRange range : ranges) {
      text.append(text.isEmpty() ? "" : ",")
          .append(Long.toString(range.start().toEpochMilli()).replace('-', 'm'))
          .append('-')
          .append(Long.toString(range.end().toEpochMilli()).replace('-', 'm'));
    }
    return text.toString();
  }

  private static long checksum(PartKey key, List<TimeRange> covered, Bars bars) {
    CRC32C checksum = new CRC32C();
    checksum.update((key + "|" + text(covered) + "|").getBytes(StandardCharsets.UTF_8));
    ByteBuffer rows = ByteBuffer.allocate(ROWS_AT_ONCE * ROW_BYTES);
    for (int i = 0; i < bars.size(); i++) {
      rows.putLong(bars.start(i))
          .putLong(Double.doubleToLongBits(bars.open(i)))
          .putLong(Double.doubleToLongBits(bars.high(i)))
          .putLong(Double.doubleToLongBits(bars.low(i)))
          .putLong(Double.doubleToLongBits(bars.close(i)))
          .putLong(Double.doubleToLongBits(bars.volume(i)))
          .putLong(Double.doubleToLongBits(bars.vwap(i)))
          .putLong(Math.max(-1, bars.transactions(i)));
      if (!rows.hasRemaining()) {
        checksum.update(rows.flip());
        rows.clear();
      }
    }
    checksum.update(rows.flip());
    return checksum.getValue();
  }
}
