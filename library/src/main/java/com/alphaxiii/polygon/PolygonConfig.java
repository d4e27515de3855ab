package com.alphaxiii.polygon;

import com.alphaxiii.polygon.client.StreamConfig;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Secret;
import com.alphaxiii.polygon.core.Settings;
import com.alphaxiii.polygon.core.Tier;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the library needs to know: values only, no resources.
 *
 * @param apiKey the vendor's key
 * @param tier the plan behind the key: sets the rate budget and which stream hosts apply
 * @param baseUrl REST base, http or https
 * @param streamUrl WebSocket base, ws or wss; the market's path is appended. Currencies are not
 *     delayed in any plan: where this is one of the vendor's delayed hosts, they come from the
 *     real-time host beside it
 * @param streamProxy what the stream goes through ({@code http://host:port}, {@code
 *     socks5://host:port}); when empty nothing, whatever the system's settings say
 * @param cacheDir root of the local cache; made when missing
 * @param cacheMaxBytes size that its files are kept within; empty = no limit
 */
public record PolygonConfig(
    Secret apiKey,
    Tier tier,
    URI baseUrl,
    URI streamUrl,
    Optional<URI> streamProxy,
    Path cacheDir,
    OptionalLong cacheMaxBytes) {
  private static final Set<String> REST_SCHEMES = Set.of("http", "https");
  private static final Set<String> STREAM_SCHEMES = Set.of("ws", "wss");
  private static final Set<String> PROXY_SCHEMES = Set.of("http", "socks5");
  private static final URI REST = URI.create("https://api.massive.com");
  private static final URI STREAM = URI.create("wss://socket.massive.com");
  private static final URI STREAM_DELAYED = URI.create("wss://delayed.massive.com");
  private static final URI STREAM_BUSINESS = URI.create("wss://delayed-business.massive.com");
  private static final Map<String, String> UNDELAYED =
      Map.of("delayed.", "socket.", "delayed-business.", "business.");
  private static final Pattern SIZE =
      Pattern.compile("([1-9][0-9]{0,8}|[1-9][0-9]{9,17}(?![KMGT]))([KMGT]?)");
  private static final Path CACHE = Path.of("polygon_cache");

  /**
   * Throws {@link PolygonException.InvalidRequest} when an address has the wrong scheme or no host.
   */
  public PolygonConfig {
    require("POLYGON_BASE_URL", baseUrl, REST_SCHEMES);
    require("POLYGON_STREAM_URL", streamUrl, STREAM_SCHEMES);
    streamProxy.ifPresent(proxy -> require("POLYGON_STREAM_PROXY", proxy, PROXY_SCHEMES));
  }

  private static URI require(String name, URI url, Set<String> schemes) {
    String scheme = url.getScheme();
    if (scheme == null
        || !schemes.contains(scheme.toLowerCase(Locale.ROOT))
        || url.getHost() == null
        || url.getUserInfo() != null
        || url.getQuery() != null) {
      throw new PolygonException.InvalidRequest(
          name,
          null,
          "an address of the form %s://host[:port] is needed"
              .formatted(String.join(" or ", schemes.stream().sorted().toList())));
    }
    return url;
  }

  /** The stream base of a plan: real-time, delayed by 15 minutes, or the business hosts. */
  public static URI streamUrl(Tier tier) {
    return switch (tier) {
      case ADVANCED -> STREAM;
      case BASIC, STARTER, DEVELOPER -> STREAM_DELAYED;
      case BUSINESS -> STREAM_BUSINESS;
    };
  }

  /** How a {@link com.alphaxiii.polygon.client.StreamClient} is opened with these values. */
  StreamConfig stream() {
    StreamConfig.Builder builder = StreamConfig.builder(streamUrl, apiKey);
    realTime(streamUrl)
        .ifPresent(
            url -> {
              for (Market market : List.of(Market.FOREX, Market.CRYPTO)) {
                builder.address(market, url.resolve("/" + market.path()));
              }
            });
    streamProxy.ifPresent(builder::proxy);
    return builder.build();
  }

  /** The real-time host beside one of the vendor's delayed ones. */
  private static Optional<URI> realTime(URI url) {
    String host = url.getHost().toLowerCase(Locale.ROOT);
    if (!host.endsWith(".massive.com") && !host.endsWith(".polygon.io")) {
      return Optional.empty();
    }
    for (Map.Entry<String, String> pair : UNDELAYED.entrySet()) {
      if (host.startsWith(pair.getKey())) {
        String rest = host.substring(pair.getKey().length());
        return Optional.of(URI.create(url.getScheme() + "://" + pair.getValue() + rest));
      }
    }
    return Optional.empty();
  }

  /** Of {@code .env} in the working directory and the environment. */
  public static PolygonConfig fromEnvironment() {
    return from(Settings.load(Path.of(""), System.getenv(), Map.of()));
  }

  /**
   * Of settings already gathered; throws one {@link PolygonException.InvalidRequest} that names
   * every problem in them, found here or before.
   */
  public static PolygonConfig from(Settings settings) {
    Builder builder = builder();
    settings
        .text("POLYGON_API_KEY")
        .or(() -> settings.text("MASSIVE_API_KEY"))
        .ifPresentOrElse(
            builder::apiKey,
            () ->
                settings.problem(
                    "POLYGON_API_KEY not found: set it in the environment or in a .env file here"
                        + " (no key yet? polygon demo needs none)"));
    Tier tier = settings.value("POLYGON_TIER", Tier::parse, Tier.ADVANCED);
    builder
        .tier(tier)
        .baseUrl(
            settings.value(
                "POLYGON_BASE_URL",
                text -> require("POLYGON_BASE_URL", URI.create(text), REST_SCHEMES),
                REST))
        .streamUrl(
            settings.value(
                "POLYGON_STREAM_URL",
                text -> require("POLYGON_STREAM_URL", URI.create(text), STREAM_SCHEMES),
                streamUrl(tier)))
        .cacheDir(cacheDir(settings));
    cacheMaxBytes(settings).ifPresent(builder::cacheMaxBytes);
    settings
        .value(
            "POLYGON_STREAM_PROXY",
            text -> Optional.of(require("POLYGON_STREAM_PROXY", URI.create(text), PROXY_SCHEMES)),
            Optional.<URI>empty())
        .ifPresent(builder::streamProxy);
    settings.check();
    return builder.build();
  }

  /** Reads {@code 500000000}, {@code 500M}, {@code 20G}: K, M, G and T are powers of 1,024. */
  private static OptionalLong bytes(String text) {
    Matcher size = SIZE.matcher(text);
    if (!size.matches()) {
      throw new IllegalArgumentException(
          "'%s' is not a number of bytes such as 500000000, 500M or 20G".formatted(text));
    }
    int power = size.group(2).isEmpty() ? 0 : 1 + "KMGT".indexOf(size.group(2));
    return OptionalLong.of(Long.parseLong(size.group(1)) << (10 * power));
  }

  /** The cache's root alone, for which no key is needed; a malformed one becomes a problem. */
  public static Path cacheDir(Settings settings) {
    return settings.value("CACHE_DIR", Path::of, CACHE);
  }

  /** The size that the cache is kept within, empty for none; a malformed one becomes a problem. */
  public static OptionalLong cacheMaxBytes(Settings settings) {
    return settings.value("CACHE_MAX_BYTES", PolygonConfig::bytes, OptionalLong.empty());
  }

  /** Starts from the defaults; only the key must be given. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects the values of a {@link PolygonConfig}. */
  public static final class Builder {
    private Optional<Secret> apiKey = Optional.empty();
    private Tier tier = Tier.ADVANCED;
    private URI baseUrl = REST;
    private Optional<URI> streamUrl = Optional.empty();
    private Optional<URI> streamProxy = Optional.empty();
    private Path cacheDir = CACHE;
    private OptionalLong cacheMaxBytes = OptionalLong.empty();

    private Builder() {}

    public Builder apiKey(String key) {
      this.apiKey = Optional.of(new Secret(key));
      return this;
    }

    public Builder tier(Tier value) {
      this.tier = value;
      return this;
    }

    public Builder baseUrl(URI value) {
      this.baseUrl = value;
      return this;
    }

    /** Without it, the tier decides. */
    public Builder streamUrl(URI value) {
      this.streamUrl = Optional.of(value);
      return this;
    }

    /** Without it, the stream goes through none. */
    public Builder streamProxy(URI value) {
      this.streamProxy = Optional.of(value);
      return this;
    }

    public Builder cacheDir(Path value) {
      this.cacheDir = value;
      return this;
    }

    /** Without it, the cache grows without limit. */
    public Builder cacheMaxBytes(long value) {
      this.cacheMaxBytes = OptionalLong.of(value);
      return this;
    }

    /** The configuration; throws {@link PolygonException.InvalidRequest} without a key. */
    public PolygonConfig build() {
      return new PolygonConfig(
          apiKey.orElseThrow(
              () ->
                  new PolygonException.InvalidRequest(
                      "POLYGON_API_KEY", null, "an API key is needed: builder().apiKey(…)")),
          tier,
          baseUrl,
          streamUrl.orElseGet(() -> PolygonConfig.streamUrl(tier)),
          streamProxy,
          cacheDir,
          cacheMaxBytes);
    }
  }
}
