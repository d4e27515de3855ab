package com.alphaxiii.polygon.simulator;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;

/** The endpoints of a currency pair's last trade or quote, and of conversion. Times are Unix ms. */
final class CurrencyApi {
  private static final int PRECISION = 2;
  private static final int MOST_PRECISION = 4;

  private final Universe universe;
  private final Boards boards;

  CurrencyApi(Universe universe, Boards boards) {
    this.universe = universe;
    this.boards = boards;
  }

  List<Route> routes() {
    return List.of(
        new Route("/v1/last/crypto/{from}/{to}", Family.TRADES, this::lastCrypto),
        new Route("/v1/last_quote/currencies/{from}/{to}", Family.NBBO, this::lastForex),
        new Route("/v1/conversion/{from}/{to}", Family.NBBO, this::conversion));
  }

  private static Pair pair(Call call) {
    return new Pair(call.path().get(0), call.path().get(1));
  }

  private byte[] lastCrypto(Call call) {
    Pair pair = pair(call);
    TradeTick trade =
        Optional.of(pair.crypto())
            .filter(universe::knows)
            .flatMap(symbol -> boards.of(symbol).trade())
            .orElseThrow(() -> ApiError.notFound("Data not found."));
    return new Row()
        .put(
            "last",
            new Row()
                .put("conditions", SnapshotApi.conditions(trade.conditions()))
                .put("exchange", trade.exchange())
                .put("price", trade.price())
                .put("size", trade.size())
                .put("timestamp", trade.sipTime() / 1_000_000))
        .put("request_id", call.requestId())
        .put("status", "success")
        .put("symbol", pair.dashed())
        .bytes();
  }

  private QuoteTick quote(Pair pair) {
    return Optional.of(pair.forex())
        .filter(universe::knows)
        .flatMap(symbol -> boards.of(symbol).quote())
        .orElseThrow(() -> ApiError.notFound("Data not found."));
  }

  private static Row last(QuoteTick quote) {
    return new Row()
        .put("ask", quote.askPrice())
        .put("bid", quote.bidPrice())
        .put("exchange", quote.askExchange())
        .put("timestamp", quote.sipTime() / 1_000_000);
  }

  private byte[] lastForex(Call call) {
    Pair pair = pair(call);
    return new Row()
        .put("last", last(quote(pair)))
        .put("request_id", call.requestId())
        .put("status", "success")
        .put("symbol", pair.slashed())
        .bytes();
  }

  /** An amount in the other currency: what the market bids for it. */
  private byte[] conversion(Call call) {
    Pair pair = pair(call);
    QuoteTick quote = quote(pair);
    double amount = number(call.find("amount").orElse("1"));
    int precision = precision(call.find("precision").orElse(Integer.toString(PRECISION)));
    double converted =
        BigDecimal.valueOf(amount)
            .multiply(BigDecimal.valueOf(quote.bidPrice()))
            .setScale(precision, RoundingMode.HALF_UP)
            .doubleValue();
    return new Row()
        .put("converted", converted)
        .put("from", pair.base())
        .put("initialAmount", amount)
        .put("last", last(quote))
        .put("request_id", call.requestId())
        .put("status", "success")
        .put("symbol", pair.slashed())
        .put("to", pair.quote())
        .bytes();
  }

  private static double number(String text) {
    try {
      double number = Double.parseDouble(text);
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw ApiError.badRequest("The parameter 'amount' must be a number");
  }

  private static int precision(String text) {
    if (text.length() == 1 && text.charAt(0) >= '0' && text.charAt(0) <= '0' + MOST_PRECISION) {
      return text.charAt(0) - '0';
    }
    throw ApiError.badRequest("The parameter 'precision' must be between 0 and 4");
  }
}
