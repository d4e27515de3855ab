package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.catalogue.Catalogue;
import com.alphaxiii.polygon.catalogue.Field;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The endpoints of economic series. Each series wanders smoothly about its mean; prices and wages
 * grow. A series has no value in rows from before it began.
 */
final class EconomyApi {
  /** The middle, the height of the waves, and what is added for each year since 2000. */
  private record Shape(double mean, double wave, double growth, int since) {}

  private static final Map<String, Shape> SHAPES =
      Map.ofEntries(
          Map.entry("cpi", new Shape(170, 1, 5.5, 1947)),
          Map.entry("cpi_core", new Shape(180, 1, 5.2, 1957)),
          Map.entry("cpi_year_over_year", new Shape(3, 2, 0, 1948)),
          Map.entry("pce", new Shape(78, 0.5, 1.9, 1959)),
          Map.entry("pce_core", new Shape(80, 0.5, 1.8, 1959)),
          Map.entry("pce_spending", new Shape(6_700, 50, 480, 1959)),
          Map.entry("avg_hourly_earnings", new Shape(19, 0.2, 0.65, 2006)),
          Map.entry("job_openings", new Shape(5_000, 1_500, 90, 2000)),
          Map.entry("labor_force_participation_rate", new Shape(64, 2, 0, 1948)),
          Map.entry("unemployment_rate", new Shape(5.5, 2, 0, 1948)),
          Map.entry("yield_1_month", new Shape(4, 2.5, 0, 2001)),
          Map.entry("yield_3_month", new Shape(4.1, 2.5, 0, 1981)),
          Map.entry("yield_6_month", new Shape(4.2, 2.4, 0, 1981)),
          Map.entry("yield_1_year", new Shape(4.3, 2.3, 0, 1962)),
          Map.entry("yield_2_year", new Shape(4.4, 2.2, 0, 1976)),
          Map.entry("yield_3_year", new Shape(4.5, 2.1, 0, 1962)),
          Map.entry("yield_5_year", new Shape(4.7, 2, 0, 1962)),
          Map.entry("yield_7_year", new Shape(4.9, 1.9, 0, 1969)),
          Map.entry("yield_10_year", new Shape(5.1, 1.8, 0, 1962)),
          Map.entry("yield_20_year", new Shape(5.4, 1.7, 0, 1993)),
          Map.entry("yield_30_year", new Shape(5.5, 1.6, 0, 1977)));

  private static final Shape RATE = new Shape(2.5, 1, 0, 1982);
  private static final Shape VOLUME = new Shape(1_000, 300, 20, 2000);
  private static final LocalDate YIELDS_FROM = LocalDate.of(1962, 1, 2);
  private static final LocalDate FUNDING_FROM = LocalDate.of(2014, 8, 22);
  private static final LocalDate MONTHS_FROM = LocalDate.of(1982, 1, 1);
  private static final int MONTHLY_LAG_DAYS = 40;

  private final InstantSource clock;

  EconomyApi(InstantSource clock) {
    this.clock = clock;
  }

  List<Route> routes() {
    return Stream.of(
            "/fed/v1/inflation",
            "/fed/v1/inflation-expectations",
            "/fed/v1/labor-market",
            "/fed/v1/treasury-yields",
            "/fed/v1/funding-conditions")
        .map(this::route)
        .toList();
  }

  private Route route(String path) {
    Listing listing = Listing.described(path);
    List<String> series =
        Catalogue.of().find(path).orElseThrow().fields().stream()
            .map(Field::name)
            .filter(name -> !name.equals("date"))
            .toList();
    return new Route(
        path,
        Family.REFERENCE,
        call ->
            listing.answer(
                call,
                clock,
                (c, asOf) -> {
                  Stream<Row> rows =
                      dates(path, asOf).map(date -> new Row().put("date", date.toString()));
                  // The values of thousands of days are needed only to sort by one of them.
                  return c.find("sort").isPresent() ? rows.map(row -> fill(row, series)) : rows;
                },
                row -> fill(row, series)));
  }

  /** Yields and funding come each weekday, all else for the first of a month some weeks after. */
  private static Stream<LocalDate> dates(String path, Instant asOf) {
    LocalDate today = Days.dayOf(asOf.toEpochMilli());
    boolean yields = path.endsWith("treasury-yields");
    if (yields || path.endsWith("funding-conditions")) {
      return (yields ? YIELDS_FROM : FUNDING_FROM)
          .datesUntil(today)
          .filter(day -> day.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) <= 0);
    }
    return Stream.iterate(
        MONTHS_FROM,
        month -> !month.isAfter(today.minusDays(MONTHLY_LAG_DAYS)),
        month -> month.plusMonths(1));
  }

  private static Row fill(Row row, List<String> series) {
    LocalDate date = LocalDate.parse(String.valueOf(row.get("date")));
    for (String name : series) {
      Shape shape =
          SHAPES.getOrDefault(
              name, name.contains("volume") || name.contains("amount") ? VOLUME : RATE);
      if (date.getYear() >= shape.since()) {
        row.put(name, value(name, shape, date));
      }
    }
    return row;
  }

  private static double value(String name, Shape shape, LocalDate date) {
    double years = date.getYear() - 2000 + date.getDayOfYear() / 365.25;
    double phase = 2 * Math.PI * Mix.unit(Mix.hash(41, name));
    double noise = 0.02 * (Mix.unit(Mix.hash(43, name + date)) - 0.5);
    double wave = Math.sin(years / 1.7 + phase) * 0.7 + Math.sin(years * 2.3 + phase) * 0.3 + noise;
    double value = shape.mean() + shape.growth() * years + shape.wave() * wave;
    return Math.round(Math.max(0.01, value) * 100) / 100.0;
  }
}
