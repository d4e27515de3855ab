package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.Market;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Stream;

/** The endpoints of futures: what there is, and when it trades. Days are those of Chicago. */
final class FuturesApi {
  private static final Listing SNAPSHOTS =
      Listing.table("/futures/v1/snapshot")
          .renamed("ticker", "details.ticker", Filter.Kind.TEXT, Filter.RANGE_OR_ANY)
          .renamed("product_code", "details.product_code", Filter.Kind.TEXT, Filter.RANGE_OR_ANY)
          .sorted("ticker.asc")
          .limit(100, 50_000)
          .of(Market.FUTURES);

  private static final LocalTime OPENS = LocalTime.of(17, 0);
  private static final LocalTime CLOSES = LocalTime.of(16, 0);
  private static final LocalTime PRE_OPENS = LocalTime.of(16, 45);
  private static final int SCHEDULED_DAYS = 10;
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx");

  private final Universe universe;
  private final Boards boards;
  private final InstantSource clock;

  FuturesApi(Universe universe, Boards boards, InstantSource clock) {
    this.universe = universe;
    this.boards = boards;
    this.clock = clock;
  }

  List<Route> routes() {
    return Stream.of("v1", "vX")
        .flatMap(
            version ->
                Stream.of(
                    route(version, "contracts", Family.REFERENCE, this::contracts),
                    route(version, "products", Family.REFERENCE, this::products),
                    route(version, "schedules", Family.REFERENCE, this::schedules),
                    route(version, "market-status", Family.REFERENCE, this::status),
                    new Route(
                        "/futures/" + version + "/snapshot", Family.SNAPSHOTS, this::snapshots)))
        .toList();
  }

  private Route route(String version, String name, Family family, Listing.Rows rows) {
    Listing listing =
        Listing.described("/futures/v1/" + name).at("/futures/" + version + "/" + name);
    return new Route(
        "/futures/" + version + "/" + name, family, call -> listing.answer(call, clock, rows));
  }

  static LocalDate today(Instant asOf) {
    return LocalDate.ofInstant(asOf, Market.CHICAGO);
  }

  private Stream<Row> contracts(Call call, Instant asOf) {
    LocalDate day = call.find("date").map(FuturesApi::date).orElseGet(() -> today(asOf));
    return FuturesProduct.all().stream()
        .flatMap(product -> FuturesContract.trading(product, day).stream())
        .map(contract -> contract(contract, day));
  }

  private static LocalDate date(String text) {
    return LocalDate.parse(text.length() > 10 ? text.substring(0, 10) : text);
  }

  private static Row contract(FuturesContract contract, LocalDate day) {
    FuturesProduct product = contract.product();
    return new Row()
        .put("active", contract.tradesOn(day))
        .put("date", day.toString())
        .put(
            "days_to_maturity",
            Math.max(0, contract.lastTradeDate().toEpochDay() - day.toEpochDay()))
        .put("first_trade_date", contract.firstTradeDate().toString())
        .put("group_code", product.code())
        .put("last_trade_date", contract.lastTradeDate().toString())
        .put("max_order_quantity", 3_000)
        .put("min_order_quantity", 1)
        .put("name", product.name() + " " + contract.ticker())
        .put("product_code", product.code())
        .put("settlement_date", contract.lastTradeDate().toString())
        .put("settlement_tick_size", product.tick())
        .put("spread_tick_size", product.tick())
        .put("ticker", contract.ticker())
        .put("trade_tick_size", product.tick())
        .put("trading_venue", product.venue())
        .put("type", "single");
  }

  private Stream<Row> products(Call call, Instant asOf) {
    LocalDate day = call.find("date").map(FuturesApi::date).orElseGet(() -> today(asOf));
    return FuturesProduct.all().stream()
        .map(
            product ->
                new Row()
                    .put("asset_class", assetClass(product))
                    .put("asset_sub_class", subClass(product))
                    .put("date", day.toString())
                    .put("last_updated", day + "T00:00:00Z")
                    .put("name", product.name())
                    .put("price_quotation", "USD")
                    .put("product_code", product.code())
                    .put("sector", subClass(product))
                    .put("settlement_currency_code", "USD")
                    .put(
                        "settlement_method",
                        assetClass(product).equals("commodity") ? "deliverable" : "financial")
                    .put("settlement_type", "daily")
                    .put("trade_currency_code", "USD")
                    .put("trading_venue", product.venue())
                    .put("type", "single")
                    .put("unit_of_measure", unit(product))
                    .put("unit_of_measure_qty", product.multiplier()));
  }

  private static String assetClass(FuturesProduct product) {
    return switch (product.venue()) {
      case "XNYM", "XCEC" -> "commodity";
      default -> subClass(product).equals("agricultural") ? "commodity" : "financials";
    };
  }

  private static String subClass(FuturesProduct product) {
    return switch (product.code()) {
      case "CL", "NG", "RB" -> "energy";
      case "GC", "SI", "HG" -> "metals";
      case "ZC", "ZS" -> "agricultural";
      case "ZN", "ZB" -> "interest_rate";
      case "6E" -> "foreign_exchange";
      default -> "equity";
    };
  }

  private static String unit(FuturesProduct product) {
    return switch (subClass(product)) {
      case "energy" -> "barrels";
      case "metals" -> "troy_ounces";
      case "agricultural" -> "bushels";
      case "equity" -> "index_points";
      default -> "contract";
    };
  }

