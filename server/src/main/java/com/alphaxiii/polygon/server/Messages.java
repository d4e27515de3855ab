package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.Channel;
import com.alphaxiii.polygon.core.FeedStatus;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.Topic;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.core.JsonGenerator;

/** Everything a WebSocket client is told besides market data; each as a frame. */
final class Messages {
  private Messages() {}

  static byte[] connected(String clientId, Instant now) {
    return frame(
        "connected",
        json -> {
          json.writeStringProperty("client_id", clientId);
          json.writeStringProperty("server_time", time(now));
        });
  }

  /** As {@link #connected}, with the time on the tape. */
  static byte[] replaying(String clientId, Instant now) {
    return frame(
        "connected",
        json -> {
          json.writeStringProperty("client_id", clientId);
          json.writeStringProperty("server_time", time(now));
          json.writeBooleanProperty("replay", true);
        });
  }

  /** A replay was paused, resumed, wound or set to another speed. */
  static byte[] turned(String action, String value) {
    return frame(
        "replay",
        json -> {
          json.writeStringProperty("action", action);
          if (!value.isEmpty()) {
            json.writeStringProperty("value", value);
          }
        });
  }

  static byte[] pong(Instant now) {
    return frame("pong", json -> json.writeStringProperty("server_time", time(now)));
  }

  /** {@code subscribed} or {@code unsubscribed}. */
  static byte[] confirmed(String type, Collection<String> symbols, Collection<Channel> channels) {
    return frame(
        type,
        json -> {
          texts(json, "symbols", symbols);
          texts(json, "channels", channels.stream().map(Channel::code).toList());
        });
  }

  static byte[] subscriptions(Set<Topic> topics) {
    return frame(
        "subscriptions",
        json -> {
          SortedMap<Channel, Set<String>> byChannel = byChannel(topics);
          Set<String> symbols = new TreeSet<>();
          byChannel.values().forEach(symbols::addAll);
          texts(json, "symbols", symbols);
          texts(json, "channels", byChannel.keySet().stream().map(Channel::code).toList());
          json.writeArrayPropertyStart("topics");
          byChannel.forEach(
              (channel, each) ->
                  each.forEach(symbol -> json.writeString(channel.code() + "." + symbol)));
          json.writeEndArray();
        });
  }

  static byte[] status(FeedStatus status) {
    return frame(
        "status",
        json -> {
          json.writeStringProperty("upstream", status.state().toString());
          json.writeStringProperty("detail", status.detail());
          json.writeStringProperty("since", time(status.at()));
          status.market().ifPresent(m -> json.writeStringProperty("market", m.path()));
        });
  }

  /** Events of one set of symbols and channels, each with each, are lost. */
  static byte[] gap(Set<String> symbols, Collection<Channel> channels, Instant from, Instant to) {
    return frame(
        "gap",
        json -> {
          texts(json, "symbols", symbols);
          texts(json, "channels", channels.stream().map(Channel::code).toList());
          json.writeStringProperty("from", time(from));
          // Milliseconds are written: up, so that nothing lies outside.
          json.writeStringProperty("to", time(to.plusNanos(999_999)));
        });
  }

  /** What became of a gap, of one set of symbols and channels. */
  static byte[] outcome(Set<String> symbols, Collection<Channel> channels, GapOutcome outcome) {
    boolean filled = outcome instanceof GapOutcome.Filled;
    return frame(
        filled ? "gap_filled" : "gap_not_filled",
        json -> {
          texts(json, "symbols", symbols);
          texts(json, "channels", channels.stream().map(Channel::code).toList());
          json.writeStringProperty("from", time(outcome.from()));
          json.writeStringProperty("to", time(outcome.to().plusNanos(999_999)));
          switch (outcome) {
            case GapOutcome.Filled(Map<Topic, Integer> counts, Instant from, Instant to) ->
                json.writeNumberProperty("count", sum(symbols, channels, counts));
            case GapOutcome.Unfilled unfilled ->
                json.writeStringProperty("reason", unfilled.reason());
          }
        });
  }

  /** History has come to where live begins. */
  static byte[] live(
      Set<String> symbols, Collection<Channel> channels, Map<Topic, Integer> counts) {
    return frame(
        "live",
        json -> {
          texts(json, "symbols", symbols);
          texts(json, "channels", channels.stream().map(Channel::code).toList());
          json.writeNumberProperty("history", sum(symbols, channels, counts));
        });
  }

  private static long sum(
      Set<String> symbols, Collection<Channel> channels, Map<Topic, Integer> counts) {
    return counts.entrySet().stream()
        .filter(
            entry ->
                symbols.contains(entry.getKey().symbol())
                    && channels.contains(entry.getKey().channel()))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  static byte[] dropped(long count, Instant since) {
    return frame(
        "dropped",
        json -> {
          json.writeNumberProperty("count", count);
          json.writeStringProperty("since", time(since));
        });
  }

  static byte[] error(String code, String message) {
    return frame(
        "error",
        json -> {
          json.writeStringProperty("code", code);
          json.writeStringProperty("message", message);
        });
  }

  /** Symbols by channel, both in order. */
  static SortedMap<Channel, Set<String>> byChannel(Set<Topic> topics) {
    SortedMap<Channel, Set<String>> byChannel = new TreeMap<>();
    topics.forEach(
        topic ->
            byChannel.computeIfAbsent(topic.channel(), c -> new TreeSet<>()).add(topic.symbol()));
    return byChannel;
  }

  private static byte[] frame(String type, Json.Content content) {
    return Frames.text(
        Json.object(
            json -> {
              json.writeStringProperty("type", type);
              content.write(json);
            }));
  }

  private static void texts(JsonGenerator json, String name, Collection<String> texts) {
    json.writeArrayPropertyStart(name);
    texts.forEach(json::writeString);
    json.writeEndArray();
  }

  private static String time(Instant at) {
    return new IsoTime(Market.NEW_YORK).format(at);
  }

  /** Members for which a map holds equal sets, told together. */
  static Map<Set<String>, Set<Channel>> together(SortedMap<Channel, Set<String>> byChannel) {
    Map<Set<String>, Set<Channel>> groups = new java.util.LinkedHashMap<>();
    byChannel.forEach(
        (channel, symbols) ->
            groups.computeIfAbsent(symbols, s -> new java.util.TreeSet<>()).add(channel));
    return groups;
  }
}
