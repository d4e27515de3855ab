package com.alphaxiii.polygon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.simulator.Replay;
import com.alphaxiii.polygon.simulator.Scenario;
import com.alphaxiii.polygon.simulator.Simulator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way to the vendor is encrypted, and who it leads to is checked before the key is sent. */
class TlsTest {
  private static final String KEY = "key-of-the-encrypted-test";

  @TempDir Path folder;
  private Simulator simulator;
  private TlsDoor door;

  @BeforeEach
  void start() throws Exception {
    simulator = Simulator.start(Scenario.builder().live(Replay.model(1)).build());
    door = TlsDoor.open(folder, simulator.baseUrl());
  }

  @AfterEach
  void stop() throws Exception {
    door.close();
    simulator.close();
  }

  @Test
  void restIsServedByWhoProvesToBeTheVendor() throws Exception {
    Outcome outcome = latest(door.trustingOptions(), "localhost");
    assertThat(outcome.code()).as(outcome.output()).isZero();
    assertThat(outcome.output()).contains("AAPL,");
    assertThat(door.understood()).isPositive();
  }

  @Test
  void restRefusesAStrangerBeforeSendingTheKey() throws Exception {
    Outcome outcome = latest("-Dstranger=true", "localhost");
    assertThat(outcome.code()).as(outcome.output()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(outcome.output()).containsIgnoringCase("certif").doesNotContain(KEY);
    assertThat(door.understood()).isZero();
  }

  @Test
  void restRefusesACertificateOfAnotherName() throws Exception {
    Outcome outcome = latest(door.trustingOptions(), "127.0.0.1");
    assertThat(outcome.code()).as(outcome.output()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(outcome.output()).doesNotContain(KEY);
    assertThat(door.understood()).isZero();
  }

  @Test
  void theStreamIsReadFromWhoProvesToBeTheVendor() throws Exception {
    assertThat(streamUntil(door.trustingOptions(), "localhost", "\"event_type\":\"trade\""))
        .contains("\"symbol\":\"AAPL\"");
  }

  @Test
  void theStreamRefusesStrangersAndOtherNames() throws Exception {
    assertThat(streamUntil("-Dstranger=true", "localhost", "trying again"))
        .containsIgnoringCase("certif")
        .doesNotContain(KEY);
    assertThat(streamUntil(door.trustingOptions(), "127.0.0.1", "trying again"))
        .doesNotContain(KEY);
    assertThat(door.understood()).isZero();
  }

  private record Outcome(int code, String output) {}

  private Outcome latest(String options, String host) throws Exception {
    Path log = Files.createTempFile(folder, "latest", ".log");
    Process process = start(log, options, host, "latest", "AAPL");
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Outcome(process.exitValue(), Files.readString(log));
  }

  private String streamUntil(String options, String host, String words) throws Exception {
    Path log = Files.createTempFile(folder, "stream", ".log");
    Process process = start(log, options, host, "stream", "AAPL");
    try {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (!Files.readString(log).contains(words)) {
        assertThat(System.nanoTime()).as(Files.readString(log)).isLessThan(deadline);
        assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
      }
      return Files.readString(log);
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private Process start(Path log, String options, String host, String... command) throws Exception {
    Map<String, String> environment = new HashMap<>();
    environment.put("POLYGON_API_KEY", KEY);
    environment.put("POLYGON_BASE_URL", door.address("https", host));
    environment.put("POLYGON_STREAM_URL", door.address("wss", host));
    environment.put("JAVA_TOOL_OPTIONS", options);
    return PolygonProcess.start(
        folder, environment, ProcessBuilder.Redirect.to(log.toFile()), command);
  }
}
