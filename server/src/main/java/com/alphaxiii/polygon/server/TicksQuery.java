package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.InclusiveRange;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.TickRequest;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TimeRange;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;

/**
 * A question for trades or quotes of the past.
 *
 * @param startText as it was asked for, and is told again
 * @param zone in which timestamps are told
 * @param limit most ticks to answer with, in the asked order
 */
record TicksQuery(
    TickRequest request,
    String startText,
    String endText,
    ZoneId zone,
    int limit,
    Optional<Format> format) {
  private static final Set<String> FIELDS =
      Set.of("start", "end", "limit", "order", "timezone", "use_cache", "format");

  /** Throws {@link InvalidInput} with everything that is wrong. */
  static TicksQuery parse(Call call) {
    RequestFields fields = call.fields(FIELDS);
    Optional<Ticker> ticker = fields.required("symbol", Ticker::of);
    ZoneId exchange = ticker.map(t -> t.market().zone()).orElse(Market.NEW_YORK);
    Optional<Instant> start =
        fields.required("start", text -> InclusiveRange.start(text, exchange));
    Optional<Instant> end = fields.required("end", text -> end(text, exchange));
    if (start.isPresent() && end.isPresent() && !end.get().isAfter(start.get())) {
      fields.problem("end", "end lies before start");
    }
    ZoneId zone = fields.optional("timezone", BarsQuery::zone).orElse(Market.NEW_YORK);
    boolean descending = fields.optional("order", BarsQuery::descending).orElse(false);
    int limit = fields.number("limit", BarsQuery.NO_LIMIT, 1, BarsQuery.NO_LIMIT);
    boolean useCache = fields.flag("use_cache", true);
    Optional<Format> format = fields.optional("format", Format::parse);
    fields.check();
    TimeRange range = TimeRange.of(RequestFields.sure(start), RequestFields.sure(end));
    return new TicksQuery(
        new TickRequest(RequestFields.sure(ticker), range, descending, useCache),
        RequestFields.sure(fields.optional("start", text -> text)),
        RequestFields.sure(fields.optional("end", text -> text)),
        zone,
        limit,
        format);
  }

  /** Just after a range that ends so: midnight after a date, a nanosecond after a time. */
  private static Instant end(String text, ZoneId exchange) {
    boolean time = text.indexOf('T') >= 0 || text.strip().indexOf(' ') >= 0;
    return time
        ? InclusiveRange.start(text, exchange).plusNanos(1)
        : InclusiveRange.end(text, exchange);
  }
}
