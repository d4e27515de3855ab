package com.alphaxiii.polygon.bench;

import com.alphaxiii.polygon.core.BarSource;
import com.alphaxiii.polygon.core.Conditions;
import com.alphaxiii.polygon.core.EventFeed;
import com.alphaxiii.polygon.core.FeedStatus;
import com.alphaxiii.polygon.core.LiveHistory;
import com.alphaxiii.polygon.core.MarketEvent;
import com.alphaxiii.polygon.core.NanoClock;
import com.alphaxiii.polygon.core.Subscription;
import com.alphaxiii.polygon.core.TickSource;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.Topic;
import com.alphaxiii.polygon.core.Trade;
import com.alphaxiii.polygon.server.DataServer;
import com.alphaxiii.polygon.server.ServerConfig;
import com.alphaxiii.polygon.server.ServerPorts;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.reflect.Constructor;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * The real server over a feed that publishes trades of 50 tickers at a rate told by standard input:
 * {@code rate N} a second. Each trade's id is the time when it was published, in ns of the
 * machine's monotonic clock. Prints its port, and after each {@code rate} how many were published
 * before.
 */
final class FanOutServer {
  static final int TICKERS = 50;
  private static final NanoClock CLOCK = NanoClock.system();
  private static final Conditions CONDITIONS = Conditions.of(14, 37);

  private FanOutServer() {}

  public static void main(String[] args) throws Exception {
    Feed feed = new Feed();
    ServerConfig config = ServerConfig.of("127.0.0.1", 0).withMaxWebSocketConnections(1_000);
    DataServer server = DataServer.start(config, ports(feed));
    Thread publisher = Thread.ofPlatform().daemon().name("feed").start(feed::publish);
    say("port " + server.port());
    BufferedReader words =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = words.readLine(); line != null; line = words.readLine()) {
      long before = feed.rate(Long.parseLong(line.substring("rate ".length())));
      say("published " + before);
    }
    publisher.interrupt();
    System.exit(0);
  }

  private static void say(String words) {
    System.out.println(words);
    System.out.flush();
  }

  /** Only the feed, the clock and the calendar are ever used here. */
  static ServerPorts ports(EventFeed feed) throws ReflectiveOperationException {
    RecordComponent[] components = ServerPorts.class.getRecordComponents();
    Object[] ports =
        Arrays.stream(components)
            .map(
                component ->
                    switch (component.getName()) {
                      case "feed" -> feed;
                      case "clock" -> InstantSource.system();
                      case "calendar" -> com.alphaxiii.polygon.calendar.MarketCalendar.usEquities();
                      case "recording" ->
                          (java.util.function.Supplier<java.util.Optional<?>>)
                              java.util.Optional::empty;
                      case "history" ->
                          new LiveHistory(unused(TickSource.class), unused(BarSource.class));
                      default -> unused(component.getType());
                    })
            .toArray();
    Constructor<ServerPorts> made =
        ServerPorts.class.getDeclaredConstructor(
            Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
    return made.newInstance(ports);
  }

  private static <T> T unused(Class<T> port) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, method, arguments) -> {
              throw new IllegalStateException(method + " is not used by this benchmark");
            }));
  }

  /** Publishes to its one sink. */
  private static final class Feed implements EventFeed {
    private final Ticker[] tickers = new Ticker[TICKERS];
    private final AtomicLong published = new AtomicLong();
    private volatile Consumer<? super MarketEvent> target = event -> {};
    private volatile long rate;

    /** Said by the publisher, once it has seen that the rate is 0. */
    private volatile boolean resting;

    Feed() {
      for (int i = 0; i < TICKERS; i++) {
        tickers[i] = Ticker.of(symbol(i));
      }
    }

    /** Publishes at another rate; how many were published before, of which none is under way. */
    long rate(long other) {
      resting = false;
      rate = 0;
      while (!resting) {
        LockSupport.parkNanos(1_000_000);
      }
      long before = published.get();
      rate = other;
      return before;
    }

    void publish() {
      while (!Thread.currentThread().isInterrupted()) {
        long each = rate;
        if (each == 0) {
          resting = true;
          LockSupport.parkNanos(1_000_000);
          continue;
        }
        long start = CLOCK.nanoTime();
        long count = 0;
        while (rate == each) {
          long due = (long) ((CLOCK.nanoTime() - start) * (each / 1e9));
          // Never a burst of more than the usual pause makes, even after a long one.
          for (long end = Math.min(due, count + each / 200); count < end; count++) {
            target.accept(trade(tickers[(int) (count % TICKERS)]));
            published.lazySet(published.getPlain() + 1);
          }
          LockSupport.parkNanos(100_000);
        }
      }
    }

    private static Trade trade(Ticker ticker) {
      long now = CLOCK.nanoTime();
      String id = Long.toString(1_000_000_000_000_000_000L + now);
      return new Trade(
          ticker, 185.25, 100, CONDITIONS, 1_706_284_800_000_000_000L, 0, 4, id, 3, 1, 0, 0);
    }

    @Override
    public Subscription subscribe(Set<Topic> topics, Consumer<? super MarketEvent> sink) {
      target = sink;
      return new All();
    }

    @Override
    public FeedStatus status() {
      return new FeedStatus(FeedStatus.State.CONNECTED, "publishing", Instant.EPOCH);
    }
  }

  static String symbol(int i) {
    return "S%02d"
        .formatted(i)
        .replace("0", "A")
        .replace("1", "B")
        .replace("2", "C")
        .replace("3", "D")
        .replace("4", "E")
        .replace("5", "F")
        .replace("6", "G")
        .replace("7", "H")
        .replace("8", "I")
        .replace("9", "J");
  }

  /** Whatever is asked for comes. */
  private static final class All implements Subscription {
    private final Set<Topic> topics = new HashSet<>();

    @Override
    public synchronized Set<Topic> topics() {
      return Set.copyOf(topics);
    }

    @Override
    public synchronized void add(Set<Topic> more) {
      topics.addAll(more);
    }

    @Override
    public synchronized void remove(Set<Topic> less) {
      topics.removeAll(less);
    }

    @Override
    public void close() {}
  }
}
