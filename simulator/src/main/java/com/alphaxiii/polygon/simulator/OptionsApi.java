package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.Market;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The endpoints of option contracts, and of the snapshots of those on one stock. */
final class OptionsApi {
  private static final String CONTRACTS = "/v3/reference/options/contracts";
  private static final String CHAIN = "/v3/snapshot/options/{underlyingAsset}";
  private static final int EXPIRED_WEEKS = 12;
  private static final Listing LIST =
      Listing.classic(CONTRACTS)
          .ranges("underlying_ticker", "expiration_date")
          .numberRanges("strike_price")
          .exact("contract_type", "ticker")
          .sorted("ticker.asc", "underlying_ticker", "expiration_date", "strike_price")
          .presorted()
          .counted(false);
  private static final Listing SNAPSHOTS =
      Listing.classic(CHAIN)
          .numberRanges("strike_price")
          .filter(new Filter("expiration_date", Filter.Kind.DATE, Filter.RANGE))
          .filter(new Filter("contract_type", Filter.Kind.TEXT, Set.of()))
          .sorted("ticker.asc", "expiration_date", "strike_price")
          .limit(10, 250)
          .counted(false)
          .of(Market.OPTIONS);

  private final Universe universe;
  private final OptionMarket market;
  private final OptionItems items;
  private final InstantSource clock;

  OptionsApi(Universe universe, OptionMarket market, OptionItems items, InstantSource clock) {
    this.universe = universe;
    this.market = market;
    this.items = items;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        new Route(CONTRACTS, Family.REFERENCE, call -> LIST.answer(call, clock, this::contracts)),
        new Route(CONTRACTS + "/{options_ticker}", Family.REFERENCE, this::contract),
        new Route(CHAIN, Family.SNAPSHOTS, this::snapshots),
        new Route(CHAIN + "/{optionContract}", Family.SNAPSHOTS, this::snapshot));
  }

  private Stream<Row> contracts(Call call, Instant asOf) {
    LocalDate day = day(call, asOf);
    boolean expired = call.flag("expired", false);
    if (call.find("ticker").isPresent()) {
      return call.find("ticker").flatMap(market::find).stream()
          .filter(contract -> contract.expiration().isBefore(day) == expired)
          .map(OptionsApi::terms);
    }
    return universe
        .asked(call, "underlying_ticker", Market.STOCKS)
        .flatMap(
            symbol ->
                (expired ? expired(symbol, day) : market.chain(symbol, day).stream())
                    .sorted(Comparator.comparing(OptionContract::ticker)))
        .map(OptionsApi::terms);
  }

  /** The contracts that ended within the last months, each once. */
  private Stream<OptionContract> expired(String symbol, LocalDate day) {
    return IntStream.rangeClosed(1, EXPIRED_WEEKS)
        .mapToObj(day::minusWeeks)
        .flatMap(then -> market.chain(symbol, then).stream())
        .filter(contract -> contract.expiration().isBefore(day))
        .distinct();
  }

  private static LocalDate day(Call call, Instant asOf) {
    try {
      return call.find("as_of")
          .map(LocalDate::parse)
          .orElseGet(() -> Days.dayOf(asOf.toEpochMilli()));
    } catch (DateTimeParseException e) {
      throw ApiError.badRequest("The parameter 'as_of' is invalid: use YYYY-MM-DD");
    }
  }

  private static Row terms(OptionContract contract) {
    return new Row()
        .put("cfi", contract.call() ? "OCASPS" : "OPASPS")
        .put("contract_type", OptionItems.type(contract))
        .put("exercise_style", "american")
        .put("expiration_date", contract.expiration().toString())
        .put("primary_exchange", "BATO")
        .put("shares_per_contract", 100)
        .put("strike_price", contract.strike())
        .put("ticker", contract.ticker())
        .put("underlying_ticker", contract.underlying());
  }

  private OptionContract find(String ticker) {
    return market.find(ticker).orElseThrow(() -> ApiError.notFound("Option Ticker not found."));
  }

  private byte[] contract(Call call) {
    return call.single(terms(find(call.path().getFirst())));
  }

  private byte[] snapshots(Call call) {
    String underlying = call.path().getFirst();
    return SNAPSHOTS.answer(
        call,
        clock,
        (c, asOf) ->
            universe.knows(underlying) && Universe.isOf(Market.STOCKS, underlying)
                ? market.chain(underlying, day(c, asOf)).stream().map(OptionsApi::terms)
                : Stream.empty(),
        row -> items.item(find(String.valueOf(row.get("ticker"))), call.access()));
  }

  private byte[] snapshot(Call call) {
    OptionContract contract = find(call.path().getLast());
    if (!contract.underlying().equals(call.path().getFirst())) {
      throw ApiError.notFound("Option Ticker not found.");
    }
    return new Row()
        .put("request_id", call.requestId())
        .put("results", items.item(contract, call.access()))
        .put("status", call.access().status(Market.OPTIONS))
        .bytes();
  }
}
