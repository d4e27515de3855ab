package com.alphaxiii.polygon.core;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A kind of live event; its code is what subscriptions are written with. One kind is one channel in
 * all markets, though the vendor writes some otherwise there: trades are {@code T} on stocks and
 * {@code XT} on crypto.
 */
public enum Channel {
  /** Trades: {@code T}, on crypto {@code XT}. */
  TRADES("T", Map.of(Market.CRYPTO, "XT"), Market.STOCKS, Market.OPTIONS, Market.FUTURES),

  /** Best bid and offer: {@code Q}, on crypto {@code XQ}, on forex {@code C}. */
  QUOTES(
      "Q",
      Map.of(Market.CRYPTO, "XQ", Market.FOREX, "C"),
      Market.STOCKS,
      Market.OPTIONS,
      Market.FUTURES),

  /** Bars of a second: {@code A}, on crypto {@code XAS}, on forex {@code CAS}. */
  SECOND_AGGREGATES(
      "A",
      Map.of(Market.CRYPTO, "XAS", Market.FOREX, "CAS"),
      Market.STOCKS,
      Market.OPTIONS,
      Market.INDICES,
      Market.FUTURES),

  /** Bars of a minute: {@code AM}, on crypto {@code XA}, on forex {@code CA}. */
  MINUTE_AGGREGATES(
      "AM",
      Map.of(Market.CRYPTO, "XA", Market.FOREX, "CA"),
      Market.STOCKS,
      Market.OPTIONS,
      Market.INDICES,
      Market.FUTURES),

  /** Limit up, limit down price bands. */
  LIMIT_UP_LIMIT_DOWN("LULD", Map.of(), Market.STOCKS),

  /** Net order imbalances before auctions. */
  IMBALANCES("NOI", Map.of(), Market.STOCKS),

  /** The vendor's fair market values, on business plans. */
  FAIR_MARKET_VALUES(
      "FMV", Map.of(), Market.STOCKS, Market.OPTIONS, Market.FOREX, Market.CRYPTO, Market.INDICES),

  /** Values of the launchpad product. */
  LAUNCHPAD_VALUES(
      "LV", Map.of(), Market.STOCKS, Market.OPTIONS, Market.FOREX, Market.CRYPTO, Market.INDICES),

  /** Values of indices. */
  VALUES("V", Map.of(), Market.INDICES),

  /** Order books of crypto exchanges, {@code XL2}; the vendor gave them up in 2024. */
  BOOKS("L2", Map.of(Market.CRYPTO, "XL2"));

  private static final Map<String, Channel> BY_WORD =
      Arrays.stream(values())
          .flatMap(
              channel ->
                  Arrays.stream(Market.values())
                      .flatMap(market -> channel.vendorCode(market).stream())
                      .map(word -> Map.entry(word, channel)))
          .distinct()
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

  private final String code;
  private final Map<Market, String> codes = new EnumMap<>(Market.class);

  Channel(String code, Map<Market, String> otherwise, Market... plain) {
    this.code = code;
    for (Market market : plain) {
      codes.put(market, code);
    }
    codes.putAll(otherwise);
  }

  /** The code for all markets: T, Q, A, AM, LULD, NOI, FMV, LV, V, L2. */
  public String code() {
    return code;
  }

  /** What the vendor calls this channel in a market; empty where there is none. */
  public Optional<String> vendorCode(Market market) {
    return Optional.ofNullable(codes.get(market));
  }

  /** The markets that have this channel. */
  public Set<Market> markets() {
    return Set.copyOf(codes.keySet());
  }

  /**
   * The channel of a code, ours or the vendor's of any market; throws {@link
   * PolygonException.InvalidRequest} when there is none.
   */
  public static Channel parse(String code) {
    for (Channel channel : values()) {
      if (channel.code.equals(code)) {
        return channel;
      }
    }
    Channel vendors = BY_WORD.get(code);
    if (vendors != null) {
      return vendors;
    }
    throw new PolygonException.InvalidRequest(
        "channels",
        code,
        "'%s' is not a channel: use %s"
            .formatted(
                code,
                Arrays.stream(values()).map(Channel::code).collect(Collectors.joining(", "))));
  }

  /** The one market whose own word for a channel this is, such as crypto for {@code XT}. */
  static Optional<Market> marketOf(String word) {
    for (Channel channel : values()) {
      for (Map.Entry<Market, String> entry : channel.codes.entrySet()) {
        if (entry.getValue().equals(word) && !word.equals(channel.code)) {
          return Optional.of(entry.getKey());
        }
      }
    }
    return Optional.empty();
  }

  @Override
  public String toString() {
    return code;
  }
}
