package com.alphaxiii.polygon.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * From the vendor's socket to ten clients: how many events a second go all the way, for so many
 * minutes, whether any are lost, and whether memory stays as it is. Arguments: minutes, and events
 * a second.
 */
final class IngestBench {
  private static final int CLIENTS = 10;
  private static final long SECOND = 1_000_000_000L;
  private static final Pattern DROPPED =
      Pattern.compile("^polygon_hub_dropped_total\\{.*} (\\S+)$", Pattern.MULTILINE);

  private IngestBench() {}

  public static void main(String[] args) throws Exception {
    int minutes = args.length > 0 ? Integer.parseInt(args[0]) : 1;
    long rate = args.length > 1 ? Long.parseLong(args[1]) : 500_000;
    Process firehose = start(64, Firehose.class, Long.toString(rate));
    Process server = null;
    boolean good;
    try (BufferedReader vendor = firehose.inputReader(StandardCharsets.UTF_8)) {
      server = start(512, IngestServer.class, Integer.toString(port(vendor)));
      try (BufferedReader words = server.inputReader(StandardCharsets.UTF_8);
          Counters counters = new Counters()) {
        good = run(minutes, rate, server, port(words), words, counters);
        firehose.destroy();
      }
    } finally {
      firehose.destroy();
      if (server != null) {
        server.destroy();
      }
    }
    System.exit(good ? 0 : 1);
  }

  private static Process start(int megabytes, Class<?> program, String argument)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.add("-Xmx%dm".formatted(Math.max(megabytes, 256)));
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dpolygon.root=" + System.getProperty("polygon.root", "."),
            "-cp",
            System.getProperty("java.class.path"),
            program.getName(),
            argument));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static int port(BufferedReader words) throws IOException {
    String line = words.readLine();
    if (line == null || !line.startsWith("port ")) {
      throw new IOException("no port but " + line);
    }
    return Integer.parseInt(line.substring("port ".length()));
  }

  private static boolean run(
      int minutes, long rate, Process server, int port, BufferedReader words, Counters counters)
      throws IOException, InterruptedException {
    for (int i = 0; i < CLIENTS; i++) {
      counters.join(port, i);
    }
    counters.read(10 * SECOND);
    // A program that has just started is slower, and may lose something.
    double droppedBefore = dropped(port);
    boolean good = true;
    for (int minute = 1; minute <= minutes; minute++) {
      long before = counters.events();
      long start = System.nanoTime();
      counters.read(60 * SECOND);
      double seconds = (System.nanoTime() - start) / 1e9;
      double each = (counters.events() - before) / seconds / CLIENTS;
      double dropped = dropped(port) - droppedBefore;
      long[] state = state(server, words, counters);
      good &= dropped == 0 && each > 0.98 * rate;
      System.out.printf(
          Locale.ROOT,
          "minute %2d: %,.0f events/s to each of %d clients (asked: %,d), %.0f dropped, %d losses"
              + " told so far, %d malformed; heap %.1f MB, resident %.0f MB%n",
          minute,
          each,
          CLIENTS,
          rate,
          dropped,
          counters.losses(),
          state[2],
          state[0] / 1e6,
          resident(server) / 1e3);
    }
    System.out.println(
        good
            ? "sustained, and nothing lost"
            : "not sustained: fewer than asked for came, or some were dropped");
    return good;
  }

  /** Asked for while clients go on reading, as the collection takes its time. */
  private static long[] state(Process server, BufferedReader words, Counters counters)
      throws IOException {
    server.outputWriter(StandardCharsets.UTF_8).append("state\n").flush();
    while (!words.ready()) {
      counters.read(SECOND / 100);
    }
    String[] parts = words.readLine().split(" ");
    return new long[] {
      Long.parseLong(parts[1]), Long.parseLong(parts[2]), Long.parseLong(parts[3])
    };
  }

  private static double dropped(int port) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      String metrics =
          http.send(
                  HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/metrics"))
                      .build(),
                  HttpResponse.BodyHandlers.ofString())
              .body();
      double all = 0;
      Matcher line = DROPPED.matcher(metrics);
      while (line.find()) {
        all += Double.parseDouble(line.group(1));
      }
      return all;
    }
  }

  /** Kilobytes in memory. */
  private static long resident(Process server) throws IOException {
    Path status = Path.of("/proc", Long.toString(server.pid()), "status");
    if (!Files.isReadable(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElse(0);
  }
}
