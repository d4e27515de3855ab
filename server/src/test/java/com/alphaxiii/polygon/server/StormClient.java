package com.alphaxiii.polygon.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/** A client that behaves badly in all ways, one after the other, until it is told to stop. */
final class StormClient implements Runnable {
  private static final int MOST_ACTS = 12;
  private static final String[] POLICIES = {
    "",
    ",\"policy\":\"drop_oldest\"",
    ",\"policy\":\"conflate\"",
    ",\"policy\":\"disconnect\"",
    ",\"policy\":\"conflate\",\"conflate_trades\":true",
    ",\"snapshot\":true"
  };
  private static final String[] NONSENSE = {
    "", "{", "[[[[", "{\"action\":\"dance\"}", "{\"action\":\"subscribe\",\"symbols\":[7]}"
  };

  /** What all of them did. */
  static final class Deeds {
    final LongAdder visits = new LongAdder();
    final LongAdder acts = new LongAdder();
    final LongAdder deaths = new LongAdder();
    final LongAdder stalls = new LongAdder();
    final LongAdder floods = new LongAdder();
    final LongAdder cutOff = new LongAdder();

    @Override
    public String toString() {
      return "%d visits, %d acts, %d stalls, %d floods, %d killed, %d ended by the server"
          .formatted(
              visits.sum(), acts.sum(), stalls.sum(), floods.sum(), deaths.sum(), cutOff.sum());
    }
  }

  private final int port;
  private final int number;
  private final Random random;
  private final long mostStallNanos;
  private final Deeds deeds;
  private volatile boolean stopped;

  StormClient(int port, int number, long seed, long mostStallNanos, Deeds deeds) {
    this.port = port;
    this.number = number;
    this.random = new Random(seed + number);
    this.mostStallNanos = mostStallNanos;
    this.deeds = deeds;
  }

  void stop() {
    stopped = true;
  }

  @Override
  public void run() {
    while (!stopped) {
      deeds.visits.increment();
      try {
        visit();
      } catch (UncheckedIOException e) {
        // The server has ended what it need not bear.
        deeds.cutOff.increment();
      }
    }
  }

  private void visit() {
    if (random.nextInt(20) == 0) {
      half();
      return;
    }
    boolean vendor = random.nextInt(8) == 0;
    // Some come again under a name that is taken.
    String path = vendor ? "/stocks" : "/ws/storm" + random.nextInt(number + 1);
    RawClient client = new RawClient(port, path, random.nextBoolean() ? 4_096 : 1 << 16);
    try {
      if (vendor) {
        client.send("{\"action\":\"auth\",\"params\":\"any\"}");
      }
      int acts = 1 + random.nextInt(MOST_ACTS);
      for (int i = 0; i < acts && !stopped; i++) {
        deeds.acts.increment();
        act(client, vendor);
      }
    } finally {
      leave(client);
    }
  }

  /** Goes in the middle of the handshake. */
  private void half() {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket
          .getOutputStream()
          .write("GET /ws/half HTTP/1.1\r\nHost: loc".getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void act(RawClient client, boolean vendor) {
    switch (random.nextInt(10)) {
      case 0, 1, 2 -> client.send(vendor ? vendors("subscribe") : own("subscribe"));
      case 3 -> client.send(vendor ? vendors("unsubscribe") : own("unsubscribe"));
      case 4 -> client.send(NONSENSE[random.nextInt(NONSENSE.length)]);
      case 5 -> flood(client);
      case 6, 7 -> {
        deeds.stalls.increment();
        LockSupport.parkNanos(1 + random.nextLong(mostStallNanos));
      }
      default -> {
        if (!vendor) {
          client.send("{\"action\":\"ping\"}");
          readToThePong(client);
        }
      }
    }
  }

  /** All that came before the answer, unless it is slow for its policy and cut off. */
  private void readToThePong(RawClient client) {
    String text = client.next();
    while (text != null && !text.contains("\"pong\"")) {
      text = client.next();
    }
    if (text == null) {
      deeds.cutOff.increment();
    }
  }

  private void flood(RawClient client) {
    deeds.floods.increment();
    int messages = random.nextInt(400);
    for (int i = 0; i < messages; i++) {
      client.send("{\"action\":\"list\"}");
    }
  }

  private String own(String action) {
    StringBuilder symbols = new StringBuilder();
    int count = 1 + random.nextInt(10);
    for (int i = 0; i < count; i++) {
      symbols.append(i == 0 ? "" : ",").append('"').append(symbol()).append('"');
    }
    return "{\"action\":\"%s\",\"symbols\":[%s],\"channels\":[%s]%s}"
        .formatted(
            action,
            symbols,
            random.nextBoolean() ? "\"T\"" : "\"T\",\"Q\"",
            action.equals("subscribe") ? POLICIES[random.nextInt(POLICIES.length)] : "");
  }

  private String vendors(String action) {
    return "{\"action\":\"%s\",\"params\":\"T.%s,Q.%s\"}".formatted(action, symbol(), symbol());
  }

  private String symbol() {
    return random.nextInt(10) == 0 ? "*" : IsolationTest.symbol(random.nextInt(60));
  }

  private void leave(RawClient client) {
    switch (random.nextInt(3)) {
      case 0 -> {
        deeds.deaths.increment();
        client.die();
      }
      case 1 -> {
        try {
          // A closing frame, and then gone without waiting for the other.
          client.sendRaw(new byte[] {(byte) 0x88, (byte) 0x80, 0, 0, 0, 0});
        } finally {
          client.close();
        }
      }
      default -> client.close();
    }
  }
}
