package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.Channel;
import com.alphaxiii.polygon.core.MarketEvent;
import com.alphaxiii.polygon.core.TickerEvent;
import com.alphaxiii.polygon.core.Topic;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which sinks an event goes to; each gets it once. Used on the loop only. */
final class SinkTable {
  private static final Sink[] NONE = {};

  private final Set<Sink> sinks = new LinkedHashSet<>();
  private final Map<Channel, Map<String, Sink[]>> bySymbol = new EnumMap<>(Channel.class);

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
    routes(topic.channel())
        .merge(
            topic.symbol(),
            new Sink[] {sink},
            (present, added) -> {
              Sink[] more = Arrays.copyOf(present, present.length + 1);
              more[present.length] = sink;
              return more;
            });
  }

  void unroute(Topic topic, Sink sink) {
    routes(topic.channel())
        .computeIfPresent(
            topic.symbol(),
            (symbol, present) -> {
              Sink[] rest =
                  Arrays.stream(present).filter(other -> other != sink).toArray(Sink[]::new);
              return rest.length == 0 ? null : rest;
            });
  }

  void dispatch(TickerEvent event) {
    Map<String, Sink[]> routes = routes(event.channel());
    Sink[] whole = orNone(routes.get(event.ticker().market().wildcard()));
    for (Sink sink : whole) {
      sink.deliver(event);
    }
    for (Sink sink : orNone(routes.get(event.ticker().symbol()))) {
      if (!contains(whole, sink)) {
        sink.deliver(event);
      }
    }
  }

  void broadcast(MarketEvent event) {
    for (Sink sink : sinks()) {
      sink.deliver(event);
    }
  }

  private Map<String, Sink[]> routes(Channel channel) {
    return bySymbol.computeIfAbsent(channel, added -> new HashMap<>());
  }

  private static Sink[] orNone(Sink @Nullable [] found) {
    return found == null ? NONE : found;
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
