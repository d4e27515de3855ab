package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.Channel;
import com.alphaxiii.polygon.core.MarketEvent;
import com.alphaxiii.polygon.core.TickerEvent;
import com.alphaxiii.polygon.core.Topic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which sinks an event of one market goes to; each gets it once. It keeps the last event of each
 * topic and how many there were. Used on the loop only.
 */
final class SinkTable {
  private static final Sink[] NONE = {};

  private final String wildcard;
  private final Set<Sink> sinks = new LinkedHashSet<>();
  private final Map<Channel, Map<String, Route>> bySymbol = new EnumMap<>(Channel.class);

  /** The sinks of a topic, and what went there. */
  private static final class Route {
    Sink[] sinks = NONE;
    long count;
    @Nullable TickerEvent last;
  }

  /**
   * @param wildcard what stands for all tickers of the market
   */
  SinkTable(String wildcard) {
    this.wildcard = wildcard;
  }

  void add(Sink sink) {
    sinks.add(sink);
  }

  void remove(Sink sink) {
    sinks.remove(sink);
  }

  /** A copy, since a sink that is being told may add or close others. */
  List<Sink> sinks() {
    return List.copyOf(sinks);
  }

  void route(Topic topic, Sink sink) {
    Route route = routes(topic.channel()).computeIfAbsent(topic.symbol(), added -> new Route());
    Sink[] more = Arrays.copyOf(route.sinks, route.sinks.length + 1);
    more[more.length - 1] = sink;
    route.sinks = more;
  }

  void unroute(Topic topic, Sink sink) {
    Map<String, Route> routes = routes(topic.channel());
    Route route = routes.get(topic.symbol());
    if (route != null) {
      route.sinks = Arrays.stream(route.sinks).filter(other -> other != sink).toArray(Sink[]::new);
      if (route.sinks.length == 0) {
        routes.remove(topic.symbol());
      }
    }
  }

  void dispatch(TickerEvent event) {
    Map<String, Route> routes = routes(event.channel());
    Sink[] whole = note(routes.get(wildcard), event);
    Sink[] own = note(routes.get(event.ticker().symbol()), event);
    for (Sink sink : whole) {
      sink.deliver(event);
    }
    for (Sink sink : own) {
      if (!contains(whole, sink)) {
        sink.deliver(event);
      }
    }
  }

  private static Sink[] note(@Nullable Route route, TickerEvent event) {
    if (route == null) {
      return NONE;
    }
    route.last = event;
    route.count++;
    return route.sinks;
  }

  void broadcast(MarketEvent event) {
    for (Sink sink : sinks()) {
      sink.deliver(event);
    }
  }

  /** The last event delivered of a ticker's topic; null when there was none or it is of all. */
  @Nullable TickerEvent last(Topic topic) {
    Route route = topic.isAll() ? null : routes(topic.channel()).get(topic.symbol());
    return route == null ? null : route.last;
  }

  void forgetCounts() {
    bySymbol.values().forEach(routes -> routes.values().forEach(route -> route.count = 0));
  }

  /** Events since the counts were forgotten, of each ticker that has topics. */
  Collection<Long> countsByTicker() {
    Map<String, Long> counts = new HashMap<>();
    bySymbol
        .values()
        .forEach(routes -> routes.forEach((symbol, r) -> counts.merge(symbol, r.count, Long::sum)));
    counts.remove(wildcard);
    return counts.values();
  }

  /** Events since the counts were forgotten, of each topic of all tickers. */
  Collection<Long> countsByChannel() {
    Collection<Long> counts = new ArrayList<>();
    for (Map<String, Route> routes : bySymbol.values()) {
      Route route = routes.get(wildcard);
      if (route != null) {
        counts.add(route.count);
      }
    }
    return counts;
  }

  private Map<String, Route> routes(Channel channel) {
    return bySymbol.computeIfAbsent(channel, added -> new HashMap<>());
  }

  private static boolean contains(Sink[] all, Sink wanted) {
    for (Sink sink : all) {
      if (sink == wanted) {
        return true;
      }
    }
    return false;
  }
}
