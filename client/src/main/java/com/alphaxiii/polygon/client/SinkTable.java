package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.Channel;
import com.alphaxiii.polygon.core.MarketEvent;
import com.alphaxiii.polygon.core.TickerEvent;
import com.alphaxiii.polygon.core.Topic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
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
@SuppressWarnings("EnumOrdinal")
final class SinkTable {
  private static final Sink[] NONE = {};

  private final Set<Sink> sinks = new LinkedHashSet<>();

  /** By the ordinal of their channel. */
  private final Routes[] routes = new Routes[Channel.values().length];

  /** The topics of one channel. */
  private static final class Routes {
    @Nullable Route whole;
    final Map<String, Route> bySymbol = new HashMap<>();
  }

  /** The sinks of a topic, and what went there. */
  private static final class Route {
    Sink[] sinks = NONE;
    long count;
    @Nullable TickerEvent last;
  }

  SinkTable() {
    Arrays.setAll(routes, channel -> new Routes());
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
    Route route = get(topic);
    if (route == null) {
      route = new Route();
      set(topic, route);
    }
    Sink[] more = Arrays.copyOf(route.sinks, route.sinks.length + 1);
    more[more.length - 1] = sink;
    route.sinks = more;
  }

  void unroute(Topic topic, Sink sink) {
    Route route = get(topic);
    if (route != null) {
      route.sinks = Arrays.stream(route.sinks).filter(other -> other != sink).toArray(Sink[]::new);
      if (route.sinks.length == 0) {
        set(topic, null);
      }
    }
  }

  private @Nullable Route get(Topic topic) {
    Routes ofChannel = routes(topic.channel());
    return topic.isAll() ? ofChannel.whole : ofChannel.bySymbol.get(topic.symbol());
  }

  private void set(Topic topic, @Nullable Route route) {
    Routes ofChannel = routes(topic.channel());
    if (topic.isAll()) {
      ofChannel.whole = route;
    } else if (route == null) {
      ofChannel.bySymbol.remove(topic.symbol());
    } else {
      ofChannel.bySymbol.put(topic.symbol(), route);
    }
  }

  /** Brings an event of this channel to its sinks. */
  void dispatch(Channel channel, TickerEvent event) {
    Routes ofChannel = routes(channel);
    Sink[] whole = NONE;
    if (ofChannel.whole != null) {
      ofChannel.whole.count++;
      whole = ofChannel.whole.sinks;
    }
    Sink[] own = ofChannel.bySymbol.isEmpty() ? NONE : note(ofChannel, event);
    for (Sink sink : whole) {
      sink.deliver(event);
    }
    for (Sink sink : own) {
      if (!contains(whole, sink)) {
        sink.deliver(event);
      }
    }
  }

  private static Sink[] note(Routes ofChannel, TickerEvent event) {
    Route route = ofChannel.bySymbol.get(event.ticker().symbol());
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
    Route route = topic.isAll() ? null : get(topic);
    return route == null ? null : route.last;
  }

  void forgetCounts() {
    for (Routes ofChannel : routes) {
      ofChannel.bySymbol.values().forEach(route -> route.count = 0);
      if (ofChannel.whole != null) {
        ofChannel.whole.count = 0;
      }
    }
  }

  /** Events since the counts were forgotten, of each ticker that has topics. */
  Collection<Long> countsByTicker() {
    Map<String, Long> counts = new HashMap<>();
    for (Routes ofChannel : routes) {
      ofChannel.bySymbol.forEach((symbol, route) -> counts.merge(symbol, route.count, Long::sum));
    }
    return counts.values();
  }

  /** Events since the counts were forgotten, of each topic of all tickers. */
  Collection<Long> countsByChannel() {
    Collection<Long> counts = new ArrayList<>();
    for (Routes ofChannel : routes) {
      if (ofChannel.whole != null) {
        counts.add(ofChannel.whole.count);
      }
    }
    return counts;
  }

  private Routes routes(Channel channel) {
    return routes[channel.ordinal()];
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
