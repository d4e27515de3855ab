package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.Timeframe;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A series of flat files: of bars, or of trades or quotes.
 *
 * @param prefix the vendor's name of the market, {@code us_stocks_sip}
 * @param type the vendor's name of the rows, {@code minute_aggs_v1}
 */
public record FlatFileDataset(String prefix, String type) {
  private static final Map<String, Market> MARKETS =
      new TreeMap<>(
          Map.of(
              "us_stocks_sip", Market.STOCKS,
              "us_options_opra", Market.OPTIONS,
              "us_indices", Market.INDICES,
              "global_forex", Market.FOREX,
              "global_crypto", Market.CRYPTO));

  private static final Map<String, Timeframe> TIMEFRAMES =
      new TreeMap<>(Map.of("minute_aggs_v1", Timeframe.MINUTE_1, "day_aggs_v1", Timeframe.DAY_1));

  /** The vendor has quotes of currencies and no trades, and trades of coins and no quotes. */
  private static final Map<String, List<String>> TICK_TYPES =
      new TreeMap<>(
          Map.of(
              "us_stocks_sip", List.of("trades_v1", "quotes_v1"),
              "us_options_opra", List.of("trades_v1", "quotes_v1"),
              "global_forex", List.of("quotes_v1"),
              "global_crypto", List.of("trades_v1")));

  /** Throws {@link IllegalArgumentException} for names that the vendor does not have. */
  public FlatFileDataset {
    boolean bars = MARKETS.containsKey(prefix) && TIMEFRAMES.containsKey(type);
    if (!bars && !TICK_TYPES.getOrDefault(prefix, List.of()).contains(type)) {
      throw new IllegalArgumentException(prefix + "/" + type);
    }
  }

  /** Those of trades and quotes. */
  public static List<FlatFileDataset> ticks() {
    return TICK_TYPES.entrySet().stream()
        .flatMap(
            one -> one.getValue().stream().map(type -> new FlatFileDataset(one.getKey(), type)))
        .toList();
  }

  /** Those of bars. */
  public static List<FlatFileDataset> bars() {
    return MARKETS.keySet().stream()
        .flatMap(
            prefix -> TIMEFRAMES.keySet().stream().map(type -> new FlatFileDataset(prefix, type)))
        .toList();
  }

  /** All there are. */
  public static List<FlatFileDataset> all() {
    return Stream.concat(bars().stream(), ticks().stream()).toList();
  }

  /** The dataset with these names. */
  public static Optional<FlatFileDataset> find(String prefix, String type) {
    return all().stream().filter(d -> d.prefix.equals(prefix) && d.type.equals(type)).findFirst();
  }

  /** Whose tickers it holds. */
  public Market market() {
    return market(prefix);
  }

  /** Whether it holds trades or quotes instead of bars. */
  public boolean isTicks() {
    return !TIMEFRAMES.containsKey(type);
  }

  /** What bars it holds; not for trades and quotes. */
  public Timeframe timeframe() {
    return timeframe(type);
  }

  private static Market market(String prefix) {
    Market market = MARKETS.get(prefix);
    if (market == null) {
      throw new IllegalStateException(prefix);
    }
    return market;
  }

  private static Timeframe timeframe(String type) {
    Timeframe timeframe = TIMEFRAMES.get(type);
    if (timeframe == null) {
      throw new IllegalStateException(type);
    }
    return timeframe;
  }

  /** Where the files of a day's month lie: {@code us_stocks_sip/minute_aggs_v1/2024/01/}. */
  public String folder(LocalDate day) {
    return "%s/%04d/%02d/".formatted(this, day.getYear(), day.getMonthValue());
  }

  @Override
  public String toString() {
    return prefix + "/" + type;
  }
}
