package com.alphaxiii.polygon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.Channel;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.server.EventLines;
import com.alphaxiii.polygon.simulator.Replay;
import com.alphaxiii.polygon.simulator.Scenario;
import com.alphaxiii.polygon.simulator.Simulator;
import com.alphaxiii.polygon.store.RecordedStretch;
import com.alphaxiii.polygon.store.RecordingFolder;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recording by {@code stream} and {@code serve}, from the simulated vendor's socket to files. */
class RecordCommandsTest {
  @TempDir Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private final StopSignal stop = new StopSignal();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Simulator simulator;

  @BeforeEach
  void start() {
    simulator = Simulator.start(Scenario.builder().live(Replay.model(5)).build());
    environment.put("POLYGON_API_KEY", "key-of-the-test-4711");
    environment.put("POLYGON_BASE_URL", simulator.baseUrl().toString());
    environment.put("POLYGON_STREAM_URL", simulator.streamUrl().toString());
    environment.put("CACHE_DIR", folder.resolve("cache").toString());
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  private CompletableFuture<Integer> run(String... args) {
    CommandContext context =
        CliRun.context(folder, environment, stop, CliRun.stream(out), CliRun.stream(err));
    return CompletableFuture.supplyAsync(
        () -> CommandLineProgram.run(args, context), task -> Thread.ofPlatform().start(task));
  }

  private void await(CompletableFuture<Integer> running, BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.getAsBoolean()) {
      assertThat(running).as("still running; it said: " + err).isNotDone();
      assertThat(System.nanoTime()).as("in time; it said: " + err).isLessThan(deadline);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  private static List<String> lines(RecordingFolder recording, String symbol, Channel channel) {
    EventLines lines = new EventLines();
    List<String> found = new java.util.ArrayList<>();
    LocalDate today = LocalDate.ofInstant(Instant.now(), Market.NEW_YORK);
    // The simulator's market may be in another day than the machine.
    for (LocalDate day = today.minusDays(4);
        !day.isAfter(today.plusDays(4));
        day = day.plusDays(1)) {
      recording
          .events(Ticker.of(symbol), channel, day, Long.MIN_VALUE)
          .forEachRemaining(
              seen ->
                  found.add(new String(lines.line(seen.event()), StandardCharsets.UTF_8).strip()));
    }
    return found;
  }

  @Test
  void whatStreamPrintsIsWhatItRecords() throws Exception {
    CompletableFuture<Integer> stream =
        run("stream", "MSFT", "AAPL", "-c", "T,Q", "--record", "recorded");
    await(stream, () -> out.toString(StandardCharsets.UTF_8).lines().count() > 50);
    stop.stop();
    assertThat(stream.get(30, TimeUnit.SECONDS)).isZero();
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("events recorded, 0 lost");
    List<String> printed = out.toString(StandardCharsets.UTF_8).lines().toList();
    try (RecordingFolder recording = new RecordingFolder(folder.resolve("recorded"))) {
      for (String symbol : List.of("MSFT", "AAPL")) {
        for (String kind : List.of("trade", "quote")) {
          List<String> expected =
              printed.stream()
                  .filter(line -> line.contains("\"%s\"".formatted(symbol)))
                  .filter(line -> line.contains("\"event_type\":\"%s\"".formatted(kind)))
                  .toList();
          List<String> recorded =
              lines(recording, symbol, kind.equals("trade") ? Channel.TRADES : Channel.QUOTES);
          // The recording begins a moment earlier and ends a moment later.
          assertThat(Collections.indexOfSubList(recorded, expected))
              .as(symbol + " " + kind)
              .isNotNegative();
        }
      }
      assertThat(recording.coverage())
          .extracting(RecordedStretch::topic)
          .contains("T.MSFT", "Q.MSFT", "T.AAPL", "Q.AAPL");
    }
  }

  @Test
  void serveRecordsWhatItsSettingsNameAndTellsSo() throws Exception {
    environment.put("RECORD_SYMBOLS", "MSFT");
    environment.put("RECORD_CHANNELS", "T");
    CompletableFuture<Integer> server = run("serve", "--host", "127.0.0.1", "--port", "0");
    Pattern address = Pattern.compile("http://[^\\s]+(?=/health)");
    await(server, () -> address.matcher(err.toString(StandardCharsets.UTF_8)).find());
    Matcher found = address.matcher(err.toString(StandardCharsets.UTF_8));
    assertThat(found.find()).isTrue();
    Pattern count = Pattern.compile("\"recorded\":([1-9]\\d*),\"dropped\":0,");
    try (HttpClient http = HttpClient.newHttpClient()) {
      await(server, () -> count.matcher(get(http, found.group() + "/health")).find());
      assertThat(get(http, found.group() + "/metrics"))
          .containsPattern("polygon_recording_recorded_total [1-9]");
    }
    stop.stop();
    assertThat(server.get(30, TimeUnit.SECONDS)).isZero();
    try (RecordingFolder recording = new RecordingFolder(folder.resolve("cache/recordings"))) {
      assertThat(lines(recording, "MSFT", Channel.TRADES)).isNotEmpty();
      assertThat(recording.coverage())
          .extracting(RecordedStretch::topic, RecordedStretch::end)
          .containsOnly(org.assertj.core.api.Assertions.tuple("T.MSFT", "the recorder was closed"));
    }
  }

  private static String get(HttpClient http, String address) {
    try {
      return http.send(
              HttpRequest.newBuilder(URI.create(address)).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (java.io.IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void settingsThatNameNothingToRecordAreTold() {
    environment.put("RECORD_CHANNELS", "T,NOPE");
    CliRun run = CliRun.of(folder, environment, "serve");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .contains("RECORD_CHANNELS: 'NOPE' is not a channel")
        .contains("RECORD_CHANNELS needs RECORD_SYMBOLS");
  }
}
