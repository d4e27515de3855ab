package com.alphaxiii.polygon.cli;

import com.alphaxiii.polygon.calendar.MarketCalendar;
import com.alphaxiii.polygon.calendar.TradingDay;
import com.alphaxiii.polygon.core.Adjustment;
import com.alphaxiii.polygon.core.BarRequest;
import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.Timeframe;
import com.alphaxiii.polygon.validate.DayQuality;
import com.alphaxiii.polygon.validate.Finding;
import com.alphaxiii.polygon.validate.ValidationReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A report as one page that needs nothing else: the bars with the findings marked, a map of gaps by
 * day and minute, and the findings as a table.
 */
final class QualityPage {
  private static final String PLACE = "@@DATA@@";
  private static final JsonFactory JSON = new JsonFactory();

  private final BarRequest request;
  private final Bars bars;
  private final ValidationReport report;
  private final Instant checkedAt;
  private final ZoneId zone;

  /**
   * @param bars what was judged
   * @param checkedAt when
   */
  QualityPage(BarRequest request, Bars bars, ValidationReport report, Instant checkedAt) {
    this.request = request;
    this.bars = bars;
    this.report = report;
    this.checkedAt = checkedAt;
    this.zone = request.ticker().market().zone();
  }

  void writeTo(Writer out) throws IOException {
    String page = template();
    int place = page.indexOf(PLACE);
    out.write(page, 0, place);
    // So that no text within can end the element that holds it.
    out.write(data().replace("<", "\\u003c"));
    out.write(page, place + PLACE.length(), page.length() - place - PLACE.length());
  }

  private static String template() {
    try (InputStream in = QualityPage.class.getResourceAsStream("quality.html")) {
      if (in == null) {
        throw new IllegalStateException("quality.html is missing from the program");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String data() {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      json.writeStringProperty("symbol", request.ticker().symbol());
      json.writeStringProperty("timeframe", request.timeframe().toString());
      json.writeStringProperty("adjust", request.adjustment().toString());
      if (request.adjustment() != Adjustment.NONE && request.asOf() != null) {
        json.writeStringProperty("asOf", request.asOf().toString());
      }
      json.writeStringProperty("zone", zone.getId().equals("Z") ? "UTC" : zone.getId());
      json.writeStringProperty("from", day(request.range().start()).toString());
      json.writeStringProperty("to", day(request.range().end().minusMillis(1)).toString());
      json.writeStringProperty(
          "quality", report.isEmpty() ? "NO BARS" : report.overallQuality().name());
      json.writeNumberProperty("score", report.score());
      json.writeNumberProperty("issueCount", report.issueCount());
      json.writeStringProperty("checked", checkedAt.toString());
      json.writeNumberProperty("window", windowMillis());
      boolean stocks = request.ticker().market() == Market.STOCKS;
      json.writeNumberProperty("firstMinute", stocks ? 4 * 60 : 0);
      json.writeNumberProperty("lastMinute", stocks ? 20 * 60 : 24 * 60);
      days(json);
      issues(json);
      columns(json);
      json.writeEndObject();
    }
    return text.toString();
  }

  private LocalDate day(Instant at) {
    return LocalDate.ofInstant(at, zone);
  }

  private long windowMillis() {
    Timeframe timeframe = request.timeframe();
    return timeframe.timespan().isIntraday()
        ? timeframe.multiplier() * timeframe.timespan().millis()
        : 24 * 3_600_000L;
  }

  private void days(JsonGenerator json) {
    json.writeArrayPropertyStart("days");
    for (DayQuality day : report.days()) {
      json.writeStartObject();
      json.writeStringProperty("date", day.day().toString());
      json.writeNumberProperty("midnight", day.day().atStartOfDay(zone).toInstant().toEpochMilli());
      session(json, day.day());
      json.writeStringProperty("quality", day.quality().name());
      json.writeNumberProperty("score", day.score());
      json.writeNumberProperty("bars", day.bars());
      json.writeNumberProperty("wrong", day.wrong());
      json.writeNumberProperty("doubtful", day.doubtful());
      json.writeNumberProperty("lost", day.lost());
      json.writeNumberProperty("unknown", day.unknown());
      json.writeNumberProperty("none", day.noEligibleTrade());
      json.writeStringProperty("by", day.judgedBy().toString());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** The regular session, where the market has one. */
  private void session(JsonGenerator json, LocalDate day) {
    Optional<TradingDay> trading =
        request.ticker().market() == Market.STOCKS
            ? MarketCalendar.usEquities().tradingDay(day)
            : Optional.empty();
    json.writeNumberProperty("open", trading.map(d -> d.open().toEpochMilli()).orElse(0L));
    json.writeNumberProperty("close", trading.map(d -> d.close().toEpochMilli()).orElse(0L));
  }

  private void issues(JsonGenerator json) {
    json.writeArrayPropertyStart("issues");
    for (Finding issue : report.issues()) {
      json.writeStartObject();
      json.writeStringProperty("code", issue.code());
      json.writeStringProperty("severity", issue.severity().toString());
      json.writeNumberProperty("start", issue.range().start().toEpochMilli());
      json.writeNumberProperty("end", issue.range().end().toEpochMilli());
      json.writeStringProperty("message", issue.evidence());
      json.writeStringProperty("suggestion", issue.suggestion());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void columns(JsonGenerator json) {
    json.writeObjectPropertyStart("bars");
    json.writeArrayPropertyStart("t");
    for (int i = 0; i < bars.size(); i++) {
      json.writeNumber(bars.start(i));
    }
    json.writeEndArray();
    column(json, "o", bars::open);
    column(json, "h", bars::high);
    column(json, "l", bars::low);
    column(json, "c", bars::close);
    column(json, "v", bars::volume);
    json.writeEndObject();
  }

  private void column(JsonGenerator json, String name, IntToDoubleFunction values) {
    json.writeArrayPropertyStart(name);
    for (int i = 0; i < bars.size(); i++) {
      double value = values.applyAsDouble(i);
      if (Double.isFinite(value)) {
        json.writeNumber(value);
      } else {
        json.writeNull();
      }
    }
    json.writeEndArray();
  }
}
