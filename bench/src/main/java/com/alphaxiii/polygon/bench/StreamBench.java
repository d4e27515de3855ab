package com.alphaxiii.polygon.bench;

import com.alphaxiii.polygon.client.DecoderDoor;
import com.alphaxiii.polygon.client.StreamClient;
import com.alphaxiii.polygon.client.StreamConfig;
import com.alphaxiii.polygon.core.Channel;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.NanoClock;
import com.alphaxiii.polygon.core.Secret;
import com.alphaxiii.polygon.core.TickerEvent;
import com.alphaxiii.polygon.core.Topic;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * How many events a second one reader takes from a {@link Firehose}: {@code client} is {@link
 * StreamClient} up to a sink, {@code jdk-jackson} the usual way, {@code transport} no parsing at
 * all, {@code decode} no socket at all.
 */
final class StreamBench {
  private static final Duration WARM_UP = Duration.ofSeconds(5);
  private static final Duration WINDOW = Duration.ofSeconds(1);
  private static final int WINDOWS = 5;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final NanoClock clock = NanoClock.system();
  private final Frames frames;
  private final Tally tally = new Tally();

  private StreamBench(Frames frames) {
    this.frames = frames;
  }

  public static void main(String[] args) throws Exception {
    StreamBench bench = new StreamBench(Frames.build());
    if (args[0].equals("decode")) {
      bench.decode();
    } else {
      bench.read(args[0]);
    }
    System.exit(0);
  }

  private void decode() {
    say(
        "%d events in %d messages, %.1f bytes an event, %s"
            .formatted(
                frames.events(),
                frames.messages().size(),
                frames.bytesPerEvent(),
                frames.source()));
    Consumer<byte[]> decoder = DecoderDoor.decoder(tally::add);
    List<byte[]> messages = frames.messages().stream().map(DecoderDoor::padded).toList();
    long rounds = 0;
    Meter meter = new Meter();
    List<Double> rates = new ArrayList<>();
    for (int window = -WINDOWS; window < WINDOWS; window++) {
      if (window == 0) {
        meter = new Meter();
      }
      long start = clock.nanoTime();
      long before = tally.count();
      while (clock.nanoTime() - start < WINDOW.toNanos()) {
        messages.forEach(decoder);
        rounds++;
      }
      if (window >= 0) {
        rates.add((tally.count() - before) * 1e3 / (clock.nanoTime() - start));
      }
    }
    report("decode", rates, meter, rounds);
  }

  private void read(String reader) throws Exception {
    Process firehose = firehose();
    try (BufferedReader words = firehose.inputReader(StandardCharsets.UTF_8)) {
      int port = Integer.parseInt(after("port ", words));
      List<Double> rates = new ArrayList<>();
      long rounds;
      Meter meter;
      try (AutoCloseable reading = open(reader, port)) {
        pause(WARM_UP);
        meter = new Meter();
        for (int window = 0; window < WINDOWS; window++) {
          long start = clock.nanoTime();
          long before = tally.count();
          pause(WINDOW);
          rates.add((tally.count() - before) * 1e3 / (clock.nanoTime() - start));
        }
        meter.stop();
        firehose.outputWriter(StandardCharsets.UTF_8).append("stop\n").flush();
        rounds = Long.parseLong(after("rounds ", words));
        await(rounds * frames.events());
      }
      report(reader, rates, meter, rounds);
    } finally {
      firehose.destroy();
    }
  }

  private AutoCloseable open(String reader, int port) throws Exception {
    return switch (reader) {
      case "client" -> client(port);
      case "jdk-jackson" ->
          new JdkJacksonReader(URI.create("ws://127.0.0.1:" + port + "/stocks"), tally);
      case "transport" -> transport(port);
      default -> throw new IllegalArgumentException("no such reader: " + reader);
    };
  }

  private AutoCloseable client(int port) {
    StreamConfig config =
        StreamConfig.of(URI.create("ws://127.0.0.1:" + port), new Secret("a key of a benchmark"));
    StreamClient client = StreamClient.open(config, InstantSource.system(), clock);
    client.subscribe(
        Set.of(Topic.all(Channel.TRADES, Market.STOCKS), Topic.all(Channel.QUOTES, Market.STOCKS)),
        event -> {
          if (event instanceof TickerEvent read) {
            tally.add(read);
          }
        });
    return client;
  }

