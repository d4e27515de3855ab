package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.columnar.ArrowWriter;
import com.alphaxiii.polygon.columnar.ParquetWriter;
import com.alphaxiii.polygon.core.Adjustment;
import com.alphaxiii.polygon.core.BarAnswer;
import com.alphaxiii.polygon.core.BarTable;
import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.validate.ValidationReport;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What answers a question for bars, in whatever form.
 *
 * @param bars what to tell, in order of time
 * @param answer where they came from
 * @param report null when no checks were asked for
 * @param explanation why there are no bars; null when there are
 */
record BarsReply(
    BarsQuery query,
    Bars bars,
    BarAnswer answer,
    @Nullable ValidationReport report,
    @Nullable String explanation) {

  /** A day: history that no split can change. */
  private static final String LASTING = "private, max-age=86400";

  /** A look each time, which costs no body while nothing has changed. */
  private static final String LOOK = "private, no-cache";

  private static final String NOT_KEPT = "no-store";
  private static final int MOST_RANGES_TOLD = 20;
  private static final int ROWS_AT_A_TIME = 512;
  private static final int ROW_BYTES = 64;
  private static final int TAG_BYTES = 12;

  Answer as(Format format) {
    return answer(format, facts(format));
  }

  /**
   * The same with what caches of the web need.
   *
   * @param known tags of answers that the client has; null for none
   */
  Answer as(Format format, @Nullable String known) {
    Map<String, String> headers = facts(format);
    boolean finished = answer.complete() && answer.unsettled().isEmpty();
    if (!finished) {
      headers.put("Cache-Control", NOT_KEPT);
      return answer(format, headers);
    }
    String tag = tag(format);
    headers.put("ETag", tag);
    headers.put("Cache-Control", query.request().adjustment() == Adjustment.NONE ? LASTING : LOOK);
    return isKnown(tag, known) ? Answer.notModified(headers) : answer(format, headers);
  }

  private Answer answer(Format format, Map<String, String> headers) {
    return new Answer(
        200,
        format.mediaType(),
        headers,
        switch (format) {
          case JSON -> out -> BarsJson.write(out, this);
          case NDJSON -> out -> BarsLines.ndjson(out, this);
          case CSV -> out -> BarsLines.csv(out, this);
          case ARROW -> out -> ArrowWriter.writeStream(out, table());
          case PARQUET -> out -> ParquetWriter.write(out, table());
        });
  }

  private BarTable table() {
    return query.descending()
        ? BarTable.descending(bars, query.zone())
        : BarTable.ascending(bars, query.zone());
  }

  /** What the rows alone do not tell. */
  private Map<String, String> facts(Format format) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Vary", "Accept");
    if (format != Format.JSON) {
      headers.put("X-Source", answer.source().toString());
      headers.put("X-Complete", Boolean.toString(answer.complete()));
      if (!answer.complete()) {
        headers.put("X-Missing", told(answer.missing()));
      }
      answer.unsettled().ifPresent(from -> headers.put("X-Unsettled-From", from.toString()));
    }
    return headers;
  }

  private static String told(List<TimeRange> ranges) {
    String some =
        ranges.stream()
            .limit(MOST_RANGES_TOLD)
            .map(range -> range.start() + "/" + range.end())
            .collect(Collectors.joining(", "));
    int more = ranges.size() - MOST_RANGES_TOLD;
    return more > 0 ? "%s, and %d more".formatted(some, more) : some;
  }

  /**
   * A weak tag, since the answer also tells where its bars came from this time, and they may come
   * from elsewhere next time.
   */
  private String tag(Format format) {
    MessageDigest digest = sha256();
    digest.update((query + " " + format).getBytes(StandardCharsets.UTF_8));
    ByteBuffer rows = ByteBuffer.allocate(ROWS_AT_A_TIME * ROW_BYTES);
    for (int i = 0; i < bars.size(); i++) {
      rows.putLong(bars.start(i)).putDouble(bars.open(i)).putDouble(bars.high(i));
      rows.putDouble(bars.low(i)).putDouble(bars.close(i)).putDouble(bars.volume(i));
      rows.putDouble(bars.vwap(i)).putLong(bars.transactions(i));
      if (!rows.hasRemaining()) {
        digest.update(rows.flip());
        rows.clear();
      }
    }
    digest.update(rows.flip());
    return "W/\"%s\"".formatted(HexFormat.of().formatHex(digest.digest(), 0, TAG_BYTES));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static boolean isKnown(String tag, @Nullable String known) {
    if (known == null) {
      return false;
    }
    for (String each : known.split(",", -1)) {
      String candidate = each.strip();
      if (candidate.equals("*") || candidate.equals(tag) || ("W/" + candidate).equals(tag)) {
        return true;
      }
    }
    return false;
  }
}
