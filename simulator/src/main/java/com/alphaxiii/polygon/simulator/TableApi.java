package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.catalogue.Catalogue;
import com.alphaxiii.polygon.catalogue.DataType;
import com.alphaxiii.polygon.catalogue.Endpoint;
import com.alphaxiii.polygon.catalogue.Field;
import com.alphaxiii.polygon.catalogue.State;
import com.alphaxiii.polygon.catalogue.ValueType;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The endpoints of tables that nothing else here has to agree with: partners' data, texts of
 * filings, classifications. Their rows are made of the description of their columns, so that they
 * look right, hold together within a row and are the same each time.
 */
final class TableApi {
  private static final int EVENTS = 8;
  private static final int DAYS_APART = 30;
  private static final int LIST_LENGTH = 40;
  private static final List<String> TICKERS =
      List.of("ticker", "composite_ticker", "tickers", "merchant_ticker");

  private final Universe universe;
  private final InstantSource clock;

  TableApi(Universe universe, InstantSource clock) {
    this.universe = universe;
    this.clock = clock;
  }

  /**
   * A route for each table that the catalogue knows and nobody else answers.
   *
   * @param taken paths that are answered already
   */
  List<Route> routes(Set<String> taken) {
    return Catalogue.of().all().stream()
        .filter(endpoint -> endpoint.state() != State.UNSERVED && endpoint.answer().list())
        .filter(endpoint -> endpoint.answer().key().equals(List.of("results")))
        .filter(endpoint -> !taken.contains(endpoint.path()))
        .filter(endpoint -> endpoint.path().split("/", -1).length > 3)
        .flatMap(this::routes)
        .toList();
  }

  private Stream<Route> routes(Endpoint endpoint) {
    Listing listing = Listing.described(endpoint.path());
    var table = new Table(endpoint);
    return endpoint.paths().stream()
        .map(path -> route(path, family(endpoint.data()), listing.at(path), table));
  }

  private Route route(String path, Family family, Listing listing, Table table) {
    return new Route(path, family, call -> listing.answer(call, clock, table::rows));
  }

  private static Family family(DataType data) {
    return data.partner() ? Family.PARTNER : Family.REFERENCE;
  }

  /** The rows of one table. */
  private final class Table {
    private final Endpoint endpoint;
    private final Optional<String> ticker;
    private final boolean dated;
    private final Set<String> kept;

    Table(Endpoint endpoint) {
      this.endpoint = endpoint;
      this.ticker =
          TICKERS.stream()
              .filter(name -> Field.find(endpoint.fields(), name).isPresent())
              .findFirst()
              .or(() -> ofPath("ticker"));
      this.dated =
          endpoint.fields().stream()
              .anyMatch(f -> f.type() == ValueType.DATE || f.type() == ValueType.DATE_TIME);
      this.kept = Set.copyOf(endpoint.identity());
    }

    private Optional<String> ofPath(String name) {
      return endpoint.pathParameters().stream().anyMatch(p -> p.name().equals(name))
          ? Optional.of(name)
          : Optional.empty();
    }

    Stream<Row> rows(Call call, Instant asOf) {
      LocalDate today = Days.dayOf(asOf.toEpochMilli());
      if (ticker.isEmpty()) {
        return IntStream.range(0, LIST_LENGTH)
            .mapToObj(i -> row(Company.of("LIST" + (char) ('A' + i % 26)), i, today));
      }
      boolean funds = endpoint.path().startsWith("/etf-global/");
      Stream<Company> companies =
          ofPath("ticker").isPresent()
              ? call.path().stream().filter(universe::knows).map(Company::of)
              : universe
                  .companies(call, ticker.get())
                  .filter(company -> Profile.of(company).isFund() == funds);
      return companies.flatMap(
          company -> IntStream.range(0, dated ? EVENTS : 1).mapToObj(i -> row(company, i, today)));
    }

    private Row row(Company company, int number, LocalDate today) {
      // The same days whenever one asks, save that there are newer ones later.
      long slot = today.toEpochDay() / DAYS_APART - number;
      long seed = Mix.mix(Mix.hash(53, endpoint.path() + company.symbol()) ^ slot);
      LocalDate day =
          LocalDate.ofEpochDay(slot * DAYS_APART - Math.floorMod(seed, (long) DAYS_APART));
      int place = dated ? (int) Math.floorMod(slot, (long) EVENTS) : number;
      var values = new TableValues(endpoint, Profile.of(company), day, place, seed);
      var row = new Row();
      for (Field field : endpoint.fields()) {
        row.put(field.name(), values.of(field, kept.contains(field.name())));
      }
      return row;
    }
  }
}
