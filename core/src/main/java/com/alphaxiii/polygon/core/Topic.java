package com.alphaxiii.polygon.core;

import java.util.Optional;

/**
 * What one can subscribe to: a channel of one ticker, or of all ({@code T.AAPL}, {@code T.*}).
 *
 * @param symbol a ticker's symbol, or {@link #ALL}
 */
public record Topic(Channel channel, String symbol) {
  /** In place of a symbol: every ticker of the market. */
  public static final String ALL = "*";

  public Topic {
    if (!symbol.equals(ALL)) {
      symbol = Ticker.of(symbol).symbol();
    }
  }

  public static Topic of(Channel channel, Ticker ticker) {
    return new Topic(channel, ticker.symbol());
  }

  /** Reads {@code T.AAPL}; the first dot separates, so {@code T.BRK.A} is Berkshire's trades. */
  public static Topic parse(String text) {
    int dot = text.indexOf('.');
    if (dot < 0) {
      throw new PolygonException.InvalidRequest(
          "topic",
          text,
          "'%s' is not a topic: write channel.symbol, such as T.AAPL".formatted(text));
    }
    return new Topic(Channel.parse(text.substring(0, dot)), text.substring(dot + 1));
  }

  /** True for a topic of every ticker. */
  public boolean isAll() {
    return symbol.equals(ALL);
  }

  /** The ticker; empty for a topic of every ticker. */
  public Optional<Ticker> ticker() {
    return isAll() ? Optional.empty() : Optional.of(new Ticker(symbol));
  }

  @Override
  public String toString() {
    return channel.code() + "." + symbol;
  }
}
