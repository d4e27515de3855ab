package com.alphaxiii.polygon.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alphaxiii.polygon.client.FlatFile;
import com.alphaxiii.polygon.client.FlatFileBucket;
import com.alphaxiii.polygon.client.FlatFileDataset;
import com.alphaxiii.polygon.client.FlatFileStore;
import com.alphaxiii.polygon.client.ObjectStore;
import com.alphaxiii.polygon.core.NanoClock;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Secret;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code polygon import s3}, over a real server that speaks S3 and checks signatures. */
class ImportFromS3Test {
  private static final FlatFileDataset MINUTES =
      new FlatFileDataset("us_stocks_sip", "minute_aggs_v1");
  private static final FlatFileDataset DAYS = new FlatFileDataset("us_stocks_sip", "day_aggs_v1");
  private static final Optional<LocalDate> ALL = Optional.empty();

  @TempDir Path folder;

  private Map<String, String> environment(String url, String secret) {
    Map<String, String> environment = new HashMap<>();
    environment.put("CACHE_DIR", folder.resolve("cache").toString());
    environment.put("POLYGON_FLATFILES_URL", url);
    environment.put("POLYGON_S3_ACCESS_KEY", S3Server.ACCESS);
    environment.put("POLYGON_S3_SECRET_KEY", secret);
    return environment;
  }

  private CliRun run(Map<String, String> environment, String... more) {
    List<String> args = new ArrayList<>(List.of("import", "s3"));
    args.addAll(List.of(more));
    CliRun run = CliRun.of(folder, environment, args.toArray(String[]::new));
    assertThat(run.out() + run.err()).doesNotContain(S3Server.SECRET);
    return run;
  }

  @Test
  void filesComeOnceAndAgainWhenTheyAreIssuedAgain() throws Exception {
    Path files = folder.resolve("files");
    List<Path> days = ImportCommandTest.writeMonth(files, 3, 4);
    try (S3Server server = S3Server.start(folder.resolve("s3"))) {
      server.putAll(files);
      Map<String, String> environment = environment(server.url().toString(), S3Server.SECRET);
      String[] options = {"--dataset", "minute_aggs", "--from", "2023-03-01"};
      CliRun first = run(environment, options);
      assertThat(first.code()).as(first.err()).isZero();
      assertThat(first.lines()).filteredOn(line -> line.endsWith(",imported,12,")).hasSize(3);
      assertThat(run(environment, options).lines())
          .filteredOn(line -> line.endsWith(",known,0,"))
          .hasSize(3);

      String key = files.relativize(days.get(1)).toString();
      server.put(key, gzip(oneRow("2023-03-02T15:00:00Z")));
      CliRun again = run(environment, options);
      assertThat(again.lines()).filteredOn(line -> line.contains(",known,")).hasSize(2);
      assertThat(again.lines()).contains(key + ",imported,1,");
      assertThat(folder.resolve("cache/import")).isEmptyDirectory();

      environment.put("POLYGON_API_KEY", "key-of-the-test");
      CliRun bars =
          CliRun.of(
              folder,
              environment,
              "bars T001 -t 1min --adjust none --from 2023-03-01 --to 2023-03-03".split(" ", -1));
      assertThat(bars.err()).contains("6 bars, source cache");

      Map<String, String> wrong = environment(server.url().toString(), "not-" + S3Server.SECRET);
      CliRun refused = run(wrong, "--dataset", "minute_aggs", "--from", "2023-03-01");
      assertThat(refused.code()).isEqualTo(ExitCode.NOT_ENTITLED);
      assertThat(refused.err()).contains("POLYGON_S3_SECRET_KEY");
    }
  }

  private static String oneRow(String instant) {
    return "ticker,volume,open,close,high,low,window_start,transactions\nT000,1,2,2,2,2,%d000000,1\n"
        .formatted(Instant.parse(instant).toEpochMilli());
  }

  private static byte[] gzip(String text) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  @Test
  void aListIsFollowedOverItsPagesAndCutToTheDays() throws Exception {
    try (S3Server server = S3Server.start(folder.resolve("s3"));
        FlatFileBucket bucket = bucket(server.url(), NanoClock.system())) {
      LocalDate first = LocalDate.parse("2020-01-01");
      for (int i = 0; i < 1_100; i++) {
        LocalDate day = first.plusDays(i);
        server.put(DAYS.folder(day) + day + ".csv.gz", new byte[] {1});
      }
      server.put("us_stocks_sip/day_aggs_v1/2020/01/README.txt", new byte[] {1});
      List<FlatFile> all = bucket.list(DAYS, ALL, ALL);
      assertThat(all).hasSize(1_100).isSorted();
      assertThat(all.getFirst().key())
          .isEqualTo("us_stocks_sip/day_aggs_v1/2020/01/2020-01-01.csv.gz");
      assertThat(
              bucket.list(
                  DAYS,
                  Optional.of(LocalDate.parse("2020-01-30")),
                  Optional.of(LocalDate.parse("2020-02-02"))))
          .extracting(FlatFile::day)
          .extracting(LocalDate::toString)
          .containsExactly("2020-01-30", "2020-01-31", "2020-02-01", "2020-02-02");
      assertThat(bucket.list(MINUTES, ALL, ALL)).isEmpty();
    }
  }

