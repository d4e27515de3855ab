package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.calendar.MarketCalendar;
import com.alphaxiii.polygon.calendar.MarketMoment;
import com.alphaxiii.polygon.calendar.TradingDay;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.PolygonException;
import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/** When US equities trade: now, and on which days. */
final class MarketEndpoint {
  private static final Set<String> RANGE = Set.of("start", "end");
  private static final int MOST_DAYS = 10 * 366;

  private final MarketCalendar calendar;
  private final InstantSource clock;

  MarketEndpoint(MarketCalendar calendar, InstantSource clock) {
    this.calendar = calendar;
    this.clock = clock;
  }

  /** {@code GET /api/v1/market}. */
  Answer now(Call call) {
    call.fields(Set.of()).check();
    MarketMoment now = MarketMoment.of(calendar, clock.instant());
    IsoTime time = new IsoTime(Market.NEW_YORK);
    return Answer.json(
        Json.object(
            json -> {
              json.writeStringProperty("market", now.phase().toString());
              json.writeName("session");
              if (now.session().isPresent()) {
                json.writeString(now.session().get());
              } else {
                json.writeNull();
              }
              json.writeStringProperty("server_time", time.format(now.at()));
              json.writeBooleanProperty("trading_day", now.day().isPresent());
              json.writeBooleanProperty("early_close", now.earlyClose());
              json.writeStringProperty("next_open", time.format(now.nextOpen()));
              json.writeStringProperty("next_close", time.format(now.nextClose()));
            }));
  }

  /** {@code GET /api/v1/calendar}. */
  Answer days(Call call) {
    RequestFields fields = call.fields(RANGE);
    Optional<LocalDate> start = fields.required("start", text -> day("start", text));
    Optional<LocalDate> end = fields.required("end", text -> day("end", text));
    if (start.isPresent() && end.isPresent()) {
      if (end.get().isBefore(start.get())) {
        fields.problem("end", "end lies before start");
      } else if (ChronoUnit.DAYS.between(start.get(), end.get()) > MOST_DAYS) {
        fields.problem("end", "ask for ten years at most at a time");
      }
    }
    fields.check();
    List<TradingDay> days =
        calendar.tradingDays(RequestFields.sure(start), RequestFields.sure(end));
    IsoTime time = new IsoTime(Market.NEW_YORK);
    return Answer.json(
        Json.object(
            json -> {
              json.writeStringProperty("start", RequestFields.sure(start).toString());
              json.writeStringProperty("end", RequestFields.sure(end).toString());
              json.writeNumberProperty("count", days.size());
              json.writeArrayPropertyStart("days");
              days.forEach(each -> write(json, each, time));
              json.writeEndArray();
            }));
  }

  private static void write(JsonGenerator json, TradingDay day, IsoTime time) {
    json.writeStartObject();
    json.writeStringProperty("date", day.date().toString());
    json.writeBooleanProperty("early_close", day.earlyClose());
    json.writeStringProperty("pre_open", time.format(day.preOpen()));
    json.writeStringProperty("open", time.format(day.open()));
    json.writeStringProperty("close", time.format(day.close()));
    json.writeStringProperty("post_close", time.format(day.postClose()));
    json.writeEndObject();
  }

  private static LocalDate day(String field, String text) {
    try {
      LocalDate day = LocalDate.parse(text);
      if (day.getYear() >= 1900 && day.getYear() <= 2200) {
        return day;
      }
    } catch (DateTimeException e) {
      // Told below, as for a day out of all calendars.
    }
    throw new PolygonException.InvalidRequest(
        field, text, "'%s' is not a date such as 2024-01-31, from 1900 to 2200".formatted(text));
  }
}
