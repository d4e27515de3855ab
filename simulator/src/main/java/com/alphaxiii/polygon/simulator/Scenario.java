package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.NanoClock;
import com.alphaxiii.polygon.core.Tier;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a simulator plays: its data, clock, live feed, keys and address. Immutable. */
public final class Scenario {
  private final @Nullable Path data;
  private final long seed;
  private final InstantSource clock;
  private final NanoClock nanoClock;
  private final @Nullable Replay live;
  private final @Nullable Set<String> keys;
  private final Map<String, Tier> tiers;
  private final boolean enforcesRates;
  private final Duration delay;
  private final Duration authTimeout;
  private final Set<String> unknown;
  private final int maxConnections;
  private final boolean evictsNewest;
  private final int bufferBytes;
  private final String host;
  private final int port;

  private Scenario(Builder builder) {
    data = builder.data;
    seed = builder.seed;
    clock = builder.clock;
    nanoClock = builder.nanoClock;
    live = builder.live;
    keys = builder.keys;
    tiers = Map.copyOf(builder.tiers);
    enforcesRates = builder.enforcesRates;
    delay = builder.delay;
    authTimeout = builder.authTimeout;
    unknown = builder.unknown;
    maxConnections = builder.maxConnections;
    evictsNewest = builder.evictsNewest;
    bufferBytes = builder.bufferBytes;
    host = builder.host;
    port = builder.port;
  }

  /** Everything at its default: the modelled market, the machine's clocks, any free port. */
  public static Builder builder() {
    return new Builder();
  }

  Optional<Path> data() {
    return Optional.ofNullable(data);
  }

  long seed() {
    return seed;
  }

  InstantSource clock() {
    return clock;
  }

  NanoClock nanoClock() {
    return nanoClock;
  }

  Optional<Replay> live() {
    return Optional.ofNullable(live);
  }

  /** Whether a request with this key is served; a bad key gets 401 and {@code auth_failed}. */
  boolean accepts(String key) {
    return tiers.containsKey(key)
        || (keys == null ? !key.isEmpty() && !key.startsWith("bad") : keys.contains(key));
  }

  /** What an accepted key may see. */
  Access access(String key) {
    Tier tier = tiers.get(key);
    if (tier == null) {
      tier =
          Arrays.stream(Tier.values())
              .filter(named -> key.startsWith(named.toString()))
              .findFirst()
              .orElse(Tier.ADVANCED);
    }
    return new Access(tier, clock);
  }

  boolean enforcesRates() {
    return enforcesRates;
  }

  /** How late a delayed plan sees its markets. */
  Duration delay() {
    return delay;
  }

  Duration authTimeout() {
    return authTimeout;
  }

  Set<String> unknown() {
    return unknown;
  }

  int maxConnections() {
    return maxConnections;
  }

  boolean evictsNewest() {
    return evictsNewest;
  }

  int bufferBytes() {
    return bufferBytes;
  }

  String host() {
    return host;
  }

  int port() {
    return port;
  }

  /** Collects what differs from the defaults. */
  public static final class Builder {
    private @Nullable Path data;
    private long seed = 1;
    private InstantSource clock = InstantSource.system();
    private NanoClock nanoClock = NanoClock.system();
    private @Nullable Replay live;
    private @Nullable Set<String> keys;
    private final Map<String, Tier> tiers = new HashMap<>();
    private boolean enforcesRates;
    private Duration delay = Duration.ofMinutes(15);
    private Duration authTimeout = Duration.ofSeconds(30);
    private Set<String> unknown = Set.of("NOPE", "INVALID");
    private int maxConnections = 1;
    private boolean evictsNewest;
    private int bufferBytes = 8 << 20;
    private String host = "127.0.0.1";
    private int port;

    private Builder() {}

    /**
     * A folder of recorded market data: {@code flatfiles/us_stocks_sip/…} in the vendor's layout,
     * {@code daily/SYM.csv.gz}, {@code hourly/SYM.csv.gz}, {@code splits.csv}, {@code
     * dividends.csv}, each optional. A symbol found in it answers from it alone; all others are
     * modelled.
     */
    public Builder data(Path folder) {
      data = folder;
      return this;
    }

    /** Chooses one of the modelled markets; equal seeds give equal markets. Default 1. */
    public Builder seed(long value) {
      seed = value;
      return this;
    }

    /** The vendor's wall clock: what lies after it does not exist yet. Default: the system's. */
    public Builder clock(InstantSource source) {
      clock = source;
      return this;
    }

    /** Paces replays and delays. Default: the system's. */
    public Builder nanoClock(NanoClock source) {
      nanoClock = source;
      return this;
    }

    /** What the stream plays. Default: nothing but what tests publish. */
    public Builder live(Replay replay) {
      live = replay;
      return this;
    }

    /** The only keys accepted. Default: any key that is not empty and does not begin with bad. */
    public Builder keys(Set<String> accepted) {
      keys = Set.copyOf(accepted);
      return this;
    }

    /**
     * Accepts a key and gives it a plan. Default: a key that begins with the name of a plan, such
     * as {@code basic-1}, is of that plan, any other of {@code advanced}.
     */
    public Builder tier(String key, Tier tier) {
      tiers.put(key, tier);
      return this;
    }

    /**
     * Answers 429 to a key that has used up its plan's requests of a minute, counted on the nano
     * clock. Default false.
     */
    public Builder enforcesRates(boolean value) {
      enforcesRates = value;
      return this;
    }

    /**
     * How late plans of delayed data get it, by REST and on the stream. Default 15 minutes, as the
     * vendor.
     */
    public Builder delay(Duration duration) {
      delay = duration;
      return this;
    }

    /** How long a stream connection may stay without a key. Default 30 seconds. */
    public Builder authTimeout(Duration duration) {
      authTimeout = duration;
      return this;
    }

    /** Symbols that the modelled market does not know. Default: NOPE and INVALID. */
    public Builder unknown(Set<String> symbols) {
      unknown = Set.copyOf(symbols);
      return this;
    }

    /** Stream connections for each key and market. Default 1, as the vendor. */
    public Builder maxConnections(int count) {
      maxConnections = count;
      return this;
    }

    /** Over the limit, closes the newest connection rather than the oldest. */
    public Builder evictsNewest(boolean value) {
      evictsNewest = value;
      return this;
    }

    /**
     * Bytes held for a stream connection that does not read fast enough; beyond them it is closed
     * as a slow consumer (a recorded replay waits for it first). Default 8 MiB.
     */
    public Builder bufferBytes(int bytes) {
      bufferBytes = bytes;
      return this;
    }

    /** The address to listen on. Default 127.0.0.1. */
    public Builder host(String name) {
      host = name;
      return this;
    }

    /** The port to listen on. Default 0: any free one. */
    public Builder port(int number) {
      port = number;
      return this;
    }

    public Scenario build() {
      return new Scenario(this);
    }
  }
}
