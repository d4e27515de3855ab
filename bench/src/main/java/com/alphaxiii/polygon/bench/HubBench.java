package com.alphaxiii.polygon.bench;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How many messages a second a server delivers to 100 clients, and how old they are then: {@code
 * same} all of them on the same 50 tickers, {@code distinct} no two with the same ones. The server
 * has one core, this program the other. {@code fastapi} and {@code node} are what is usually built
 * instead, on the same 50 tickers; they publish as fast as they can deliver.
 */
final class HubBench {
  private static final int CLIENTS = 100;
  private static final long SECOND = 1_000_000_000L;
  private static final double COMPLETE = 0.98;
  private static final double MOST_MEDIAN_MILLIS = 250;

  /** As fast as a peer can; it waits for its sockets. */
  private static final long UNBOUNDED = 1_000_000_000;

  private final String part;
  private final List<String> command;

  private HubBench(String part, List<String> command) {
    this.part = part;
    this.command = command;
  }

  /** Arguments: parts, and rates in place of the usual ones. */
  public static void main(String[] args) throws Exception {
    long[] rates =
        Arrays.stream(args).filter(HubBench::isNumber).mapToLong(Long::parseLong).toArray();
    Map<String, Double> best = new LinkedHashMap<>();
    for (String part : args) {
      if (!isNumber(part)) {
        HubBench bench = of(part);
        best.put(part, bench.run(rates.length > 0 ? rates : bench.usualRates()));
      }
    }
    compare(best, "fastapi", 60);
    compare(best, "node", 7);
    System.exit(0);
  }

  private static boolean isNumber(String argument) {
    return Character.isDigit(argument.charAt(0));
  }

  private static HubBench of(String part) {
    String peers = System.getProperty("polygon.root", ".") + "/bench/peers/";
    return switch (part) {
      case "same", "distinct" -> new HubBench(part, server());
      case "fastapi" -> new HubBench(part, List.of(python(), peers + "fastapi_hub.py"));
      case "node" -> new HubBench(part, List.of("node", peers + "ws_hub.mjs"));
      default -> throw new IllegalArgumentException("no such part: " + part);
    };
  }

  /** The first Python that has what the peer needs, or one that will say what it lacks. */
  private static String python() {
    List<String> known = new ArrayList<>();
    Optional.ofNullable(System.getenv("BENCH_PYTHON")).ifPresent(known::add);
    known.addAll(List.of("python3", "/usr/bin/python3", "/usr/local/bin/python3"));
    return known.stream().filter(HubBench::hasPackages).findFirst().orElse("/usr/bin/python3");
  }

