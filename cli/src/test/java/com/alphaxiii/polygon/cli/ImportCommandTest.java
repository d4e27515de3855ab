package com.alphaxiii.polygon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.simulator.Scenario;
import com.alphaxiii.polygon.simulator.Simulator;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code polygon import}. */
class ImportCommandTest {
  private static final String HEADER =
      "ticker,volume,open,close,high,low,window_start,transactions\n";

  @TempDir Path folder;

  private Map<String, String> environment(String cache) {
    Map<String, String> environment = new HashMap<>();
    environment.put("CACHE_DIR", folder.resolve(cache).toString());
    return environment;
  }

  /** Real days of five stocks: what is imported equals what the vendor's way brings. */
  @Test
  void recordedFilesGiveTheBarsThatTheVendorGivesAndNoRequest() {
    MarketDataFolder data = MarketDataFolder.orSkip();
    Map<String, String> imported = environment("imported");
    CliRun run = CliRun.of(folder, imported, "import", data.root().resolve("flatfiles").toString());
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.lines())
        .hasSize(8)
        .contains("us_stocks_sip/minute_aggs_v1/2014/06/2014-06-09.csv.gz,imported,834,");
    assertThat(run.err()).contains("11125 rows stored; of 7 files 7 imported");
    try (Simulator simulator = Simulator.start(Scenario.builder().data(data.root()).build())) {
      Map<String, String> fetched = environment("fetched");
      for (Map<String, String> environment : List.of(imported, fetched)) {
        environment.put("POLYGON_API_KEY", "key-of-the-test");
        environment.put("POLYGON_BASE_URL", simulator.baseUrl().toString());
      }
      for (String symbol : List.of("SPY", "AIG", "BAC", "IBM")) {
        String[] bars = bars(symbol, "2013-10-04", "2013-10-09");
        long asked = simulator.requests().total();
        String fromFiles = CliRun.of(folder, imported, bars).out();
        assertThat(simulator.requests().total()).isEqualTo(asked);
        assertThat(fromFiles).isEqualTo(CliRun.of(folder, fetched, bars).out());
        assertThat(fromFiles.lines().count()).isGreaterThan(1_500);
        assertThat(simulator.requests().total()).isGreaterThan(asked);
      }
      long asked = simulator.requests().total();
      String[] apple = bars("AAPL", "2014-06-05", "2014-06-09");
      String fromFiles = CliRun.of(folder, imported, apple).out();
      assertThat(simulator.requests().total()).isEqualTo(asked);
      assertThat(fromFiles).isEqualTo(CliRun.of(folder, fetched, apple).out());
    }
  }

  private static String[] bars(String symbol, String from, String to) {
    return new String[] {
      "bars", symbol, "-t", "1min", "--adjust", "none", "--from", from, "--to", to
    };
  }

  @Test
  void choosesByDatasetDayAndSymbol() {
    writeMonth(folder, 3, 5);
    CliRun run =
        CliRun.of(
            folder,
            environment("cache"),
            "import . --dataset minute_aggs --from 2023-03-02 --to 2023-03-03 --symbols T001,T002"
                .split(" ", -1));
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.lines())
        .containsExactly(
            "file,status,rows,reason",
            "us_stocks_sip/minute_aggs_v1/2023/03/2023-03-02.csv.gz,imported,6,",
            "us_stocks_sip/minute_aggs_v1/2023/03/2023-03-03.csv.gz,imported,6,");
    CliRun none =
        CliRun.of(folder, environment("cache"), "import . --dataset day_aggs".split(" ", -1));
    assertThat(none.code()).isEqualTo(ExitCode.EMPTY);
  }

  @Test
  void tellsWhatIsWrong() throws Exception {
    Path file = writeMonth(folder, 1, 1).getFirst();
    write(file, HEADER + "T000,1,2,3\n");
    CliRun bad = CliRun.of(folder, environment("cache"), "import", ".");
    assertThat(bad.code()).isEqualTo(ExitCode.FAILED);
    assertThat(bad.lines().get(1)).contains(",failed,0,").contains("line 2: only 4 of 8 columns");
    assertThat(bad.err()).contains("1 failed; the same command goes on");
    assertThat(CliRun.of(folder, environment("cache"), "import", "nowhere").code())
        .isEqualTo(ExitCode.USAGE);
    CliRun unknown = CliRun.of(folder, environment("cache"), "import", ".", "--dataset", "minute");
    assertThat(unknown.code()).isEqualTo(ExitCode.USAGE);
    assertThat(unknown.err()).contains("'minute' is no dataset").contains("us_stocks_sip/day_aggs");
  }

  /** Killed at several moments, the next import ends with the same files and answers. */
  @Test
  void killedItIsDoneByTheNextRun() throws Exception {
    writeMonth(folder, 20, 600);
    Map<String, String> environment = environment("killed");
    Path symbols = Path.of(environment.get("CACHE_DIR")).resolve("parquet/symbols");
    for (int parts : List.of(1, 200, 550)) {
      Process process =
          PolygonProcess.start(folder, environment, ProcessBuilder.Redirect.DISCARD, "import", ".");
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (process.isAlive() && files(symbols) < parts) {
        assertThat(System.nanoTime()).as("a minute has not passed").isLessThan(deadline);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
      }
      process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }
    CliRun last = CliRun.of(folder, environment, "import", ".");
    assertThat(last.code()).as(last.err()).isZero();
    assertThat(files(symbols)).isEqualTo(600);
    CliRun again = CliRun.of(folder, environment, "import", ".");
    assertThat(again.lines()).filteredOn(line -> line.contains(",known,")).hasSize(20);

    Map<String, String> undisturbed = environment("undisturbed");
    assertThat(CliRun.of(folder, undisturbed, "import", ".").code()).isZero();
    environment.put("POLYGON_API_KEY", "key-of-the-test");
    undisturbed.put("POLYGON_API_KEY", "key-of-the-test");
    for (String symbol : List.of("T000", "T317", "T599")) {
      String[] bars = bars(symbol, "2023-03-01", "2023-03-20");
      CliRun run = CliRun.of(folder, environment, bars);
      assertThat(run.err()).contains("60 bars, source cache");
      assertThat(run.out()).isEqualTo(CliRun.of(folder, undisturbed, bars).out());
    }
  }

  private static long files(Path symbols) {
    if (!Files.isDirectory(symbols)) {
      return 0;
    }
    try (var all = Files.walk(symbols)) {
      return all.filter(Files::isRegularFile).count();
    } catch (IOException | UncheckedIOException e) {
      // A file went away while the folder was read.
      return 0;
    }
  }

  /** Files of the first days of March 2023, with three minutes of each of some stocks. */
  @Test
  void takesTheRoomOfWhatWasThereAndNoMoreThanThereIs() throws IOException {
    Map<String, String> environment = environment("cache");
    writeMonth(folder.resolve("before"), 1, 20);
    assertThat(CliRun.of(folder, environment, "import", "before").code()).isZero();
    environment.put("CACHE_MAX_BYTES", "90K");
    writeMonth(folder.resolve("large"), 1, 900);
    CliRun full = CliRun.of(folder, environment, "import", "large");
    assertThat(full.code()).isEqualTo(1);
    assertThat(full.out()).contains("2023-03-01.csv.gz,failed,0,").contains("CACHE_MAX_BYTES");
    try (Stream<Path> files = Files.walk(folder.resolve("cache/parquet"))) {
      assertThat(files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum())
          .isLessThanOrEqualTo(90 << 10);
    }
  }

  static List<Path> writeMonth(Path root, int days, int stocks) {
    return java.util.stream.IntStream.rangeClosed(1, days)
        .mapToObj(
            day -> {
              StringBuilder text = new StringBuilder(HEADER);
              for (int stock = 0; stock < stocks; stock++) {
                for (int minute = 0; minute < 3; minute++) {
                  long start =
                      java.time.Instant.parse("2023-03-%02dT15:00:00Z".formatted(day))
                          .plusSeconds(60L * minute)
                          .toEpochMilli();
                  text.append(
                      "T%03d,%d,%d.5,%d.25,%d.75,%d,%d000000,%d%n"
                          .formatted(stock, 100 + stock, day, day, day, day, start, 1 + minute));
                }
              }
              Path file =
                  root.resolve(
                      "us_stocks_sip/minute_aggs_v1/2023/03/2023-03-%02d.csv.gz".formatted(day));
              write(file, text.toString());
              return file;
            })
        .toList();
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
        out.write(text.getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
