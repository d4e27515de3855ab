package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.Conversion;
import com.alphaxiii.polygon.core.CryptoOpenClose;
import com.alphaxiii.polygon.core.CurrencyPair;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.PolygonException.InvalidRequest;
import com.alphaxiii.polygon.core.Quote;
import com.alphaxiii.polygon.core.Trade;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;

/** Pairs of currencies, of forex and of crypto. */
public final class Currencies {
  private final Answers answers;

  Currencies(Answers answers) {
    this.answers = answers;
  }

  /** The last trade of a crypto pair, stamped in milliseconds; empty when it is unknown. */
  public Optional<Trade> lastTrade(CurrencyPair pair) {
    return answers.find(
        "last trade of " + pair,
        "last-trade-crypto",
        of(pair),
        row -> WirePrices.cryptoTrade(row, pair.ticker(Market.CRYPTO)));
  }

  /** The last quote of a forex pair, stamped in milliseconds; empty when it is unknown. */
  public Optional<Quote> lastQuote(CurrencyPair pair) {
    return answers.find(
        "last quote of " + pair,
        "last-quote-forex",
        of(pair),
        row -> WirePrices.forexQuote(row, pair.ticker(Market.FOREX)));
  }

  /**
   * An amount of a pair's base currency in its quote currency, by the vendor's reckoning.
   *
   * @param precision decimals of the result, 0 to 4
   * @throws com.alphaxiii.polygon.core.PolygonException.NotFound when the pair is unknown
   */
  public Conversion convert(CurrencyPair pair, double amount, int precision) {
    if (precision < 0 || precision > 4) {
      throw new InvalidRequest(
          "precision",
          Integer.toString(precision),
          "conversion of %s: %d decimals; the vendor gives 0 to 4".formatted(pair, precision));
    }
    if (!Double.isFinite(amount)) {
      throw new InvalidRequest(
          "amount",
          Double.toString(amount),
          "conversion of %s: %s is no amount".formatted(pair, amount));
    }
    return answers.get(
        "conversion of " + pair,
        "conversion",
        of(pair)
            .with("amount", BigDecimal.valueOf(amount).toPlainString())
            .with("precision", precision),
        row -> WirePrices.conversion(row, pair));
  }

  /**
   * The first and last prices of a crypto pair on a UTC day; empty when it did not trade.
   *
   * @param adjusted for splits of the coin
   */
  public Optional<CryptoOpenClose> openClose(CurrencyPair pair, LocalDate day, boolean adjusted) {
    return answers.find(
        "open and close of %s on %s".formatted(pair, day),
        "open-close-crypto",
        of(pair).with("date", day).with("adjusted", adjusted),
        row -> WirePrices.cryptoOpenClose(row, pair, day));
  }

  private static Parameters of(CurrencyPair pair) {
    return Parameters.of("from", pair.base()).with("to", pair.quote());
  }
}
