package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.Market;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The endpoints of shares sold short and of shares that trade freely. */
final class ShortDataApi {
  private static final Listing INTEREST = Listing.described("/stocks/v1/short-interest");
  private static final Listing VOLUME = Listing.described("/stocks/v1/short-volume");
  private static final Listing FLOAT = Listing.described("/stocks/vX/float");

  /** The figures of a settlement date are published some days after. */
  private static final int PUBLISHED_AFTER_DAYS = 9;

  private static final int MONTHS = 12;
  private static final int VOLUME_DAYS = 10;

  private final Universe universe;
  private final DayBars days;
  private final InstantSource clock;

  ShortDataApi(Universe universe, DayBars days, InstantSource clock) {
    this.universe = universe;
    this.days = days;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        new Route(
            "/stocks/v1/short-interest",
            Family.REFERENCE,
            call -> INTEREST.answer(call, clock, this::interest)),
        new Route(
            "/stocks/v1/short-volume",
            Family.REFERENCE,
            call -> VOLUME.answer(call, clock, this::volume)),
        new Route(
            "/stocks/vX/float", Family.REFERENCE, call -> FLOAT.answer(call, clock, this::floats)));
  }

  private Stream<Row> interest(Call call, Instant asOf) {
    LocalDate last = Days.dayOf(asOf.toEpochMilli()).minusDays(PUBLISHED_AFTER_DAYS);
    List<LocalDate> dates = settlements(last);
    return universe
        .companies(call, "ticker")
        .flatMap(company -> dates.stream().map(date -> interest(Profile.of(company), date)));
  }

  /** The 15th and the last of each month, or the weekday before. */
  private static List<LocalDate> settlements(LocalDate last) {
    var dates = new ArrayList<LocalDate>();
    LocalDate first = last.withDayOfMonth(1).minusMonths(MONTHS);
    for (LocalDate month = first; !month.isAfter(last); month = month.plusMonths(1)) {
      for (LocalDate day : List.of(month.withDayOfMonth(15), month.plusMonths(1).minusDays(1))) {
        LocalDate settled = day;
        while (settled.getDayOfWeek().getValue() > 5) {
          settled = settled.minusDays(1);
        }
        if (!settled.isAfter(last)) {
          dates.add(settled);
        }
      }
    }
    return dates;
  }

  private static Row interest(Profile profile, LocalDate date) {
    var random = new Mix(Mix.hash(23, profile.company().symbol() + date));
    long average = 100L * profile.company().trades() * (80 + random.below(40)) / 100;
    long sold = (long) (average * (0.4 + 6 * random.uniform()));
    double toCover = Math.max(1, Math.round(100.0 * sold / average) / 100.0);
    return new Row()
        .put("avg_daily_volume", average)
        .put("days_to_cover", toCover)
        .put("settlement_date", date.toString())
        .put("short_interest", sold)
        .put("ticker", profile.company().symbol());
  }

  /** A part of what the tape shows of each of the last days. */
  private Stream<Row> volume(Call call, Instant asOf) {
    LocalDate today = Days.dayOf(asOf.toEpochMilli());
    return universe
        .asked(call, "ticker", Market.STOCKS)
        .flatMap(
            symbol -> {
              var rows = new ArrayList<Row>();
              Optional<DayBar> bar = days.before(symbol, today);
              for (int i = 0; i < VOLUME_DAYS && bar.isPresent(); i++) {
                rows.add(volume(symbol, bar.get()));
                bar = days.before(symbol, bar.get().day());
              }
              return rows.stream();
            });
  }

  private static Row volume(String symbol, DayBar bar) {
    var random = new Mix(Mix.hash(29, symbol + bar.day()));
    long total = (long) (bar.volume() * (0.35 + 0.15 * random.uniform()));
    long carteret = (long) (total * (0.3 + 0.1 * random.uniform()));
    long chicago = total / 50;
    long nyse = total / 20;
    long exempt = carteret / 200;
    long sold = carteret + chicago + nyse;
    return new Row()
        .put("adf_short_volume", 0)
        .put("adf_short_volume_exempt", 0)
        .put("date", bar.day().toString())
        .put("exempt_volume", exempt)
        .put("nasdaq_carteret_short_volume", carteret)
        .put("nasdaq_carteret_short_volume_exempt", exempt)
        .put("nasdaq_chicago_short_volume", chicago)
        .put("nasdaq_chicago_short_volume_exempt", 0)
        .put("non_exempt_volume", sold - exempt)
        .put("nyse_short_volume", nyse)
        .put("nyse_short_volume_exempt", 0)
        .put("short_volume", sold)
        .put("short_volume_ratio", total == 0 ? 0 : Math.round(1e4 * sold / total) / 100.0)
        .put("ticker", symbol)
        .put("total_volume", total);
  }

  private Stream<Row> floats(Call call, Instant asOf) {
    LocalDate month = Days.dayOf(asOf.toEpochMilli()).withDayOfMonth(1);
    return universe
        .companies(call, "ticker")
        .map(Profile::of)
        .filter(profile -> !profile.isFund())
        .map(
            profile -> {
              double percent = Math.round(profile.freeFloatPercent() * 100) / 100.0;
              return new Row()
                  .put("effective_date", month.toString())
                  .put("free_float", (long) (profile.shares() * percent / 100))
                  .put("free_float_percent", percent)
                  .put("ticker", profile.company().symbol());
            });
  }
}
