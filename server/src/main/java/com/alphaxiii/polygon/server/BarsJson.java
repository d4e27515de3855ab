package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.BarAnswer;
import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.validate.Finding;
import com.alphaxiii.polygon.validate.ValidationReport;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;

/** Writes the answer to a question for bars, column by column straight into bytes. */
final class BarsJson {
  /** Bytes collected before they are handed on. */
  private static final int BLOCK = 64 * 1024;

  private static final int LONGEST_ROW = 512;

  /** Findings told beside bars; the report of quality tells more. */
  private static final int MOST_ISSUES = 100;

  private static final byte[] ROW = JsonBytes.ascii("{\"timestamp\":\"");
  private static final byte[] OPEN = JsonBytes.ascii("\",\"open\":");
  private static final byte[] HIGH = JsonBytes.ascii(",\"high\":");
  private static final byte[] LOW = JsonBytes.ascii(",\"low\":");
  private static final byte[] CLOSE = JsonBytes.ascii(",\"close\":");
  private static final byte[] VOLUME = JsonBytes.ascii(",\"volume\":");
  private static final byte[] VWAP = JsonBytes.ascii(",\"vwap\":");
  private static final byte[] TRANSACTIONS = JsonBytes.ascii(",\"transactions\":");
  private static final byte[] NULL = JsonBytes.ascii("null");
  private static final byte[] TRUE = JsonBytes.ascii("true");
  private static final byte[] FALSE = JsonBytes.ascii("false");

  private final JsonBytes json = new JsonBytes(BLOCK + LONGEST_ROW);
  private final OutputStream out;
  private final IsoTime time;

  private BarsJson(OutputStream out, IsoTime time) {
    this.out = out;
    this.time = time;
  }

  /** Writes the whole document. */
  static void write(OutputStream out, BarsReply reply) throws IOException {
    BarsJson writer = new BarsJson(out, new IsoTime(reply.query().zone()));
    writer.head(reply.query(), reply.bars().size());
    writer.rows(reply.bars(), reply.query().descending());
    writer.tail(reply);
    writer.json.drainTo(out);
  }

  private void head(BarsQuery query, int count) {
    json.raw('{');
    name("symbol").text(query.request().ticker().symbol()).raw(',');
    name("timeframe").text(query.timeframeText()).raw(',');
    name("start_date").text(query.startText()).raw(',');
    name("end_date").text(query.endText()).raw(',');
    name("bar_count").integer(count).raw(',');
    name("data").raw('[');
  }

  private void rows(Bars bars, boolean descending) throws IOException {
    int size = bars.size();
    for (int i = 0; i < size; i++) {
      if (i > 0) {
        json.raw(',');
      }
      row(json, time, bars, descending ? size - 1 - i : i);
      if (json.size() >= BLOCK) {
        json.drainTo(out);
      }
    }
    json.raw(']').raw(',');
  }

  /** Writes one bar as an object. */
  static void row(JsonBytes json, IsoTime time, Bars bars, int i) {
    json.raw(ROW);
    time.write(json, bars.start(i));
    json.raw(OPEN).price(bars.open(i));
    json.raw(HIGH).price(bars.high(i));
    json.raw(LOW).price(bars.low(i));
    json.raw(CLOSE).price(bars.close(i));
    json.raw(VOLUME).number(bars.volume(i));
    json.raw(VWAP).price(bars.vwap(i));
    json.raw(TRANSACTIONS);
    long transactions = bars.transactions(i);
    if (transactions < 0) {
      json.raw(NULL);
    } else {
      json.integer(transactions);
    }
    json.raw('}');
  }

  private void tail(BarsReply reply) {
    BarAnswer answer = reply.answer();
    name("cached").raw(answer.cached() ? TRUE : FALSE).raw(',');
    name("source").text(answer.source().toString()).raw(',');
    name("adjust").text(reply.query().request().adjustment().toString()).raw(',');
    name("timezone").text(reply.query().zone().getId()).raw(',');
    name("validation");
    ValidationReport report = reply.report();
    if (report == null) {
      json.raw(NULL);
    } else {
      validation(report);
    }
    json.raw(',');
    name("completeness");
    completeness(answer);
    String explanation = reply.explanation();
    if (explanation != null) {
      json.raw(',');
      name("explanation").text(explanation);
    }
    json.raw('}');
  }

  private void validation(ValidationReport report) {
    json.raw('{');
    name("overall_quality").text(report.overallQuality().name()).raw(',');
    name("score").number(report.score()).raw(',');
    name("issue_count").integer(report.issueCount()).raw(',');
    name("issues").raw('[');
    List<Finding> issues = report.issues();
    for (int i = 0; i < Math.min(MOST_ISSUES, issues.size()); i++) {
      Finding issue = issues.get(i);
      json.raw(i == 0 ? '{' : ',');
      if (i > 0) {
        json.raw('{');
      }
      name("code").text(issue.code()).raw(',');
      name("severity").text(issue.severity().toString()).raw(',');
      name("timestamp");
      time(issue.at());
      json.raw(',');
      name("end");
      time(issue.range().end());
      json.raw(',');
      name("message").text(issue.evidence()).raw(',');
      name("suggestion").text(issue.suggestion()).raw('}');
    }
    json.raw(']').raw('}');
  }

  private void completeness(BarAnswer answer) {
    json.raw('{');
    name("complete").raw(answer.complete() ? TRUE : FALSE).raw(',');
    name("missing").raw('[');
    List<TimeRange> missing = answer.missing();
    for (int i = 0; i < missing.size(); i++) {
      if (i > 0) {
        json.raw(',');
      }
      json.raw('{');
      name("start");
      time(missing.get(i).start());
      json.raw(',');
      name("end");
      time(missing.get(i).end());
      json.raw('}');
    }
    json.raw(']').raw(',');
    name("unsettled_from");
    if (answer.unsettled().isPresent()) {
      time(answer.unsettled().get());
    } else {
      json.raw(NULL);
    }
    json.raw('}');
  }

  private void time(Instant at) {
    json.raw('"');
    time.write(json, at.toEpochMilli());
    json.raw('"');
  }

  private JsonBytes name(String name) {
    return json.text(name).raw(':');
  }
}
