package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.Adjustment;
import com.alphaxiii.polygon.core.BarAnswer;
import com.alphaxiii.polygon.core.BarRequest;
import com.alphaxiii.polygon.core.FeatureSource;
import com.alphaxiii.polygon.core.Features;
import com.alphaxiii.polygon.core.InclusiveRange;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Timeframe;
import com.alphaxiii.polygon.validate.DayQuality;
import com.alphaxiii.polygon.validate.Finding;
import com.alphaxiii.polygon.validate.QualityAnswer;
import com.alphaxiii.polygon.validate.QualitySource;
import com.alphaxiii.polygon.validate.Severity;
import com.alphaxiii.polygon.validate.SymbolAnswer;
import com.alphaxiii.polygon.validate.SymbolSource;
import com.alphaxiii.polygon.validate.ValidationReport;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/** Judgements of symbols and of data. */
final class ValidateEndpoint {
  private static final Set<String> DATA =
      Set.of("symbol", "timeframe", "start_date", "end_date", "adjust", "use_cache");

  private static final int MOST_SYMBOLS = 100;

  private final QualitySource quality;
  private final SymbolSource symbols;
  private final FeatureSource features;

  ValidateEndpoint(ServerPorts ports) {
    this.quality = ports.quality();
    this.symbols = ports.symbols();
    this.features = ports.features();
  }

  /** {@code POST /api/v1/validate}. */
  Answer symbols(Call call) {
    call.fields(Set.of()).check();
    RequestFields fields = RequestFields.of(call.body(), Set.of("symbols", "detailed"));
    List<String> wanted = fields.texts("symbols", MOST_SYMBOLS);
    boolean detailed = fields.flag("detailed", false);
    fields.check();
    List<SymbolAnswer> answers = symbols.symbols(wanted, detailed);
    return Answer.json(
        Json.object(
            json -> {
              json.writeNumberProperty("count", answers.size());
              json.writeNumberProperty(
                  "valid_count", answers.stream().filter(SymbolAnswer::isValid).count());
              json.writeArrayPropertyStart("results");
              answers.forEach(answer -> SymbolJson.write(json, answer));
              json.writeEndArray();
            }));
  }

  /** {@code GET /api/v1/features}. */
  Answer features(Call call) {
    RequestFields fields = call.fields(Set.of("refresh"));
    boolean anew = fields.flag("refresh", false);
    fields.check();
    Features known = features.features(anew);
    return Answer.json(Json.object(json -> SymbolJson.write(json, known)));
  }

  /** {@code POST /api/v1/validate/data}. */
  Answer data(Call call) {
    call.fields(Set.of()).check();
    RequestFields fields = RequestFields.of(call.body(), DATA);
    Optional<Ticker> ticker = fields.required("symbol", Ticker::of);
    Optional<Timeframe> timeframe = fields.required("timeframe", Timeframe::parse);
    ZoneId zone = ticker.map(t -> t.market().zone()).orElse(Market.NEW_YORK);
    Optional<Instant> start =
        fields.required("start_date", text -> InclusiveRange.start(text, zone));
    Optional<Instant> end = fields.required("end_date", text -> InclusiveRange.end(text, zone));
    if (start.isPresent() && end.isPresent() && !end.get().isAfter(start.get())) {
      fields.problem("end_date", "end_date lies before start_date");
    }
    Adjustment adjust = fields.optional("adjust", Adjustment::parse).orElse(Adjustment.NONE);
    boolean useCache = fields.flag("use_cache", true);
    fields.check();
    BarRequest request =
        new BarRequest(
            RequestFields.sure(ticker),
            RequestFields.sure(timeframe),
            TimeRange.of(RequestFields.sure(start), RequestFields.sure(end)),
            adjust,
            null,
            useCache);
    String first = RequestFields.sure(fields.optional("start_date", text -> text));
    String last = RequestFields.sure(fields.optional("end_date", text -> text));
    QualityAnswer judged = quality.quality(request);
    return Answer.json(
        Json.object(
            json -> {
              json.writeStringProperty("symbol", request.ticker().symbol());
              json.writeStringProperty("timeframe", request.timeframe().toString());
              json.writeStringProperty("start_date", first);
              json.writeStringProperty("end_date", last);
              json.writeStringProperty("adjust", adjust.toString());
              answer(json, judged.answer());
              report(json, judged.report(), new IsoTime(zone));
            }));
  }

  private static void answer(JsonGenerator json, BarAnswer answer) {
    json.writeNumberProperty("bar_count", answer.bars().size());
    json.writeStringProperty("source", answer.source().toString());
    json.writeBooleanProperty("complete", answer.complete());
  }

  private static void report(JsonGenerator json, ValidationReport report, IsoTime time) {
    json.writeStringProperty("overall_quality", report.overallQuality().name());
    number(json, "score", report.score());
    json.writeNumberProperty("issue_count", report.issueCount());
    json.writeObjectPropertyStart("told");
    for (Severity severity : Severity.values()) {
      json.writeNumberProperty(severity.toString(), report.count(severity));
    }
    json.writeEndObject();
    json.writeArrayPropertyStart("issues");
    for (Finding issue : report.issues()) {
      json.writeStartObject();
      json.writeStringProperty("code", issue.code());
      json.writeStringProperty("severity", issue.severity().toString());
      json.writeStringProperty("timestamp", time.format(issue.at()));
      json.writeStringProperty("end", time.format(issue.range().end()));
      json.writeStringProperty("message", issue.evidence());
      json.writeStringProperty("suggestion", issue.suggestion());
      json.writeEndObject();
    }
    json.writeEndArray();
    days(json, report.days());
  }

  private static void days(JsonGenerator json, List<DayQuality> days) {
    json.writeArrayPropertyStart("days");
    for (DayQuality day : days) {
      json.writeStartObject();
      json.writeStringProperty("date", day.day().toString());
      json.writeStringProperty("quality", day.quality().name());
      number(json, "score", day.score());
      json.writeNumberProperty("bars", day.bars());
      json.writeNumberProperty("wrong", day.wrong());
      json.writeNumberProperty("doubtful", day.doubtful());
      json.writeNumberProperty("lost", day.lost());
      json.writeNumberProperty("unknown", day.unknown());
      json.writeNumberProperty("no_eligible_trade", day.noEligibleTrade());
      json.writeStringProperty("judged_by", day.judgedBy().toString());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void number(JsonGenerator json, String name, double value) {
    json.writeName(name);
    json.writeRawValue(JsonBytes.text(value));
  }
}
