package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link StreamClient} reaches the vendor and how patient it is.
 *
 * @param base {@code wss://socket.massive.com} or another host that speaks the vendor's protocol;
 *     the market's path is appended, as in {@code wss://socket.massive.com/stocks}
 * @param addresses whole addresses of markets for which that is not so
 * @param market which one {@link StreamClient#connect()} opens when nothing is subscribed to yet
 * @param firstBackoff the longest wait before the first attempt to reconnect; it doubles with each
 *     failure. The wait itself is a random part of it
 * @param maxBackoff the longest wait before any attempt to reconnect
 * @param crowdedBackoff the wait after the vendor closed the connection because the key has too
 *     many: long, and twice as long each time up to the sixteenfold, so that two programs do not
 *     throw each other out all day
 * @param connectTimeout how long connecting and logging in may take, a day at most
 * @param confirmTimeout how long the vendor may take to confirm subscriptions; what it does not
 *     confirm by then is reported and no longer waited for
 * @param pingInterval how often the connection is probed
 * @param silence after so long without any frame, pongs included, the connection is dead; longer
 *     than the ping interval
 * @param quiet how long market data may stop in a busy market before the connection is replaced at
 *     the earliest, though it answers pings; how much longer follows from what came before
 * @param proxy an HTTP or SOCKS proxy ({@code http://host:port}, {@code socks5://host:port}); when
 *     empty none is used, whatever the system's settings say
 */
public record StreamConfig(
    URI base,
    Map<Market, URI> addresses,
    Secret key,
    Market market,
    Duration firstBackoff,
    Duration maxBackoff,
    Duration crowdedBackoff,
    Duration connectTimeout,
    Duration confirmTimeout,
    Duration pingInterval,
    Duration silence,
    Duration quiet,
    Optional<URI> proxy) {
  private static final Set<String> VENUES = Set.of("cme", "cbot", "nymex", "comex");
  private static final Duration LONGEST_CONNECT = Duration.ofDays(1);
  private static final Duration USUAL_DELAY = Duration.ofMinutes(15);

  public StreamConfig {
    addresses = Map.copyOf(addresses);
    requireAddress("base", base, "ws", "wss");
    addresses.values().forEach(address -> requireAddress("addresses", address, "ws", "wss"));
    proxy.ifPresent(address -> requireAddress("proxy", address, "http", "socks5"));
    requirePositive("firstBackoff", firstBackoff);
    requirePositive("maxBackoff", maxBackoff);
    requirePositive("crowdedBackoff", crowdedBackoff);
    requirePositive("connectTimeout", connectTimeout);
    if (connectTimeout.compareTo(LONGEST_CONNECT) > 0) {
      throw new PolygonException.InvalidRequest(
          "connectTimeout", connectTimeout.toString(), "connectTimeout must be at most a day");
    }
    requirePositive("confirmTimeout", confirmTimeout);
    requirePositive("pingInterval", pingInterval);
    requirePositive("quiet", quiet);
    requireLonger("maxBackoff", maxBackoff, "firstBackoff", firstBackoff, true);
    requireLonger("silence", silence, "pingInterval", pingInterval, false);
  }

  /** Everything but these at its default. */
  public static StreamConfig of(URI base, Secret key) {
    return builder(base, key).build();
  }

  /** Collects what differs from the defaults. */
  public static Builder builder(URI base, Secret key) {
    return new Builder(base, key);
  }

  /** Where a market's stream is. */
  URI address(Market of) {
    URI own = addresses.get(of);
    return own == null ? URI.create(withoutSlash(base) + "/" + of.path()) : own;
  }

  /** How far a market's stream lags behind: the vendor says so in the name of the host. */
  Duration delay(Market of) {
    String host = address(of).getHost().toLowerCase(Locale.ROOT);
    return host.startsWith("delayed") ? USUAL_DELAY : Duration.ZERO;
  }

  private static String withoutSlash(URI address) {
    String text = address.toString();
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  private static void requireAddress(String field, URI address, String one, String other) {
    boolean known = isScheme(address, one) || isScheme(address, other);
    if (!known
        || address.getHost() == null
        || address.getRawQuery() != null
        || address.getRawFragment() != null
        || address.getRawUserInfo() != null) {
      throw new PolygonException.InvalidRequest(
          field,
          null,
          "the stream's %s must be %s://host or %s://host, with no user, query or fragment"
              .formatted(field, one, other));
    }
  }

  static boolean isSecure(URI address) {
    return isScheme(address, "wss");
  }

  private static boolean isScheme(URI address, String scheme) {
    return scheme.equalsIgnoreCase(address.getScheme());
  }

  private static void requirePositive(String field, Duration value) {
    if (value.toMillis() < 1) {
      throw new PolygonException.InvalidRequest(
          field, value.toString(), "%s must be at least a millisecond".formatted(field));
    }
  }

  private static void requireLonger(
      String field, Duration value, String otherField, Duration other, boolean orEqual) {
    int order = value.compareTo(other);
    if (order < 0 || (order == 0 && !orEqual)) {
      throw new PolygonException.InvalidRequest(
          field,
          value.toString(),
          "%s (%s) must be longer than %s (%s)".formatted(field, value, otherField, other));
    }
  }

  /** See {@link StreamConfig} for what each means. */
  public static final class Builder {
    private final URI base;
    private final Secret key;
    private final Map<Market, URI> addresses = new EnumMap<>(Market.class);
    private Market market = Market.STOCKS;
    private Duration firstBackoff = Duration.ofSeconds(1);
    private Duration maxBackoff = Duration.ofSeconds(30);
    private Duration crowdedBackoff = Duration.ofSeconds(60);
    private Duration connectTimeout = Duration.ofSeconds(10);
    private Duration confirmTimeout = Duration.ofSeconds(5);
    private Duration pingInterval = Duration.ofSeconds(25);
    private Duration silence = Duration.ofSeconds(30);
    private Duration quiet = Duration.ofSeconds(60);
    private @Nullable URI proxy;

    private Builder(URI base, Secret key) {
      this.base = base;
      this.key = key;
    }

    /** Default: stocks. */
    public Builder market(Market value) {
      market = value;
      return this;
    }

    /** Another address for a market than the base with its path. */
    public Builder address(Market of, URI address) {
      addresses.put(of, address);
      return this;
    }

    /**
     * Futures of one exchange only: {@code cme}, {@code cbot}, {@code nymex} or {@code comex}.
     * Default: of all.
     */
    public Builder futuresOf(String venue) {
      if (!VENUES.contains(venue)) {
        throw new PolygonException.InvalidRequest(
            "venue",
            venue,
            "'%s' is not a futures venue: use cme, cbot, nymex or comex".formatted(venue));
      }
      return address(
          Market.FUTURES,
          URI.create(withoutSlash(base) + "/" + Market.FUTURES.path() + "/" + venue));
    }

    /** Defaults: 1 second, growing to 30 seconds. */
    public Builder backoff(Duration first, Duration max) {
      firstBackoff = first;
      maxBackoff = max;
      return this;
    }

    /** Default: 60 seconds, growing to 16 minutes. */
    public Builder crowdedBackoff(Duration value) {
      crowdedBackoff = value;
      return this;
    }

    /** Default: 10 seconds. */
    public Builder connectTimeout(Duration value) {
      connectTimeout = value;
      return this;
    }

    /** Default: 5 seconds. */
    public Builder confirmTimeout(Duration value) {
      confirmTimeout = value;
      return this;
    }

    /** Defaults: a ping each 25 seconds, dead after 30 seconds of silence. */
    public Builder staleness(Duration ping, Duration silenceAllowed) {
      pingInterval = ping;
      silence = silenceAllowed;
      return this;
    }

    /** Default: 60 seconds. */
    public Builder quiet(Duration least) {
      quiet = least;
      return this;
    }

    /** Default: none. */
    public Builder proxy(URI address) {
      proxy = address;
      return this;
    }

    public StreamConfig build() {
      return new StreamConfig(
          base,
          addresses,
          key,
          market,
          firstBackoff,
          maxBackoff,
          crowdedBackoff,
          connectTimeout,
          confirmTimeout,
          pingInterval,
          silence,
          quiet,
          Optional.ofNullable(proxy));
    }
  }
}
