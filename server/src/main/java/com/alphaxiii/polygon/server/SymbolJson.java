package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.Feature;
import com.alphaxiii.polygon.core.Features;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.TickerInfo;
import com.alphaxiii.polygon.validate.SymbolAnswer;
import com.alphaxiii.polygon.validate.SymbolAnswer.Suggestion;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Writes what is known of symbols, and of the key. */
final class SymbolJson {
  private SymbolJson() {}

  static void write(JsonGenerator json, SymbolAnswer answer) {
    json.writeStartObject();
    json.writeStringProperty("symbol", answer.form().symbol());
    json.writeBooleanProperty("valid", answer.isValid());
    if (!answer.isValid()) {
      json.writeStringProperty("reason", answer.state().toString());
    }
    json.writeStringProperty("state", answer.state().toString());
    json.writeStringProperty("kind", answer.form().kind().name().toLowerCase(Locale.ROOT));
    json.writeStringProperty("explanation", answer.form().explanation());
    Optional<TickerInfo> info = answer.info();
    if (info.isPresent()) {
      facts(json, info.get());
    }
    answer.delisted().ifPresent(day -> json.writeStringProperty("delisted", day.toString()));
    if (!answer.note().isEmpty()) {
      json.writeStringProperty("note", answer.note());
    }
    json.writeArrayPropertyStart("suggestions");
    for (Suggestion suggestion : answer.suggestions()) {
      json.writeStartObject();
      json.writeStringProperty("symbol", suggestion.symbol());
      json.writeStringProperty("name", suggestion.name());
      json.writeStringProperty("why", suggestion.why());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void facts(JsonGenerator json, TickerInfo info) {
    json.writeStringProperty("name", info.name());
    text(json, "type", info.type());
    json.writeStringProperty("market", info.market());
    text(json, "exchange", info.primaryExchange());
    text(json, "currency", info.currency());
    json.writeBooleanProperty("active", info.active());
  }

  private static void text(JsonGenerator json, String name, @Nullable String value) {
    json.writeName(name);
    if (value == null) {
      json.writeNull();
    } else {
      json.writeString(value);
    }
  }

  static void write(JsonGenerator json, Features features) {
    json.writeStringProperty("account", features.account());
    json.writeStringProperty("probed_at", new IsoTime(Market.NEW_YORK).format(features.probedAt()));
    json.writeArrayPropertyStart("features");
    for (Feature feature : features.features()) {
      json.writeStartObject();
      json.writeStringProperty("name", feature.name());
      json.writeStringProperty("state", feature.state().toString());
      json.writeStringProperty("detail", feature.detail());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
