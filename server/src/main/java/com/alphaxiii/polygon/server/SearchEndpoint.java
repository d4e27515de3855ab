package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.ReferenceSource;
import com.alphaxiii.polygon.core.TickerInfo;
import com.alphaxiii.polygon.core.TickerSearch;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Finds symbols by what they or their names begin with. */
final class SearchEndpoint {
  private static final Set<String> PARAMETERS = Set.of("query", "active_only", "limit", "market");
  private static final Set<String> MARKETS = Set.of("stocks", "otc", "crypto", "fx", "indices");
  private static final int LIMIT = 20;
  private static final int MOST = 1_000;

  private final ReferenceSource reference;

  SearchEndpoint(ReferenceSource reference) {
    this.reference = reference;
  }

  /** {@code GET /api/v1/search}. */
  Answer answer(Call call) {
    RequestFields fields = call.fields(PARAMETERS);
    Optional<String> query = fields.required("query", SearchEndpoint::query);
    boolean activeOnly = fields.flag("active_only", true);
    int limit = fields.number("limit", LIMIT, 1, MOST);
    Optional<String> market = fields.optional("market", SearchEndpoint::market);
    fields.check();
    TickerSearch search = new TickerSearch(RequestFields.sure(query), activeOnly, market, limit);
    List<TickerInfo> found = reference.search(search);
    return Answer.json(
        Json.object(
            json -> {
              json.writeStringProperty("query", search.text());
              json.writeNumberProperty("count", found.size());
              json.writeArrayPropertyStart("results");
              found.forEach(info -> write(json, info));
              json.writeEndArray();
            }));
  }

  private static String query(String text) {
    if (text.isBlank()) {
      throw new PolygonException.InvalidRequest(
          "query", text, "query needs a text to look for, such as apple");
    }
    return text;
  }

  private static String market(String text) {
    if (!MARKETS.contains(text)) {
      throw new PolygonException.InvalidRequest(
          "market",
          text,
          "market must be one of " + String.join(", ", MARKETS.stream().sorted().toList()));
    }
    return text;
  }

  private static void write(JsonGenerator json, TickerInfo info) {
    json.writeStartObject();
    json.writeStringProperty("symbol", info.ticker().symbol());
    json.writeStringProperty("name", info.name());
    text(json, "type", info.type());
    json.writeStringProperty("market", info.market());
    text(json, "exchange", info.primaryExchange());
    text(json, "currency", info.currency());
    json.writeBooleanProperty("active", info.active());
    json.writeEndObject();
  }

  private static void text(JsonGenerator json, String name, @Nullable String value) {
    json.writeName(name);
    if (value == null) {
      json.writeNull();
    } else {
      json.writeString(value);
    }
  }
}
