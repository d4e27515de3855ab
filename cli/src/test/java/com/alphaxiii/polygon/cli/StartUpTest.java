package com.alphaxiii.polygon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command line says before any upstream is asked. */
class StartUpTest {
  @TempDir Path folder;

  @Test
  void tellsItsVersion() {
    CliRun run = CliRun.of(folder, Map.of(), "--version");
    assertThat(run.code()).isZero();
    assertThat(run.out()).startsWith("polygon ").contains("Java 25");
  }

  @ParameterizedTest
  @ValueSource(strings = {"demo", "serve", "bars", "latest", "stream", "simulate"})
  void helpListsEachCommandAndEachExplainsItself(String command) {
    assertThat(CliRun.of(folder, Map.of(), "--help").out()).contains("  " + command);
    CliRun run = CliRun.of(folder, Map.of(), command, "--help");
    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("Usage: polygon " + command);
  }

  @Test
  void helpListsEverySettingOfThisVersion() {
    assertThat(CliRun.of(folder, Map.of(), "--help").out())
        .contains("POLYGON_API_KEY", "POLYGON_TIER", "SERVER_PORT", "CACHE_DIR", "Exit codes");
  }

  @Test
  void withoutACommandUsageGoesToErrWithCode2() {
    CliRun run = CliRun.of(folder, Map.of());
    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("Which command?", "Usage: polygon");
  }

  @Test
  void aMissingKeyNamesTheWaysToGiveOne() {
    CliRun run =
        CliRun.of(folder, Map.of(), "bars", "AAPL", "--from", "2024-01-02", "--to", "2024-01-03");
    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("POLYGON_API_KEY not found", ".env", "polygon demo");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void allMalformedSettingsAreToldAtOnce() {
    CliRun run =
        CliRun.of(
            folder,
            Map.of(
                "POLYGON_API_KEY", "0123456789abcdef",
                "POLYGON_TIER", "gold",
                "POLYGON_BASE_URL", "ftp://x",
                "SERVER_PORT", "eighty",
                "SERVER_TOKENS", "desk:0123456789abcdef;scopes=bar;sockets=x,0123456789abcdef",
                "POLYGON_APIKEY", "0123456789abcdef"),
            "serve");
    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err())
        .contains(
            "POLYGON_TIER",
            "POLYGON_BASE_URL",
            "SERVER_PORT",
            "POLYGON_APIKEY is not a setting",
            "SERVER_TOKENS: 'bar' of 'desk' is not a scope",
            "SERVER_TOKENS: 'x' of 'desk' is not a number of sockets",
            "SERVER_TOKENS: entry 2 is not name:token")
        .doesNotContain("0123456789abcdef");
  }

  @Test
  void aTakenPortIsSaidInOneLine() throws Exception {
    try (ServerSocket taken = new ServerSocket(0)) {
      String port = Integer.toString(taken.getLocalPort());
      CliRun run = CliRun.of(folder, Map.of(), "demo", "--port", port);
      assertThat(run.code()).isEqualTo(ExitCode.USAGE);
      assertThat(run.err().lines())
          .singleElement()
          .asString()
          .contains("port " + port, "another server");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bars AA$PL --from 2024-01-02 --to 2024-01-03",
        "bars AAPL --from 2024-01-02 --to 2024-13-03",
        "bars AAPL --from 2024-01-03 --to 2024-01-02",
        "bars AAPL -t 5parsecs --from 2024-01-02 --to 2024-01-03",
        "bars AAPL --adjust sideways --from 2024-01-02 --to 2024-01-03",
        "bars AAPL --from 2024-01-02 --to 2024-01-03 -o bars.docx",
        "stream AAPL -c X",
        "simulate --speed 0",
        "simulate --data nowhere",
        "nonsense"
      })
  void badInputIsAUsageErrorBeforeAnythingIsDone(String line) {
    CliRun run = CliRun.of(folder, Map.of("POLYGON_API_KEY", "0123456789abcdef"), line.split(" "));
    assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.USAGE);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).isNotBlank();
    assertThat(folder).isEmptyDirectory();
  }
}