  /** A session is named by the day on which it ends, and begins the evening before. */
  private Stream<Row> schedules(Call call, Instant asOf) {
    LocalDate first = today(asOf).minusDays(1);
    return FuturesProduct.all().stream()
        .flatMap(
            product ->
                first
                    .datesUntil(first.plusDays(SCHEDULED_DAYS))
                    .filter(FuturesApi::isTradeDate)
                    .flatMap(day -> session(product, day)));
  }

  private static boolean isTradeDate(LocalDate day) {
    return day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY;
  }

  private static Stream<Row> session(FuturesProduct product, LocalDate day) {
    LocalDate eve = day.minusDays(1);
    return Stream.of(
        event(product, day, "pre_open", eve.atTime(PRE_OPENS).atZone(Market.CHICAGO)),
        event(product, day, "open", eve.atTime(OPENS).atZone(Market.CHICAGO)),
        event(product, day, "close", day.atTime(CLOSES).atZone(Market.CHICAGO)));
  }

  private static Row event(FuturesProduct product, LocalDate day, String event, ZonedDateTime at) {
    return new Row()
        .put("event", event)
        .put("product_code", product.code())
        .put("product_name", product.name())
        .put("session_end_date", day.toString())
        .put("timestamp", STAMP.format(at.withZoneSameInstant(ZoneOffset.UTC)))
        .put("trading_venue", product.venue());
  }

  private Stream<Row> status(Call call, Instant asOf) {
    ZonedDateTime now = asOf.atZone(Market.CHICAGO);
    LocalDate session = sessionOf(now);
    return FuturesProduct.all().stream()
        .map(
            product ->
                new Row()
                    .put("market_event", isOpen(now) ? "open" : "close")
                    .put("name", product.name())
                    .put("product_code", product.code())
                    .put("session_end_date", session.toString())
                    .put("timestamp", STAMP.format(now.withZoneSameInstant(ZoneOffset.UTC)))
                    .put("trading_venue", product.venue()));
  }

  /** Sunday 17:00 to Friday 16:00, with an hour's pause each day. */
  private static boolean isOpen(ZonedDateTime now) {
    LocalTime time = now.toLocalTime();
    return switch (now.getDayOfWeek()) {
      case SATURDAY -> false;
      case SUNDAY -> !time.isBefore(OPENS);
      case FRIDAY -> time.isBefore(CLOSES);
      default -> time.isBefore(CLOSES) || !time.isBefore(OPENS);
    };
  }

  /** The trade date of an instant: from the evening on it is the next one. */
  static LocalDate sessionOf(ZonedDateTime at) {
    LocalDate day =
        at.toLocalTime().isBefore(OPENS) ? at.toLocalDate() : at.toLocalDate().plusDays(1);
    while (!isTradeDate(day)) {
      day = day.plusDays(1);
    }
    return day;
  }

  private byte[] snapshots(Call call) {
    String timeframe = SnapshotItems.timeframe(call.access(), Market.FUTURES);
    return SNAPSHOTS.answer(
        call,
        clock,
        (c, asOf) -> {
          LocalDate day = today(asOf);
          return FuturesProduct.all().stream()
              .flatMap(product -> FuturesContract.trading(product, day).stream())
              .filter(contract -> universe.knows(contract.ticker()))
              .map(FuturesApi::details);
        },
        row -> fill(row, boards.of(String.valueOf(row.get("details.ticker"))), timeframe));
  }

  private static Row details(FuturesContract contract) {
    return new Row()
        .put(
            "details",
            new Row()
                .put("product_code", contract.product().code())
                .put("settlement_date", contract.lastTradeDate().toString())
                .put("ticker", contract.ticker()));
  }

  private static Row fill(Row row, Board board, String timeframe) {
    BarColumns minutes = board.minutes();
    int i = minutes.size() - 1;
    if (i >= 0) {
      row.put(
          "last_minute",
          new Row()
              .put("close", minutes.close[i])
              .put("high", minutes.high[i])
              .put("last_updated", (minutes.start[i] + 60_000) * 1_000_000)
              .put("low", minutes.low[i])
              .put("open", minutes.open[i])
              .put("timeframe", timeframe)
              .put("volume", (long) minutes.volume[i]));
    }
    row.put(
        "last_quote",
        board
            .quote()
            .map(
                quote ->
                    new Row()
                        .put("ask", quote.askPrice())
                        .put("ask_size", (long) quote.askSize())
                        .put("ask_timestamp", quote.sipTime())
                        .put("bid", quote.bidPrice())
                        .put("bid_size", (long) quote.bidSize())
                        .put("bid_timestamp", quote.sipTime())
                        .put("last_updated", quote.sipTime())
                        .put("timeframe", timeframe)));
    row.put(
        "last_trade",
        board
            .trade()
            .map(
                trade ->
                    new Row()
                        .put("last_updated", trade.sipTime())
                        .put("price", trade.price())
                        .put("size", (long) trade.size())
                        .put("timeframe", timeframe)));
    return row.put("session", session(board));
  }

  private static Row session(Board board) {
    return new Row()
        .put("change", board.change())
        .put("change_percent", board.changePercent())
        .put("close", board.day().map(DayBar::close))
        .put("high", board.day().map(DayBar::high))
        .put("low", board.day().map(DayBar::low))
        .put("open", board.day().map(DayBar::open))
        .put("previous_settlement", board.previous().map(DayBar::close))
        .put("settlement_price", board.day().map(DayBar::close))
        .put("volume", board.day().map(day -> (long) day.volume()));
  }
}
