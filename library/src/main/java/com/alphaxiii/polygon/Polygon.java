package com.alphaxiii.polygon;

import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.Channel;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.RateLimitStatus;
import com.alphaxiii.polygon.core.StorageStatistics;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.Trade;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Single calls on one shared {@link PolygonDataManager}, opened at the first of them: configured by
 * {@link #initialize}, else by {@code .env} and the environment.
 */
public final class Polygon {
  private static @Nullable PolygonConfig configured;
  private static @Nullable PolygonDataManager shared;

  private Polygon() {}

  /** Configures all calls from now on; what was open before is closed. */
  public static synchronized void initialize(PolygonConfig config) {
    shutdown();
    configured = config;
  }

  /** Closes what the calls opened; the next call opens it again. */
  public static synchronized void shutdown() {
    PolygonDataManager open = shared;
    shared = null;
    if (open != null) {
      open.close();
    }
  }

  private static synchronized PolygonConfig config() {
    PolygonConfig config = configured;
    if (config == null) {
      config = PolygonConfig.fromEnvironment();
      configured = config;
    }
    return config;
  }

  private static synchronized PolygonDataManager manager() {
    PolygonDataManager open = shared;
    if (open == null) {
      open = new PolygonDataManager(config());
      shared = open;
    }
    return open;
  }

  /** See {@link PolygonDataManager#getBars(String, String, String, String)}. */
  public static Bars getBars(String symbol, String timeframe, String start, String end) {
    return manager().getBars(symbol, timeframe, start, end);
  }

  /** See {@link PolygonDataManager#getBars(String, String, String, String, boolean, boolean)}. */
  public static Bars getBars(
      String symbol,
      String timeframe,
      String start,
      String end,
      boolean useCache,
      boolean validate) {
    return manager().getBars(symbol, timeframe, start, end, useCache, validate);
  }

  /** The latest price, in the ticker's currency. */
  public static double getLatestPrice(String symbol) {
    return manager().latest(Ticker.of(symbol)).price();
  }

  /** Whether the vendor knows this ticker, as active; false for what cannot be a ticker. */
  public static boolean validateTicker(String symbol) {
    Ticker ticker;
    try {
      ticker = Ticker.of(symbol);
    } catch (PolygonException.InvalidRequest e) {
      return false;
    }
    return manager().findTicker(ticker.symbol()).filter(info -> info.active()).isPresent();
  }

  /** Empties the cache. */
  public static void clearCache() {
    manager().clearCache(Optional.empty(), OptionalInt.empty());
  }

  /** Removes the cached files of a symbol that were last written more than so many days ago. */
  public static void clearCache(String symbol, int olderThanDays) {
    manager().clearCache(Optional.of(Ticker.of(symbol)), OptionalInt.of(olderThanDays));
  }

  /** What the cache holds. */
  public static StorageStatistics getStorageStatistics() {
    return manager().storageStatistics();
  }

  /** How much of the request budget is used. */
  public static RateLimitStatus getRateLimitStatus() {
    return manager().rateLimitStatus();
  }

  /**
   * Streams trades to a callback, which runs on a thread of its own; close the client to end it.
   *
   * @param callback gets each trade in order
   */
  public static PolygonWebSocketClient streamTrades(
      List<String> symbols, Consumer<? super Trade> callback) {
    PolygonWebSocketClient client = new PolygonWebSocketClient(config());
    try {
      client.connect();
      client.subscribe(
          symbols,
          Set.of(Channel.TRADES),
          event -> {
            if (event instanceof Trade trade) {
              callback.accept(trade);
            }
          });
      return client;
    } catch (RuntimeException e) {
      client.close();
      throw e;
    }
  }
}
