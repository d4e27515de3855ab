package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.calendar.MarketCalendar;
import com.alphaxiii.polygon.core.Dividend;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.Split;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The endpoints of splits and dividends, in the older form and in the newer. */
final class ActionsApi {
  private static final Listing SPLITS =
      Listing.classic("/v3/reference/splits")
          .ranges("ticker", "execution_date")
          .sorted("execution_date.desc", "ticker");
  private static final Listing DIVIDENDS =
      Listing.classic("/v3/reference/dividends")
          .ranges("ticker", "ex_dividend_date", "record_date", "declaration_date", "pay_date")
          .numberRanges("cash_amount")
          .filter(new Filter("frequency", Filter.Kind.NUMBER, Set.of()))
          .exact("dividend_type")
          .sorted(
              "ex_dividend_date.desc",
              "ticker",
              "cash_amount",
              "pay_date",
              "declaration_date",
              "record_date");
  private static final Listing NEW_SPLITS = Listing.described("/stocks/v1/splits");
  private static final Listing NEW_DIVIDENDS = Listing.described("/stocks/v1/dividends");

  private static final LocalDate NEXT_DAY_SETTLEMENT = LocalDate.of(2024, 5, 28);

  private final MarketData data;
  private final Universe universe;
  private final DayBars days;
  private final InstantSource clock;
  private final MarketCalendar calendar = MarketCalendar.usEquities();

  ActionsApi(MarketData data, Universe universe, DayBars days, InstantSource clock) {
    this.data = data;
    this.universe = universe;
    this.days = days;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        new Route(
            "/v3/reference/splits",
            Family.REFERENCE,
            call -> SPLITS.answer(call, clock, this::splits)),
        new Route(
            "/v3/reference/dividends",
            Family.REFERENCE,
            call -> DIVIDENDS.answer(call, clock, this::dividends)),
        new Route(
            "/stocks/v1/splits",
            Family.REFERENCE,
            call -> NEW_SPLITS.answer(call, clock, this::newSplits)),
        new Route(
            "/stocks/v1/dividends",
            Family.REFERENCE,
            call -> NEW_DIVIDENDS.answer(call, clock, this::newDividends)));
  }

  private Stream<Split> all(Call call) {
    return universe
        .asked(call, "ticker", Market.STOCKS)
        .flatMap(symbol -> data.splits(symbol).stream());
  }

  private Stream<Row> splits(Call call, Instant asOf) {
    Optional<Boolean> reverse =
        call.find("reverse_split").map(text -> call.flag("reverse_split", false));
    return all(call)
        .filter(split -> reverse.map(r -> r == isReverse(split)).orElse(true))
        .map(ActionsApi::split);
  }

  private static boolean isReverse(Split split) {
    return split.from() > split.to();
  }

  private static Row split(Split split) {
    return new Row()
        .put("id", id("E", split.ticker().symbol(), split.executionDate()))
        .put("execution_date", split.executionDate().toString())
        .put("split_from", split.from())
        .put("split_to", split.to())
        .put("ticker", split.ticker().symbol());
  }

  private Stream<Row> newSplits(Call call, Instant asOf) {
    return all(call)
        .map(
            split ->
                split(split)
                    .put("adjustment_type", isReverse(split) ? "reverse_split" : "forward_split")
                    .put("historical_adjustment_factor", splitFactor(split)));
  }

  /** What a raw price from just before a split is multiplied by: that split and all since. */
  private double splitFactor(Split split) {
    return 1
        / splitRatio(split.ticker().symbol(), split.executionDate().minusDays(1))
            .orElse(split.to() / split.from());
  }

  /** As the bars of a day are adjusted; empty when nothing has happened to them. */
  private Optional<Double> splitRatio(String symbol, LocalDate day) {
    LocalDate today = Days.dayOf(clock.millis());
    double ratio = new Splits(data.splits(symbol), today).ratioAt(Days.startOf(day));
    return ratio == 1 ? Optional.empty() : Optional.of(ratio);
  }

  private Stream<Dividend> paid(Call call) {
    return universe
        .asked(call, "ticker", Market.STOCKS)
        .flatMap(symbol -> data.dividends(symbol).stream());
  }

  private Stream<Row> dividends(Call call, Instant asOf) {
    return paid(call)
        .map(dividend -> dividend(dividend).put("dividend_type", "CD").put("frequency", 4));
  }

  private Row dividend(Dividend dividend) {
    LocalDate ex = dividend.exDate();
    return new Row()
        .put("cash_amount", dividend.cash())
        .put("currency", dividend.currency())
        .put("declaration_date", ex.minusDays(21).toString())
        .put("ex_dividend_date", ex.toString())
        .put("id", id("D", dividend.ticker().symbol(), ex))
        .put("pay_date", ex.plusDays(21).toString())
        .put("record_date", recordDate(ex).toString())
        .put("ticker", dividend.ticker().symbol());
  }

  /** Since trades settle on the next day, the record date is the ex-date itself. */
  private LocalDate recordDate(LocalDate ex) {
    if (!ex.isBefore(NEXT_DAY_SETTLEMENT)) {
      return ex;
    }
    LocalDate next = ex.plusDays(1);
    while (calendar.tradingDay(next).isEmpty()) {
      next = next.plusDays(1);
    }
    return next;
  }

  private Stream<Row> newDividends(Call call, Instant asOf) {
    return universe.asked(call, "ticker", Market.STOCKS).flatMap(this::newDividends);
  }

  private Stream<Row> newDividends(String symbol) {
    List<Dividend> newestFirst = data.dividends(symbol).reversed();
    var rows = new ArrayList<Row>();
    double factor = 1;
    LocalDate today = Days.dayOf(clock.millis());
    for (Dividend dividend : newestFirst) {
      LocalDate ex = dividend.exDate();
      if (!ex.isAfter(today)) {
        factor *= days.before(symbol, ex).map(bar -> 1 - dividend.cash() / bar.close()).orElse(1.0);
      }
      double splits = splitRatio(symbol, ex).orElse(1.0);
      rows.add(
          dividend(dividend)
              .put("distribution_type", "recurring")
              .put("frequency", 4)
              .put("historical_adjustment_factor", factor)
              .put("split_adjusted_cash_amount", dividend.cash() / splits));
    }
    return rows.stream();
  }

  private static String id(String kind, String symbol, LocalDate date) {
    return kind + "%016x".formatted(Mix.hash(0, symbol + date));
  }
}
