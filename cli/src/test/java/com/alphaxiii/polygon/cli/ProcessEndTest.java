package com.alphaxiii.polygon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How a process of the command line ends. */
@Timeout(60)
class ProcessEndTest {
  // Less than the patience with a command that is asked to stop, so that waiting for oneself is
  // found.
  private static final int PATIENCE_SECONDS = 12;

  @TempDir Path folder;

  @Test
  void aCommandThatIsDoneEndsItsProcess() throws Exception {
    Process process =
        PolygonProcess.start(folder, Map.of(), ProcessBuilder.Redirect.PIPE, "--version");
    assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .startsWith("polygon ");
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  @Test
  void aUsageErrorIsTheProcessesExitCode() throws Exception {
    Process process =
        PolygonProcess.start(folder, Map.of(), ProcessBuilder.Redirect.PIPE, "bars", "AAPL");
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void aCommandThatWaitsForTheVendorEndsWhenAskedTo() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Process process =
          PolygonProcess.start(
              folder,
              Map.of(
                  "POLYGON_API_KEY",
                  "0123456789abcdef",
                  "POLYGON_BASE_URL",
                  "http://127.0.0.1:" + silent.getLocalPort()),
              ProcessBuilder.Redirect.DISCARD,
              "bars",
              "AAPL",
              "--from",
              "2024-01-02",
              "--to",
              "2024-01-03");
      silent.setSoTimeout(PATIENCE_SECONDS * 1_000);
      try (Socket asked = silent.accept()) {
        assertThat(asked.getInputStream().read()).isEqualTo('G');
        process.destroy();
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      }
    }
  }

  @Test
  void aServerAskedToStopClosesWhatItOpened() throws Exception {
    Path temporary = folder.resolve("tmp");
    Files.createDirectory(temporary);
    Process process =
        PolygonProcess.start(
            folder,
            Map.of("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary),
            ProcessBuilder.Redirect.PIPE,
            "demo",
            "--port",
            "0");
    try (BufferedReader words = process.inputReader(StandardCharsets.UTF_8)) {
      String line = words.readLine();
      while (line != null && !line.contains("SIMULATED")) {
        line = words.readLine();
      }
      assertThat(line).isNotNull();
      assertThat(temporary).isDirectoryContaining(file -> file.toString().contains("polygon-demo"));
      process.destroy();
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(temporary)
        .isDirectoryNotContaining(file -> file.toString().contains("polygon-demo"));
  }
}
