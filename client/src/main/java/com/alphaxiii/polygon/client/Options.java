package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.Cursor;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.OptionTerms;
import com.alphaxiii.polygon.core.PolygonException.InvalidRequest;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.reference.ContractQuery;
import com.alphaxiii.polygon.reference.OptionContract;
import com.alphaxiii.polygon.snapshot.Snapshot;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** Option contracts and chains. */
public final class Options {
  private final Answers answers;

  Options(Answers answers) {
    this.answers = answers;
  }

  /** The contracts of an underlying, in the order of their symbols. */
  public Cursor<OptionContract> contracts(ContractQuery query) {
    return answers.pages(
        "option contracts of " + query.underlying(),
        "options-contracts",
        filtered(query)
            .with("underlying_ticker", query.underlying())
            .with("as_of", query.asOf())
            .with("expired", query.expired()),
        row -> WireMarket.contract(row, null));
  }

  /** A contract that is listed today; empty when it is unknown. */
  public Optional<OptionContract> contract(Ticker contract) {
    return contract(contract, Optional.empty());
  }

  /** A contract that was listed on a New York day; empty when it was unknown. */
  public Optional<OptionContract> contract(Ticker contract, LocalDate asOf) {
    return contract(contract, Optional.of(asOf));
  }

  private Optional<OptionContract> contract(Ticker contract, Optional<LocalDate> asOf) {
    requireOption(contract);
    return answers.find(
        "option contract " + contract,
        "options-contract",
        Parameters.of("ticker", contract).with("as_of", asOf),
        row -> WireMarket.contract(row, contract));
  }

  /** The state of all contracts of an underlying, in the order of their symbols. */
  public Cursor<Snapshot> chain(ContractQuery query) {
    return answers.pages(
        "option chain of " + query.underlying(),
        "options-chain",
        filtered(query).with("underlying", query.underlying()),
        WireSnapshots::ofChain);
  }

  /** The state of one contract; empty when it is unknown. */
  public Optional<Snapshot> snapshot(Ticker underlying, Ticker contract) {
    requireOption(contract);
    return answers.find(
        "snapshot of " + contract,
        "snapshot-option",
        Parameters.of("underlying", underlying).with("contract", contract),
        WireSnapshots::ofChain);
  }

  private static Parameters filtered(ContractQuery query) {
    return Parameters.none()
        .with("contract_type", query.right().map(Options::word))
        .with("expiration_date.gte", query.expirationFrom())
        .with("expiration_date.lte", query.expirationTo())
        .with("strike_price.gte", price(query.strikeFrom()))
        .with("strike_price.lte", price(query.strikeTo()))
        .with("sort", "ticker")
        .with("order", "asc");
  }

  private static String word(OptionTerms.Right right) {
    return right.name().toLowerCase(Locale.ROOT);
  }

  private static Optional<String> price(OptionalDouble strike) {
    return strike.isEmpty()
        ? Optional.empty()
        : Optional.of(BigDecimal.valueOf(strike.getAsDouble()).toPlainString());
  }

  private static void requireOption(Ticker contract) {
    if (contract.market() != Market.OPTIONS) {
      throw new InvalidRequest(
          "symbol",
          contract.symbol(),
          "%s is no option: options are spelled like O:AAPL230616C00150000".formatted(contract));
    }
  }
}
