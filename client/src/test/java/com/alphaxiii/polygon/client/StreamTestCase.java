package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.NanoClock;
import com.alphaxiii.polygon.core.Secret;
import com.alphaxiii.polygon.core.Topic;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** A client before a scripted server, with a sink that is read one event at a time. */
@Timeout(60)
abstract class StreamTestCase {
  static final Duration PATIENCE = Duration.ofSeconds(20);
  static final String KEY = "a-secret-key-1234";

  final Recorder sink = new Recorder();
  ScriptedStream server;
  StreamClient client;

  @BeforeEach
  void start() throws Exception {
    server = new ScriptedStream();
    client = open(config -> config);
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    server.close();
  }

  /** Puts a client with other settings in the place of the usual one. */
  void reopen(UnaryOperator<StreamConfig.Builder> settings) {
    client.close();
    client = open(settings);
  }

  StreamClient open(UnaryOperator<StreamConfig.Builder> settings) {
    return open(server.url(), settings);
  }

  static StreamClient open(URI base, UnaryOperator<StreamConfig.Builder> settings) {
    return StreamClient.open(config(base, settings), InstantSource.system(), NanoClock.system());
  }

  static StreamConfig config(URI base, UnaryOperator<StreamConfig.Builder> settings) {
    StreamConfig.Builder builder =
        StreamConfig.builder(base, new Secret(KEY))
            .backoff(Duration.ofMillis(10), Duration.ofMillis(50));
    return settings.apply(builder).build();
  }

  static Set<Topic> topics(String list) {
    return Arrays.stream(list.split(",")).map(Topic::parse).collect(Collectors.toSet());
  }

  static String trade(String symbol, long sequence) {
    return "[" + tradeEvent(symbol, sequence) + "]";
  }

  static String trade(String symbol, long sequence, long millis) {
    return "[" + tradeEvent(symbol, sequence, millis) + "]";
  }

  static String tradeEvent(String symbol, long sequence) {
    return tradeEvent(symbol, sequence, 1_536_036_818_784L);
  }

  static String tradeEvent(String symbol, long sequence, long millis) {
    return "{\"ev\":\"T\",\"sym\":\"%s\",\"p\":1.5,\"s\":10,\"t\":%d,\"q\":%d}"
        .formatted(symbol, millis, sequence);
  }
}