  /** Counts by bytes, since nobody looks into them: events a byte are known. */
  private AutoCloseable transport(int port) {
    return DecoderDoor.transport(
        port,
        length -> {
          if (length > 1_000) {
            tally.skip(frames.events() / frames.messages().size());
          }
        });
  }

  private static Process firehose() throws IOException {
    List<String> command = new ArrayList<>();
    if (new File("/usr/bin/taskset").canExecute()) {
      command.addAll(List.of("taskset", "-c", System.getProperty("bench.firehose.core", "1")));
    }
    command.addAll(
        List.of(
            System.getProperty("java.home") + "/bin/java",
            "-Xmx512m",
            "-Dpolygon.root=" + System.getProperty("polygon.root", "."),
            "-cp",
            System.getProperty("java.class.path"),
            Firehose.class.getName()));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static String after(String word, BufferedReader words) throws IOException {
    String line = words.readLine();
    if (line == null || !line.startsWith(word)) {
      throw new IOException("the firehose said '" + line + "' instead of " + word);
    }
    return line.substring(word.length());
  }

  private void await(long count) {
    long start = clock.nanoTime();
    while (tally.count() != count) {
      if (clock.nanoTime() - start > PATIENCE.toNanos()) {
        throw new IllegalStateException(
            "of %d events %d were read".formatted(count, tally.count()));
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  private void pause(Duration duration) {
    long end = clock.nanoTime() + duration.toNanos();
    for (long left = duration.toNanos(); left > 0; left = end - clock.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private void report(String reader, List<Double> rates, Meter meter, long rounds) {
    meter.stop();
    List<Double> sorted = rates.stream().sorted().toList();
    boolean summed = !reader.equals("transport");
    if (tally.count() != rounds * frames.events()
        || (summed && tally.sum() != rounds * frames.sum())) {
      throw new IllegalStateException("what " + reader + " read is not what was sent");
    }
    double median = sorted.get(sorted.size() / 2);
    say(
        "%-12s %6.2f M events/s (%.2f to %.2f), %4.0f ns an event%s; %s"
            .formatted(
                reader,
                median,
                sorted.getFirst(),
                sorted.getLast(),
                1e3 / median,
                summed ? ", sums right" : "",
                meter.describe()));
  }

  private static void say(String words) {
    System.out.println(words);
  }

  /** What the machine did meanwhile. */
  private final class Meter {
    private final long heapBefore = heap();
    private final long cpuBefore = cpu();
    private final long countBefore = tally.count();
    private final long start = clock.nanoTime();
    private final long allocatedBefore = allocated();
    private final long pausesBefore = pauses();
    private final long collectionsBefore = collections();
    private double seconds;
    private long allocatedBytes;
    private long cpuNanos;
    private long count;
    private long pauseMillis;
    private long pauseCount;
    private long heapAfter;

    /** Ends the measurement; only the first call counts. */
    void stop() {
      if (seconds == 0) {
        seconds = (clock.nanoTime() - start) / 1e9;
        cpuNanos = cpu() - cpuBefore;
        count = tally.count() - countBefore;
        allocatedBytes = allocated() - allocatedBefore;
        pauseMillis = pauses() - pausesBefore;
        pauseCount = collections() - collectionsBefore;
        heapAfter = heap();
      }
    }

    String describe() {
      return String.format(
          Locale.ROOT,
          "%.0f ns of the core and %.0f bytes allocated an event, %d collections of %.2f ms in %.1f"
              + " s, heap after a full one %.1f then %.1f MB",
          (double) cpuNanos / count,
          (double) allocatedBytes / count,
          pauseCount,
          pauseCount == 0 ? 0 : (double) pauseMillis / pauseCount,
          seconds,
          heapBefore / 1e6,
          heapAfter / 1e6);
    }

    private static long heap() {
      System.gc();
      return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static long allocated() {
      return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
          .getTotalThreadAllocatedBytes();
    }

    private static long cpu() {
      return ((com.sun.management.OperatingSystemMXBean)
              ManagementFactory.getOperatingSystemMXBean())
          .getProcessCpuTime();
    }

    private static long pauses() {
      return ManagementFactory.getGarbageCollectorMXBeans().stream()
          .mapToLong(GarbageCollectorMXBean::getCollectionTime)
          .sum();
    }

    private static long collections() {
      return ManagementFactory.getGarbageCollectorMXBeans().stream()
          .mapToLong(GarbageCollectorMXBean::getCollectionCount)
          .sum();
    }
  }
}
