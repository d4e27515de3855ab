package com.alphaxiii.polygon.core;

import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What one can subscribe to: a channel of one ticker ({@code T.AAPL}, {@code T.X:BTCUSD}), or of
 * all tickers of a market ({@code T.*} stocks, {@code T.X:*} crypto).
 *
 * @param symbol a ticker's symbol as REST spells it, or a market's {@link Market#wildcard}
 */
public record Topic(Channel channel, String symbol) {
  /** In place of a symbol: every stock. Other markets have it behind their prefix. */
  public static final String ALL = "*";

  /**
   * Throws {@link PolygonException.InvalidRequest} when that is no ticker, or its market has no
   * such channel.
   */
  public Topic {
    symbol = spelled(symbol);
    Market market = marketOf(symbol);
    if (channel.vendorCode(market).isEmpty()) {
      throw new PolygonException.InvalidRequest(
          "topic",
          channel.code() + "." + symbol,
          "%s have no channel %s; it exists for %s"
              .formatted(
                  market.path(),
                  channel.code(),
                  channel.markets().stream()
                      .sorted()
                      .map(Market::path)
                      .collect(Collectors.joining(", "))));
    }
  }

  public static Topic of(Channel channel, Ticker ticker) {
    return new Topic(channel, ticker.symbol());
  }

  /** A channel of every ticker of a market. */
  public static Topic all(Channel channel, Market market) {
    return new Topic(channel, market.wildcard());
  }

  /**
   * Reads {@code T.AAPL}; the first dot separates, so {@code T.BRK.A} is Berkshire's trades. The
   * vendor's spellings are read as well: {@code XT.BTC-USD}, {@code C.EUR/USD}, {@code XA.*}.
   */
  public static Topic parse(String text) {
    int dot = text.indexOf('.');
    if (dot < 0) {
      throw new PolygonException.InvalidRequest(
          "topic",
          text,
          "'%s' is not a topic: write channel.symbol, such as T.AAPL".formatted(text));
    }
    String word = text.substring(0, dot);
    String symbol = text.substring(dot + 1);
    Channel channel = Channel.parse(word);
    return Channel.marketOf(word)
        .filter(market -> !symbol.startsWith(market.prefix()))
        .map(
            market ->
                symbol.equals(ALL)
                    ? all(channel, market)
                    : of(channel, CurrencyPair.parse(symbol).ticker(market)))
        .orElseGet(() -> new Topic(channel, symbol));
  }

  /** The market it belongs to. */
  public Market market() {
    return marketOf(symbol);
  }

  /** True for a topic of every ticker of its market. */
  public boolean isAll() {
    return symbol.endsWith(ALL);
  }

  /** The topic of every ticker that includes this one; itself when it is one. */
  public Topic whole() {
    return isAll() ? this : all(channel, market());
  }

  /** The ticker; empty for a topic of every ticker. */
  public Optional<Ticker> ticker() {
    return isAll() ? Optional.empty() : Optional.of(new Ticker(symbol));
  }

  /** How the vendor's stream spells it: {@code T.AAPL}, {@code XT.BTC-USD}, {@code C.EUR/USD}. */
  public String vendorName() {
    Market market = market();
    String spelled =
        isAll()
            ? ALL
            : switch (market) {
              case FOREX -> CurrencyPair.of(new Ticker(symbol)).slashed();
              case CRYPTO -> CurrencyPair.of(new Ticker(symbol)).dashed();
              default -> symbol;
            };
    return channel.vendorCode(market).orElseThrow() + "." + spelled;
  }

  /**
   * A symbol or wildcard as topics spell it: pairs of currencies without their dash. Throws {@link
   * PolygonException.InvalidRequest} when it is neither.
   */
  public static String spelled(String symbol) {
    if (symbol.endsWith(ALL)) {
      marketOf(symbol);
      return symbol;
    }
    Ticker ticker = Ticker.of(symbol);
    return switch (ticker.market()) {
      case FOREX, CRYPTO -> CurrencyPair.of(ticker).ticker(ticker.market()).symbol();
      default -> ticker.symbol();
    };
  }

  private static Market marketOf(String symbol) {
    if (!symbol.endsWith(ALL)) {
      return Market.of(symbol);
    }
    for (Market market : Market.values()) {
      if (market.wildcard().equals(symbol)) {
        return market;
      }
    }
    throw new PolygonException.InvalidRequest(
        "symbol",
        symbol,
        "'%s' does not stand for all tickers of a market: write *, O:*, C:*, X:*, I:* or F:*"
            .formatted(symbol));
  }

  @Override
  public String toString() {
    return channel.code() + "." + symbol;
  }
}
