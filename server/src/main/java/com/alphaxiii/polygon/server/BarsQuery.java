package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.calendar.SessionBars;
import com.alphaxiii.polygon.core.Adjustment;
import com.alphaxiii.polygon.core.BarRequest;
import com.alphaxiii.polygon.core.InclusiveRange;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Session;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Timeframe;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A question for bars.
 *
 * @param timeframeText as it was asked for, and is told again
 * @param session whose bars alone are wanted; null for all
 * @param zone in which timestamps are told
 * @param limit most bars to answer with, counted from the first in the asked order
 */
record BarsQuery(
    BarRequest request,
    String timeframeText,
    String startText,
    String endText,
    boolean validate,
    @Nullable Session session,
    ZoneId zone,
    int limit,
    boolean descending) {
  static final int NO_LIMIT = Integer.MAX_VALUE;

  private static final Set<String> CHOICES =
      Set.of(
          "timeframe",
          "start_date",
          "end_date",
          "use_cache",
          "validate",
          "adjust",
          "as_of",
          "session",
          "timezone",
          "limit",
          "order");

  /** The names of all fields, and of some more. */
  static Set<String> fieldsAnd(String... more) {
    Set<String> names = new TreeSet<>(CHOICES);
    names.addAll(List.of(more));
    return names;
  }

  /** Throws {@link InvalidInput} with everything that is wrong. */
  static BarsQuery parse(JsonNode body) {
    return parse(RequestFields.of(body, fieldsAnd("symbol")));
  }

  /** The same of fields from anywhere. */
  static BarsQuery parse(RequestFields fields) {
    Optional<Ticker> ticker = fields.required("symbol", Ticker::of);
    Choices choices = Choices.read(fields, ticker);
    fields.check();
    return choices.of(RequestFields.sure(ticker));
  }

  /** Records what is wrong with the fields that hold for any symbol. */
  static void checkChoices(RequestFields fields) {
    Choices.read(fields, Optional.empty());
  }

  /** All but the symbol. */
  @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
  private record Choices(
      Optional<Timeframe> timeframe,
      Optional<Instant> start,
      Optional<Instant> end,
      Optional<Session> session,
      Adjustment adjust,
      Optional<LocalDate> asOf,
      ZoneId zone,
      boolean descending,
      int limit,
      boolean useCache,
      boolean validate,
      RequestFields fields) {
    static Choices read(RequestFields fields, Optional<Ticker> ticker) {
      Optional<Timeframe> timeframe = fields.required("timeframe", Timeframe::parse);
      ZoneId exchange = ticker.map(t -> t.market().zone()).orElse(Market.NEW_YORK);
      Optional<Instant> start =
          fields.required("start_date", text -> InclusiveRange.start(text, exchange));
      Optional<Instant> end =
          fields.required("end_date", text -> InclusiveRange.end(text, exchange));
      if (start.isPresent() && end.isPresent() && !end.get().isAfter(start.get())) {
        fields.problem("end_date", "end_date lies before start_date");
      }
      return new Choices(
          timeframe,
          start,
          end,
          BarsQuery.session(fields, ticker, timeframe),
          fields.optional("adjust", Adjustment::parse).orElse(Adjustment.SPLIT),
          fields.optional("as_of", BarsQuery::day),
          fields.optional("timezone", BarsQuery::zone).orElse(Market.NEW_YORK),
          fields.optional("order", BarsQuery::descending).orElse(false),
          fields.number("limit", NO_LIMIT, 1, NO_LIMIT),
          fields.flag("use_cache", true),
          fields.flag("validate", true),
          fields);
    }

    BarsQuery of(Ticker ticker) {
      BarRequest request =
          new BarRequest(
              ticker,
              RequestFields.sure(timeframe),
              TimeRange.of(RequestFields.sure(start), RequestFields.sure(end)),
              adjust,
              asOf.orElse(null),
              useCache);
      return new BarsQuery(
          request,
          text("timeframe"),
          text("start_date"),
          text("end_date"),
          validate,
          session.orElse(null),
          zone,
          limit,
          descending);
    }

    private String text(String field) {
      return RequestFields.sure(fields.optional(field, text -> text));
    }
  }

  private static Optional<Session> session(
      RequestFields fields, Optional<Ticker> ticker, Optional<Timeframe> timeframe) {
    Optional<Session> session = fields.optional("session", Session::parse).flatMap(found -> found);
    if (session.isPresent()) {
      if (timeframe.isPresent() && !timeframe.get().timespan().isIntraday()) {
        fields.problem(
            "session",
            "bars of a day or longer cover all sessions: ask for a timeframe within the day");
      }
      if (ticker.isPresent() && !SessionBars.hasSessions(ticker.get().market())) {
        fields.problem("session", "%s does not trade in sessions".formatted(ticker.get()));
      }
    }
    return session;
  }

  /** Whether an order is {@code desc}. */
  static boolean descending(String text) {
    return switch (text) {
      case "asc" -> false;
      case "desc" -> true;
      default ->
          throw new PolygonException.InvalidRequest(
              "order", text, "'%s' is not an order: use asc or desc".formatted(text));
    };
  }

  private static LocalDate day(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw new PolygonException.InvalidRequest(
          "as_of", text, "'%s' is not a date such as 2024-01-31".formatted(text));
    }
  }

  /** The zone so called. */
  static ZoneId zone(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw new PolygonException.InvalidRequest(
          "timezone",
          text,
          "'%s' is not a time zone such as America/New_York or UTC".formatted(text));
    }
  }
}
