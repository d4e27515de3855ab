package com.alphaxiii.polygon.simulator;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;

/** The endpoint of news: every company is in the news once in a while. */
final class NewsApi {
  private static final Listing NEWS =
      Listing.classic("/v2/reference/news")
          .ranges("ticker")
          .filter(new Filter("published_utc", Filter.Kind.DATE_TIME, Filter.RANGE))
          .sorted("published_utc.desc");
  private static final LocalDate FIRST = LocalDate.of(2016, 6, 22);

  /** A company has one article in so many days. */
  private static final int DAYS_APART = 20;

  private static final List<String> SENTIMENTS = List.of("positive", "neutral", "negative");
  private static final List<String> HEADLINES =
      List.of(
          "%s opens a new chapter",
          "What analysts make of %s",
          "%s and the road ahead",
          "Shares of %s in focus",
          "%s tells its plans for the year");

  private final Universe universe;
  private final InstantSource clock;

  NewsApi(Universe universe, InstantSource clock) {
    this.universe = universe;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(new Route("/v2/reference/news", Family.REFERENCE, this::news));
  }

  private byte[] news(Call call) {
    return NEWS.answer(call, clock, this::headlines, NewsApi::article);
  }

  /** The company and the time of each article. */
  private Stream<Row> headlines(Call call, Instant asOf) {
    LocalDate today = LocalDate.ofInstant(asOf, ZoneOffset.UTC);
    return universe
        .companies(call, "ticker")
        .flatMap(
            company -> {
              long own = Mix.hash(31, company.symbol());
              LocalDate first = FIRST.plusDays(Math.floorMod(own, DAYS_APART));
              return Stream.iterate(first, day -> !day.isAfter(today), d -> d.plusDays(DAYS_APART))
                  .filter(company::tradesOn)
                  .map(day -> headline(company.symbol(), day, own))
                  .filter(row -> !Instant.parse(row.get("published_utc") + "").isAfter(asOf));
            });
  }

  private static Row headline(String symbol, LocalDate day, long own) {
    long second = Math.floorMod(Mix.mix(own ^ day.toEpochDay()), 86_400L);
    return new Row()
        .put("ticker", symbol)
        .put("published_utc", day.atStartOfDay(ZoneOffset.UTC).plusSeconds(second).toInstant());
  }

  private static Row article(Row headline) {
    Company company = Company.of(String.valueOf(headline.get("ticker")));
    String published = String.valueOf(headline.get("published_utc"));
    long own = Mix.hash(37, company.symbol() + published);
    String id = "%016x%016x".formatted(own, Mix.mix(own));
    String title = HEADLINES.get(pick(own, HEADLINES.size())).formatted(company.name());
    String address = "https://news.example.com/" + id;
    return new Row()
        .put("id", id)
        .put(
            "publisher",
            new Row()
                .put("name", "Example Wire")
                .put("homepage_url", "https://news.example.com/")
                .put("logo_url", "https://news.example.com/logo.svg")
                .put("favicon_url", "https://news.example.com/favicon.ico"))
        .put("title", title)
        .put("author", "The editors")
        .put("published_utc", published)
        .put("article_url", address)
        .put("tickers", List.of(company.symbol()))
        .put("amp_url", pick(own >>> 8, 4) == 0 ? null : address + "/amp")
        .put("image_url", address + ".jpg")
        .put("description", title + ": more within.")
        .put("keywords", List.of("markets", Profile.of(company).industry().sector()))
        .put("insights", pick(own >>> 16, 3) == 0 ? null : List.of(insight(company, own)));
  }

  private static Row insight(Company company, long own) {
    return new Row()
        .put("ticker", company.symbol())
        .put("sentiment", SENTIMENTS.get(pick(own >>> 24, SENTIMENTS.size())))
        .put("sentiment_reasoning", "How the article speaks of " + company.name());
  }

  private static int pick(long bits, int of) {
    return (int) Math.floorMod(bits, (long) of);
  }
}
