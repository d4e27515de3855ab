package com.alphaxiii.polygon.simulator;

import java.util.List;
import java.util.Locale;

/**
 * What registers tell of a company, made of its character: identifiers in their registers' forms,
 * where it sits, what it does, how many shares it has.
 */
record Profile(
    Company company,
    String cik,
    String compositeFigi,
    String shareClassFigi,
    String cusip,
    Industry industry,
    Place place,
    int employees,
    long shares) {

  private static final String FIGI_LETTERS = "BCDFGHJKLMNPQRSTVWXYZ0123456789";

  /** A standard industrial classification. */
  record Industry(String sic, String description, String sector) {}

  /** Where a company has its office. */
  record Place(String city, String state, String postalCode) {}

  private static final List<Industry> INDUSTRIES =
      List.of(
          new Industry("3571", "ELECTRONIC COMPUTERS", "Technology"),
          new Industry("7372", "SERVICES-PREPACKAGED SOFTWARE", "Technology"),
          new Industry("3674", "SEMICONDUCTORS & RELATED DEVICES", "Technology"),
          new Industry("2834", "PHARMACEUTICAL PREPARATIONS", "Health Care"),
          new Industry("6021", "NATIONAL COMMERCIAL BANKS", "Financials"),
          new Industry("2911", "PETROLEUM REFINING", "Energy"),
          new Industry("5331", "RETAIL-VARIETY STORES", "Consumer Staples"),
          new Industry("3711", "MOTOR VEHICLES & PASSENGER CAR BODIES", "Consumer Discretionary"),
          new Industry("4911", "ELECTRIC SERVICES", "Utilities"),
          new Industry("3721", "AIRCRAFT", "Industrials"));
  private static final List<Place> PLACES =
      List.of(
          new Place("CUPERTINO", "CA", "95014"),
          new Place("NEW YORK", "NY", "10001"),
          new Place("AUSTIN", "TX", "78701"),
          new Place("SEATTLE", "WA", "98101"),
          new Place("CHICAGO", "IL", "60601"),
          new Place("BOSTON", "MA", "02110"),
          new Place("ATLANTA", "GA", "30303"),
          new Place("MINNEAPOLIS", "MN", "55402"));

  static Profile of(Company company) {
    var random = new Mix(Mix.hash(7, company.character()));
    String cik = "%010d".formatted(1_000 + random.below(1_900_000));
    String composite = figi(random);
    String shareClass = figi(random);
    String cusip = "%06d10%d".formatted(random.below(1_000_000), random.below(10));
    Industry industry = INDUSTRIES.get(random.below(INDUSTRIES.size()));
    Place place = PLACES.get(random.below(PLACES.size()));
    int employees = 1_000 + random.below(200_000);
    // So that a company's size goes with how much it trades.
    long shares = 1_000L * company.trades() * (100 + random.below(200));
    return new Profile(
        company, cik, composite, shareClass, cusip, industry, place, employees, shares);
  }

  private static String figi(Mix random) {
    var text = new StringBuilder("BBG00");
    for (int i = 0; i < 7; i++) {
      text.append(FIGI_LETTERS.charAt(random.below(FIGI_LETTERS.length())));
    }
    return text.toString();
  }

  String isin() {
    return "US" + cusip + "0";
  }

  boolean isFund() {
    return company.type().equals("ETF");
  }

  String homepage() {
    return "https://www.%s.example.com".formatted(slug());
  }

  /** The symbol as part of an address. */
  String slug() {
    return company.symbol().toLowerCase(Locale.ROOT).replace('.', '-');
  }

  /** Shares that the public can trade, of all shares, in percent. */
  double freeFloatPercent() {
    return 75 + Mix.hash(11, company.symbol()) % 40_000 / 2_000.0;
  }
}