  private static boolean hasPackages(String python) {
    try {
      return new ProcessBuilder(python, "-c", "import fastapi, uvicorn, websockets")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static void compare(Map<String, Double> best, String peer, int aim) {
    double ours = best.getOrDefault("same", 0.0);
    double theirs = best.getOrDefault(peer, 0.0);
    if (ours > 0 && theirs > 0) {
      say(
          String.format(
              Locale.ROOT,
              "same / %s: %.1f times the deliveries (aim %d)",
              peer,
              ours / theirs,
              aim));
    }
  }

  private long[] usualRates() {
    return switch (part) {
      case "fastapi", "node" -> new long[] {UNBOUNDED, UNBOUNDED, UNBOUNDED};
      case "distinct" -> new long[] {10_000, 20_000, 30_000, 45_000, 60_000};
      default -> new long[] {25_000, 50_000, 75_000, 100_000, 125_000, 150_000, 200_000};
    };
  }

  private static List<String> server() {
    return List.of(
        System.getProperty("java.home") + "/bin/java",
        "-Xmx512m",
        "-XX:+UseSerialGC",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-cp",
        System.getProperty("java.class.path"),
        FanOutServer.class.getName());
  }

  /** The most deliveries a second; 0 when there was nothing to measure. */
  private double run(long[] rates) throws IOException {
    List<String> pinned = new ArrayList<>();
    if (new File("/usr/bin/taskset").canExecute()) {
      pinned.addAll(List.of("taskset", "-c", System.getProperty("bench.server.core", "0")));
    }
    pinned.addAll(command);
    Process server =
        new ProcessBuilder(pinned).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (BufferedReader words = server.inputReader(StandardCharsets.UTF_8);
        Crowd crowd = new Crowd()) {
      String first = words.readLine();
      if (first == null || !first.startsWith("port ")) {
        say("%-9s skipped: %s".formatted(part, first == null ? "it does not start" : first));
        return 0;
      }
      int port = Integer.parseInt(first.substring("port ".length()));
      for (int i = 0; i < CLIENTS; i++) {
        crowd.join(port, i, symbols(i));
      }
      step(server, words, crowd, rates[rates.length / 2], 8 * SECOND);
      Step best = null;
      for (long rate : rates) {
        Step step = step(server, words, crowd, rate, 3 * SECOND);
        say(step.toString());
        if (!step.isGood()) {
          break;
        }
        best = best == null || step.deliveries() > best.deliveries() ? step : best;
      }
      if (best != null && best.rate < UNBOUNDED) {
        long half = (long) best.rate / 2;
        say("at half of the best: " + step(server, words, crowd, half, 3 * SECOND));
      }
      return best == null ? 0 : best.deliveries();
    } finally {
      server.destroy();
    }
  }

  private List<String> symbols(int client) {
    return IntStream.range(0, FanOutServer.TICKERS)
        .filter(
            i ->
                !part.equals("distinct")
                    || (i != client % 50 && (client < 50 || i != (client + 1) % 50)))
        .mapToObj(FanOutServer::symbol)
        .toList();
  }

  private final class Step {
    final double rate;
    final double seconds;
    final long messages;
    final double complete;
    final double median;
    final double high;
    final double cores;
    final double length;

    Step(Crowd crowd, double rate, double seconds, long published, double cores) {
      this.rate = rate;
      this.seconds = seconds;
      messages = crowd.messages();
      long subscriptions =
          IntStream.range(0, CLIENTS).mapToLong(client -> symbols(client).size()).sum();
      complete = messages / (published * (double) subscriptions / FanOutServer.TICKERS);
      median = crowd.age(0.5);
      high = crowd.age(0.99);
      length = (double) crowd.bytes() / messages;
      this.cores = cores;
    }

    double deliveries() {
      return messages / seconds;
    }

    boolean isGood() {
      return rate == UNBOUNDED
          || complete >= COMPLETE
              && median < MOST_MEDIAN_MILLIS
              && messages / seconds > 0.95 * rate * CLIENTS * 0.95;
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%-9s %7.0f events/s: %6.3f M deliveries/s of %.0f bytes, %.2f %% delivered; age p50 %.2f"
              + " ms, p99 %.2f ms; %.2f of the server's core",
          part,
          rate,
          messages / seconds / 1e6,
          length,
          100 * complete,
          median,
          high,
          cores);
    }
  }

  /** Lets the server publish for a while and reads all of it. */
  private Step step(Process server, BufferedReader words, Crowd crowd, long rate, long nanos)
      throws IOException {
    long before = tell(server, words, rate);
    crowd.reset();
    long cpu = cpu(server);
    long start = System.nanoTime();
    crowd.read(nanos, false);
    double cores = (cpu(server) - cpu) / ((System.nanoTime() - start) / 1e9) / 1e9;
    // The rate goes to zero before the answer comes; what is on its way is read behind it.
    server.outputWriter(StandardCharsets.UTF_8).append("rate 0\n").flush();
    double seconds = (System.nanoTime() - start) / 1e9;
    crowd.read(SECOND / 10, true);
    long published = count(words) - before;
    return new Step(crowd, rate, seconds, published, cores);
  }

  private static long tell(Process server, BufferedReader words, long rate) throws IOException {
    server.outputWriter(StandardCharsets.UTF_8).append("rate " + rate + "\n").flush();
    return count(words);
  }

  private static long count(BufferedReader words) throws IOException {
    String line = words.readLine();
    if (line == null) {
      throw new IOException("the server ended");
    }
    return Long.parseLong(line.substring("published ".length()));
  }

  private static long cpu(Process server) {
    return server.toHandle().info().totalCpuDuration().map(java.time.Duration::toNanos).orElse(0L);
  }

  private static void say(String words) {
    System.out.println(words);
  }
}
