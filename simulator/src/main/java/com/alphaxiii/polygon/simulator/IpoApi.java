package com.alphaxiii.polygon.simulator;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The endpoint of offerings: those of listed companies, and some that are to come. */
final class IpoApi {
  private static final Listing OFFERINGS =
      Listing.classic("/vX/reference/ipos")
          .exact("ticker", "us_code", "isin", "ipo_status")
          .ranges("listing_date")
          .sorted(
              "listing_date.desc",
              "ticker",
              "last_updated",
              "security_type",
              "issuer_name",
              "currency_code",
              "isin",
              "us_code",
              "final_issue_price",
              "min_shares_offered",
              "max_shares_offered",
              "lowest_offer_price",
              "highest_offer_price",
              "total_offer_size",
              "shares_outstanding",
              "primary_exchange",
              "lot_size",
              "security_description",
              "ipo_status",
              "announced_date");
  private static final List<String> COMING = List.of("QNEWA", "QNEWB", "QNEWC");
  private static final List<String> STATES = List.of("pending", "postponed", "rumor");

  private final Universe universe;
  private final InstantSource clock;

  IpoApi(Universe universe, InstantSource clock) {
    this.universe = universe;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        new Route(
            "/vX/reference/ipos",
            Family.REFERENCE,
            call -> OFFERINGS.answer(call, clock, this::offerings)));
  }

  private Stream<Row> offerings(Call call, Instant asOf) {
    LocalDate today = Days.dayOf(asOf.toEpochMilli());
    var rows = new ArrayList<Row>();
    universe
        .companies(call, "ticker")
        .filter(company -> company.listed() != null && !company.listed().isAfter(today))
        .forEach(company -> rows.add(done(company, company.listed())));
    for (int i = 0; i < COMING.size(); i++) {
      rows.add(coming(COMING.get(i), STATES.get(i), today.plusDays(7L * (i + 1)), today));
    }
    return rows.stream();
  }

  private static Row offering(Company company, String status) {
    Profile profile = Profile.of(company);
    return new Row()
        .put("ticker", company.symbol())
        .put("issuer_name", company.name())
        .put("ipo_status", status)
        .put("security_type", company.type())
        .put("security_description", company.name() + " - Common Stock")
        .put("currency_code", "USD")
        .put("isin", profile.isin())
        .put("us_code", profile.cusip())
        .put("lot_size", 100)
        .put("primary_exchange", company.exchange())
        .put("shares_outstanding", profile.shares());
  }

  /** The wire has {@code issue_start_date}, which the vendor's schema does not. */
  private static Row done(Company company, LocalDate listed) {
    double price = company.price();
    long shares = Profile.of(company).shares() / 10;
    return offering(company, "history")
        .put("announced_date", listed.minusDays(30).toString())
        .put("issue_start_date", listed.minusDays(1).toString())
        .put("listing_date", listed.toString())
        .put("last_updated", listed.toString())
        .put("final_issue_price", price)
        .put("lowest_offer_price", price)
        .put("highest_offer_price", price)
        .put("min_shares_offered", shares)
        .put("max_shares_offered", shares)
        .put("total_offer_size", price * shares);
  }

  private static Row coming(String symbol, String status, LocalDate listing, LocalDate today) {
    Company company = Company.of(symbol);
    double lowest = Math.floor(company.price() * 0.9);
    return offering(company, status)
        .put("announced_date", today.minusDays(20).toString())
        .put("listing_date", status.equals("pending") ? listing.toString() : null)
        .put("last_updated", today.toString())
        .put("lowest_offer_price", lowest)
        .put("highest_offer_price", lowest + 2)
        .put("min_shares_offered", 1_000_000)
        .put("max_shares_offered", 1_500_000);
  }
}
