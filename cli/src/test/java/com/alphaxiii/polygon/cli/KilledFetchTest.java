package com.alphaxiii.polygon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.simulator.Scenario;
import com.alphaxiii.polygon.simulator.Simulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} in the middle of a fetch leaves nothing half done. */
class KilledFetchTest {
  private static final String[] COMMAND = {
    "bars", "MSFT", "-t", "1min", "--from", "2023-01-03", "--to", "2023-06-30", "--adjust", "none"
  };

  @TempDir Path folder;

  @Test
  void theNextRunAnswersAsIfNothingHadHappened() throws Exception {
    try (Simulator simulator = Simulator.start(Scenario.builder().seed(7).build())) {
      CliRun undisturbed = CliRun.of(folder, environment(simulator, "undisturbed"), COMMAND);
      assertThat(undisturbed.code()).as(undisturbed.err()).isZero();
      assertThat(undisturbed.lines()).hasSizeGreaterThan(30_000);

      Map<String, String> environment = environment(simulator, "killed");
      Path cache = Path.of(environment.get("CACHE_DIR"));
      long asked = simulator.requests().total();
      killWhen(environment, () -> simulator.requests().total() > asked);
      for (int files = 1; files <= 5; files++) {
        int enough = files;
        killWhen(environment, () -> partFiles(cache).count() >= enough);
      }

      CliRun recovered = CliRun.of(folder, environment, COMMAND);
      assertThat(recovered.code()).as(recovered.err()).isZero();
      assertThat(recovered.out()).isEqualTo(undisturbed.out());
      assertThat(partFiles(cache))
          .allSatisfy(file -> assertThat(file.toString()).endsWith(".parquet"));

      long after = simulator.requests().total();
      CliRun again = CliRun.of(folder, environment, COMMAND);
      assertThat(again.out()).isEqualTo(undisturbed.out());
      assertThat(simulator.requests().total()).as("requests of a warm run").isEqualTo(after);
    }
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  /** Starts the command in a process of its own and kills it as soon as a condition holds. */
  private void killWhen(Map<String, String> environment, Condition condition) throws Exception {
    Process process =
        PolygonProcess.start(folder, environment, ProcessBuilder.Redirect.DISCARD, COMMAND);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (process.isAlive() && !condition.holds()) {
      assertThat(System.nanoTime()).as("a minute has not passed").isLessThan(deadline);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
    process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
  }

  private static Stream<Path> partFiles(Path cache) throws IOException {
    Path symbols = cache.resolve("parquet");
    if (!Files.isDirectory(symbols)) {
      return Stream.empty();
    }
    try (Stream<Path> files = Files.walk(symbols)) {
      return files.filter(Files::isRegularFile).toList().stream();
    } catch (java.io.UncheckedIOException e) {
      // A temporary file went away while the folder was read.
      return Stream.empty();
    }
  }

  private Map<String, String> environment(Simulator simulator, String cache) {
    return Map.of(
        "POLYGON_API_KEY", "key-of-the-test",
        "POLYGON_BASE_URL", simulator.baseUrl().toString(),
        "CACHE_DIR", folder.resolve(cache).toString());
  }
}
