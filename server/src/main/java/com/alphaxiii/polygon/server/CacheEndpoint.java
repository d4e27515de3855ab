package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.CacheControl;
import com.alphaxiii.polygon.core.Cleared;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.StorageStatistics;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.Timeframe;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/** What the cache holds, and its emptying. */
final class CacheEndpoint {
  private static final Set<String> CLEARING = Set.of("symbol", "older_than_days", "confirm");
  private static final int MOST_DAYS = 100_000;

  private final CacheControl cache;

  CacheEndpoint(CacheControl cache) {
    this.cache = cache;
  }

  /** {@code GET /api/v1/cache/stats}. */
  Answer statistics(Call call) {
    call.fields(Set.of()).check();
    StorageStatistics held = cache.statistics();
    return Answer.json(
        Json.object(
            json -> {
              json.writeNumberProperty("symbols", held.symbols());
              json.writeNumberProperty("files", held.parts());
              json.writeNumberProperty("bars", held.rows());
              json.writeNumberProperty("bytes", held.bytes());
              json.writeObjectPropertyStart("bars_by_timeframe");
              for (Timeframe base :
                  List.of(Timeframe.SECOND_1, Timeframe.MINUTE_1, Timeframe.DAY_1)) {
                json.writeNumberProperty(base.toString(), held.rowsOf().getOrDefault(base, 0L));
              }
              json.writeEndObject();
              time(json, "oldest", held.earliest());
              time(json, "newest", held.latest());
              json.writeObjectPropertyStart("ticks");
              json.writeNumberProperty("symbols", held.ticks().symbols());
              json.writeNumberProperty("days", held.ticks().days());
              json.writeNumberProperty("ticks", held.ticks().rows());
              json.writeNumberProperty("bytes", held.ticks().bytes());
              json.writeEndObject();
            }));
  }

  private static void time(JsonGenerator json, String name, Optional<Instant> at) {
    json.writeName(name);
    if (at.isEmpty()) {
      json.writeNull();
    } else {
      json.writeString(new IsoTime(Market.NEW_YORK).format(at.get()));
    }
  }

  /** {@code DELETE /api/v1/cache}: emptying all of it needs a word more. */
  Answer clear(Call call) {
    RequestFields fields = call.fields(CLEARING);
    Optional<Ticker> symbol = fields.optional("symbol", Ticker::of);
    int days = fields.number("older_than_days", -1, 0, MOST_DAYS);
    Optional<String> confirm = fields.optional("confirm", text -> text);
    boolean all = symbol.isEmpty() && days < 0;
    if (confirm.isPresent() ? !confirm.get().equals("all") : all) {
      fields.problem(
          "confirm", "name a symbol or older_than_days; confirm=all empties the whole cache");
    }
    fields.check();
    Cleared cleared = cache.clear(symbol, days < 0 ? OptionalInt.empty() : OptionalInt.of(days));
    return Answer.json(
        Json.object(
            json -> {
              json.writeNumberProperty("symbols", cleared.symbols());
              json.writeNumberProperty("files", cleared.parts());
              json.writeNumberProperty("bytes", cleared.bytes());
            }));
  }
}
