package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.columnar.ArrowWriter;
import com.alphaxiii.polygon.columnar.ParquetWriter;
import com.alphaxiii.polygon.core.Adjustment;
import com.alphaxiii.polygon.core.BarAnswer;
import com.alphaxiii.polygon.core.BarTable;
import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.validate.BarChecks;
import com.alphaxiii.polygon.validate.Evidence;
import com.alphaxiii.polygon.validate.ValidationReport;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What answers a question for bars, in whatever form. */
final class BarsReply {
  /** A day: history that no split can change. */
  private static final String LASTING = "private, max-age=86400";

  /** A look each time, which costs no body while nothing has changed. */
  private static final String LOOK = "private, no-cache";

  private static final String TAG = "ETag";
  private static final String NOT_KEPT = "no-store";
  private static final int MOST_RANGES_TOLD = 20;
  private static final int TAG_BYTES = 12;

  /** About how long a row is as text, and what is around the rows. */
  private static final long ROW_BYTES = 170;

  private static final long REST_BYTES = 16 * 1024;

  /**
   * All that the body of an answer is made of.
   *
   * @param judged tells the bars that were judged, and by what else than themselves
   */
  record Key(
      BarsQuery query,
      Format format,
      BarsDigest digest,
      BarAnswer.Source source,
      List<Long> judged) {}

  private final BarsQuery query;
  private final Bars found;
  private final Bars bars;
  private final BarAnswer answer;
  private final @Nullable String explanation;
  private final KeptBodies<Key> kept;
  private @Nullable ValidationReport report;

  /**
   * What is known of an answer.
   *
   * @param found in the timeframe and session asked for, all of them
   * @param bars those of them to tell, in order of time
   * @param answer where they came from
   * @param explanation why there are no bars; null when there are
   * @param kept where bodies may be kept
   */
  BarsReply(
      BarsQuery query,
      Bars found,
      Bars bars,
      BarAnswer answer,
      @Nullable String explanation,
      KeptBodies<Key> kept) {
    this.query = query;
    this.found = found;
    this.bars = bars;
    this.answer = answer;
    this.explanation = explanation;
    this.kept = kept;
  }

  BarsQuery query() {
    return query;
  }

  Bars bars() {
    return bars;
  }

  BarAnswer answer() {
    return answer;
  }

  @Nullable String explanation() {
    return explanation;
  }

  /** What the laws say of the bars, looked at once; null when that was not asked for. */
  @Nullable ValidationReport report() {
    if (query.validate() && report == null) {
      report = BarChecks.report(found, Evidence.of(query.request(), answer));
    }
    return report;
  }

  Answer as(Format format) {
    Map<String, String> headers = facts(format);
    return isFinished()
        ? answer(format, headers, BarsDigest.of(found))
        : answer(format, headers, null);
  }

  /** The same with what caches of the web need. */
  Answer tagged(Format format) {
    Map<String, String> headers = facts(format);
    if (!isFinished()) {
      headers.put("Cache-Control", NOT_KEPT);
      return answer(format, headers, null);
    }
    BarsDigest digest = BarsDigest.of(found);
    headers.put(TAG, tag(format, digest));
    headers.put("Cache-Control", query.request().adjustment() == Adjustment.NONE ? LASTING : LOOK);
    return answer(format, headers, digest);
  }

  /**
   * The answer, or that the client has it.
   *
   * @param known tags of answers that the client has; null for none
   */
  static Answer unlessKnown(Answer answer, @Nullable String known) {
    String tag = answer.headers().get(TAG);
    return tag != null && isKnown(tag, known) ? Answer.notModified(answer.headers()) : answer;
  }

  private boolean isFinished() {
    return answer.complete() && answer.unsettled().isEmpty();
  }

  private Answer answer(Format format, Map<String, String> headers, @Nullable BarsDigest digest) {
    Answer.Body made =
        switch (format) {
          case JSON -> out -> BarsJson.write(out, this);
          case NDJSON -> out -> BarsLines.ndjson(out, this);
          case CSV -> out -> BarsLines.csv(out, this);
          case ARROW -> out -> ArrowWriter.writeStream(out, table());
          case PARQUET -> out -> ParquetWriter.write(out, table());
        };
    // Columns are sent about as quickly as what is kept.
    boolean text = format != Format.ARROW && format != Format.PARQUET;
    Answer.Body body =
        text && digest != null
            ? kept.body(key(format, digest), bars.size() * ROW_BYTES + REST_BYTES, made)
            : made;
    if (body == made && format == Format.JSON) {
      // What fails is told by the status, which goes before the body.
      report();
    }
    return new Answer(200, format.mediaType(), headers, body);
  }

  private Key key(Format format, BarsDigest digest) {
    Bars judged = answer.bars();
    List<Long> days =
        judged.isEmpty() ? List.of() : List.of(judged.start(0), judged.start(judged.size() - 1));
    return new Key(query, format, digest, answer.source(), days);
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
  private String tag(Format format, BarsDigest digest) {
    byte[] all =
        sha256().digest((query + " " + format + " " + digest).getBytes(StandardCharsets.UTF_8));
    return "W/\"%s\"".formatted(HexFormat.of().formatHex(all, 0, TAG_BYTES));
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
