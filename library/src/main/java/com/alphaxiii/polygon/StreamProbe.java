package com.alphaxiii.polygon;

import com.alphaxiii.polygon.client.StreamClient;
import com.alphaxiii.polygon.client.StreamConfig;
import com.alphaxiii.polygon.core.Channel;
import com.alphaxiii.polygon.core.Feature;
import com.alphaxiii.polygon.core.Feature.State;
import com.alphaxiii.polygon.core.FeedStatus;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.NanoClock;
import com.alphaxiii.polygon.core.Subscription;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.Topic;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which markets and channels of the stream the plan has, by a short connection to each
 * market. A market that the live feed is connected to is not touched, since the vendor allows one
 * connection.
 */
final class StreamProbe {
  /** Longer than the vendor may take to log in and to confirm. */
  private static final Duration PATIENCE = Duration.ofSeconds(12);

  private static final Duration CONFIRMED = Duration.ofMillis(1_500);

  private static final Set<FeedStatus.State> SETTLED =
      EnumSet.of(FeedStatus.State.CONNECTED, FeedStatus.State.DOWN, FeedStatus.State.RECONNECTING);

  private static final List<Channel> CHANNELS =
      List.of(
          Channel.MINUTE_AGGREGATES,
          Channel.SECOND_AGGREGATES,
          Channel.TRADES,
          Channel.QUOTES,
          Channel.LIMIT_UP_LIMIT_DOWN,
          Channel.IMBALANCES,
          Channel.VALUES);

  private final StreamConfig config;
  private final Function<Market, Optional<FeedStatus>> live;
  private final InstantSource clock;
  private final NanoClock nanoClock;

  /**
   * @param live how the live feed stands with a market
   */
  StreamProbe(
      StreamConfig config,
      Function<Market, Optional<FeedStatus>> live,
      InstantSource clock,
      NanoClock nanoClock) {
    this.config = hasty(config);
    this.live = live;
    this.clock = clock;
    this.nanoClock = nanoClock;
  }

  /** The vendor confirms at once, or never. */
  private static StreamConfig hasty(StreamConfig usual) {
    return new StreamConfig(
        usual.base(),
        usual.addresses(),
        usual.key(),
        usual.market(),
        usual.firstBackoff(),
        usual.maxBackoff(),
        usual.crowdedBackoff(),
        usual.connectTimeout(),
        CONFIRMED,
        usual.pingInterval(),
        usual.silence(),
        usual.quiet(),
        usual.proxy());
  }

  /** A feature {@code stream_stocks} and so on for each market. */
  List<Feature> probe() {
    Map<Market, Feature> found = new EnumMap<>(Market.class);
    Set<Market> asked = new HashSet<>();
    for (Market market : Market.values()) {
      Optional<FeedStatus> status = live.apply(market);
      if (status.filter(s -> s.state() == FeedStatus.State.CONNECTED).isPresent()) {
        found.put(
            market, feature(market, State.ALLOWED, "the live feed: " + status.get().detail()));
      } else {
        asked.add(market);
      }
    }
    found.putAll(ask(asked));
    return List.copyOf(found.values());
  }

  private Map<Market, Feature> ask(Set<Market> markets) {
    Map<Market, FeedStatus> told = new ConcurrentHashMap<>();
    CountDownLatch open = new CountDownLatch(markets.size());
    Set<Topic> topics = new HashSet<>();
    markets.forEach(market -> topics.addAll(topics(market)));
    Map<Market, Feature> found = new EnumMap<>(Market.class);
    try (StreamClient client = StreamClient.open(config, clock, nanoClock);
        Subscription _ =
            client.subscribe(
                topics,
                event -> {
                  if (event instanceof FeedStatus status
                      && SETTLED.contains(status.state())
                      && status.market().isPresent()
                      && told.putIfAbsent(status.market().get(), status) == null) {
                    open.countDown();
                  }
                })) {
      client.connect();
      // Said even if not all have answered: those that have not are unknown.
      boolean _ = open.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      for (Market market : markets) {
        found.put(market, feature(market, told.get(market), client.unconfirmed(market)));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      markets.forEach(m -> found.put(m, feature(m, State.UNKNOWN, "interrupted while asking")));
    }
    return found;
  }

  private static Ticker example(Market market) {
    return Ticker.of(
        switch (market) {
          case STOCKS -> "AAPL";
          case OPTIONS -> "O:SPY301220C00650000";
          case FOREX -> "C:EURUSD";
          case CRYPTO -> "X:BTCUSD";
          case INDICES -> "I:SPX";
          case FUTURES -> "ESZ6";
        });
  }

  private static Set<Topic> topics(Market market) {
    Set<Topic> topics = new HashSet<>();
    for (Channel channel : CHANNELS) {
      if (channel.vendorCode(market).isPresent()) {
        topics.add(Topic.of(channel, example(market)));
      }
    }
    return topics;
  }

  private static Feature feature(Market market, @Nullable FeedStatus status, Set<Topic> refused) {
    if (status == null) {
      return feature(market, State.UNKNOWN, "no answer in time");
    }
    return switch (status.state()) {
      case CONNECTED -> connected(market, refused);
      case DOWN -> feature(market, State.NOT_ENTITLED, status.detail());
      default -> feature(market, State.UNKNOWN, status.detail());
    };
  }

  private static Feature connected(Market market, Set<Topic> refused) {
    List<String> has = new ArrayList<>();
    List<String> lacks = new ArrayList<>();
    for (Channel channel : CHANNELS) {
      if (channel.vendorCode(market).isPresent()) {
        boolean without = refused.stream().anyMatch(topic -> topic.channel() == channel);
        (without ? lacks : has).add(channel.name().toLowerCase(Locale.ROOT));
      }
    }
    String detail =
        "%s%s"
            .formatted(
                String.join(", ", has),
                lacks.isEmpty() ? "" : "; not confirmed: " + String.join(", ", lacks));
    return feature(market, has.isEmpty() ? State.NOT_ENTITLED : State.ALLOWED, detail);
  }

  private static Feature feature(Market market, State state, String detail) {
    return new Feature("stream_" + market.path(), state, detail);
  }
}