  private FlatFileBucket bucket(URI url, NanoClock clock) {
    return new FlatFileBucket(
        new ObjectStore(
            url,
            new Secret(S3Server.ACCESS),
            new Secret(S3Server.SECRET),
            InstantSource.system(),
            clock),
        folder.resolve("downloads"));
  }

  /** Sleeps not at all and remembers how long it should have. */
  private static final class PatientClock implements NanoClock {
    private final List<Duration> slept = new ArrayList<>();

    @Override
    public long nanoTime() {
      return 0;
    }

    @Override
    public synchronized void sleep(Duration duration) {
      slept.add(duration);
    }
  }

  @Test
  void whatMayPassIsTriedAgainAndADamagedDownloadIsNotUsed() throws Exception {
    byte[] content = "whole".getBytes(StandardCharsets.UTF_8);
    String etag = HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
    AtomicInteger asked = new AtomicInteger();
    HttpServer server = server();
    server.createContext(
        "/mine/",
        exchange -> {
          int number = asked.incrementAndGet();
          exchange.getResponseHeaders().set("ETag", '"' + etag + '"');
          byte[] body = number == 2 ? "whale".getBytes(StandardCharsets.UTF_8) : content;
          exchange.sendResponseHeaders(number == 1 ? 503 : 200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    PatientClock clock = new PatientClock();
    try (FlatFileBucket bucket = bucket(address(server, "/mine"), clock)) {
      FlatFile file =
          new FlatFile(MINUTES, LocalDate.parse("2024-01-02"), etag, content.length, true);
      try (FlatFileStore.Local local = bucket.fetch(file);
          var in = local.open()) {
        assertThat(in.readAllBytes()).isEqualTo(content);
      }
      assertThat(asked).hasValue(3);
      assertThat(clock.slept).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
    } finally {
      server.stop(0);
    }
    assertThat(Files.list(folder.resolve("downloads"))).isEmpty();
  }

  @Test
  void aFileThatIsListedAndNotInThePlanIsToldAsSuch() throws Exception {
    HttpServer server = server();
    server.createContext(
        "/",
        exchange -> {
          byte[] body =
              "<Error><Code>AccessDenied</Code><Message>no</Message></Error>"
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(403, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    try (FlatFileBucket bucket = bucket(address(server, ""), new PatientClock())) {
      FlatFile file = new FlatFile(MINUTES, LocalDate.parse("2024-01-02"), "abc", 5, true);
      assertThatThrownBy(() -> bucket.fetch(file))
          .isInstanceOf(PolygonException.NotEntitled.class)
          .hasMessageContaining("minute_aggs_v1/2024/01/2024-01-02.csv.gz")
          .hasMessageContaining("AccessDenied");
    } finally {
      server.stop(0);
    }
  }

  private static HttpServer server() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
    return server;
  }

  private static URI address(HttpServer server, String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  @Test
  void settingsThatAreMissingOrMakeNoSenseAreToldAtOnce() {
    Map<String, String> environment = environment("ftp://nowhere", S3Server.SECRET);
    environment.remove("POLYGON_S3_ACCESS_KEY");
    CliRun run = run(environment, "--dataset", "minute_aggs", "--from", "2023-03-01");
    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err())
        .contains("POLYGON_S3_ACCESS_KEY not found")
        .contains("POLYGON_FLATFILES_URL");
    assertThat(run(environment).err()).contains("--dataset and --from");
  }

  @Test
  void aFolderAsAFileAddressIsReadWithoutKeys() {
    ImportCommandTest.writeMonth(folder.resolve("files"), 2, 2);
    Map<String, String> environment = new HashMap<>();
    environment.put("CACHE_DIR", folder.resolve("cache").toString());
    environment.put("POLYGON_FLATFILES_URL", folder.resolve("files").toUri().toString());
    CliRun run = run(environment, "--dataset", "minute_aggs", "--from", "2023-03-01");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).contains("12 rows stored");
  }
}
