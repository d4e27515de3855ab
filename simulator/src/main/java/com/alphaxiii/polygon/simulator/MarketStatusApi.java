package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.calendar.MarketCalendar;
import com.alphaxiii.polygon.calendar.TradingDay;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.Session;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** The endpoints of what is open now and what will be closed. */
final class MarketStatusApi {
  private static final List<String> INDEX_GROUPS =
      List.of(
          "s_and_p",
          "societe_generale",
          "msci",
          "ftse_russell",
          "mstar",
          "mstarc",
          "cccy",
          "cgi",
          "nasdaq",
          "dow_jones");
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSX");
  private static final DateTimeFormatter WITH_OFFSET =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx");

  private final MarketCalendar calendar = MarketCalendar.usEquities();
  private final InstantSource clock;

  MarketStatusApi(InstantSource clock) {
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        new Route("/v1/marketstatus/now", Family.REFERENCE, this::now),
        new Route("/v1/marketstatus/upcoming", Family.REFERENCE, this::upcoming));
  }

  /** {@code /v1/marketstatus/now}. */
  byte[] now(Call call) {
    Instant now = clock.instant();
    ZonedDateTime here = now.atZone(Market.NEW_YORK).truncatedTo(ChronoUnit.SECONDS);
    Optional<Session> session =
        calendar.tradingDay(here.toLocalDate()).flatMap(day -> day.sessionAt(now));
    String state =
        session.map(s -> s == Session.REGULAR ? "open" : "extended-hours").orElse("closed");
    return Json.bytes(
        json -> {
          json.writeStartObject();
          json.writeBooleanProperty("afterHours", session.equals(Optional.of(Session.POST)));
          json.writeObjectPropertyStart("currencies");
          json.writeStringProperty("crypto", "open");
          json.writeStringProperty("fx", forexIsOpen(here) ? "open" : "closed");
          json.writeEndObject();
          json.writeBooleanProperty("earlyHours", session.equals(Optional.of(Session.PRE)));
          json.writeObjectPropertyStart("exchanges");
          json.writeStringProperty("nasdaq", state);
          json.writeStringProperty("nyse", state);
          json.writeStringProperty("otc", state.equals("open") ? "open" : "closed");
          json.writeEndObject();
          json.writeObjectPropertyStart("indicesGroups");
          for (String group : INDEX_GROUPS) {
            json.writeStringProperty(group, state.equals("open") ? "open" : "closed");
          }
          json.writeEndObject();
          json.writeStringProperty("market", state);
          json.writeStringProperty("serverTime", here.format(WITH_OFFSET));
          json.writeEndObject();
        });
  }

  /** Sunday 17:00 to Friday 17:00, New York. */
  static boolean forexIsOpen(ZonedDateTime here) {
    return switch (here.getDayOfWeek()) {
      case SATURDAY -> false;
      case SUNDAY -> here.getHour() >= 17;
      case FRIDAY -> here.getHour() < 17;
      default -> true;
    };
  }

  /** {@code /v1/marketstatus/upcoming}: the closures and early closes of the next year. */
  byte[] upcoming(Call call) {
    LocalDate today = Days.dayOf(clock.millis());
    return Json.bytes(
        json -> {
          json.writeStartArray();
          today
              .datesUntil(today.plusYears(1))
              .filter(MarketStatusApi::isWeekday)
              .forEach(day -> holiday(json, day));
          json.writeEndArray();
        });
  }

  private static boolean isWeekday(LocalDate day) {
    return day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY;
  }

  private void holiday(JsonGenerator json, LocalDate day) {
    Optional<TradingDay> trading = calendar.tradingDay(day);
    if (trading.isEmpty()) {
      for (String exchange : List.of("NYSE", "NASDAQ", "OTC")) {
        json.writeStartObject();
        row(json, day, exchange, "closed");
        json.writeEndObject();
      }
    } else if (trading.get().earlyClose()) {
      for (String exchange : List.of("NYSE", "NASDAQ")) {
        json.writeStartObject();
        json.writeStringProperty("close", utc(trading.get().close()));
        row(json, day, exchange, "early-close");
        json.writeStringProperty("open", utc(trading.get().open()));
        json.writeEndObject();
      }
    }
  }

  private static void row(JsonGenerator json, LocalDate day, String exchange, String status) {
    json.writeStringProperty("date", day.toString());
    json.writeStringProperty("exchange", exchange);
    json.writeStringProperty("name", name(day));
    json.writeStringProperty("status", status);
  }

  private static String utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC).format(MILLIS);
  }

  /** The holiday that closes a weekday; each month has but one, save January. */
  private static String name(LocalDate day) {
    return switch (day.getMonth()) {
      case JANUARY -> day.getDayOfMonth() < 14 ? "New Years Day" : "Martin Luther King, Jr. Day";
      case FEBRUARY -> "Washington's Birthday";
      case MARCH, APRIL -> "Good Friday";
      case MAY -> "Memorial Day";
      case JUNE -> "Juneteenth";
      case JULY -> "Independence Day";
      case AUGUST, OCTOBER -> "Special closure";
      case SEPTEMBER -> "Labor Day";
      case NOVEMBER -> "Thanksgiving";
      case DECEMBER -> "Christmas";
    };
  }
}
