package com.alphaxiii.polygon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.PolygonConfig;
import com.alphaxiii.polygon.PolygonDataManager;
import com.alphaxiii.polygon.core.Settings;
import com.alphaxiii.polygon.core.Tier;
import com.alphaxiii.polygon.server.DataServer;
import com.alphaxiii.polygon.simulator.Scenario;
import com.alphaxiii.polygon.simulator.Simulator;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code polygon rate-limit} against servers that run, run not, or are not ours. */
@Timeout(60)
class RateLimitCommandTest {
  private static final String HEADER =
      "tier,limit_per_minute,effective_limit_per_minute,used_last_minute,remaining,reset_seconds,queued,expected_wait_seconds";

  @TempDir Path folder;
  private final Map<String, String> environment = new HashMap<>();

  private CliRun run(int port) {
    return CliRun.of(
        folder, environment, "rate-limit", "--host", "127.0.0.1", "--port", Integer.toString(port));
  }

  @Test
  void theRunningServerTellsWhatIsUsed() {
    try (Simulator simulator = Simulator.start(Scenario.builder().build());
        PolygonDataManager manager =
            new PolygonDataManager(
                PolygonConfig.builder()
                    .apiKey("key-of-the-test-4711")
                    .tier(Tier.STARTER)
                    .baseUrl(simulator.baseUrl())
                    .streamUrl(simulator.streamUrl())
                    .cacheDir(folder.resolve("cache"))
                    .build())) {
      manager.searchSymbols("Apple");
      Settings settings =
          Settings.of(
              Map.of(
                  "SERVER_HOST",
                  "127.0.0.1",
                  "SERVER_PORT",
                  "0",
                  "SERVER_TOKENS",
                  "desk:token-of-the-desk"));
      try (DataServer server =
          DataServer.start(
              Wiring.serverConfig(settings), Wiring.ports(manager, InstantSource.system()))) {
        int port = server.baseUrl().getPort();

        CliRun refused = run(port);
        assertThat(refused.code()).isEqualTo(ExitCode.NOT_ENTITLED);
        assertThat(refused.err())
            .contains("refuses calls without a token (HTTP 401): set SERVER_TOKENS");

        environment.put("SERVER_TOKENS", "desk:another-token");
        assertThat(run(port).err()).contains("refuses this token").doesNotContain("another-token");

        environment.put("SERVER_TOKENS", "desk:token-of-the-desk");
        CliRun told = run(port);
        assertThat(told.code()).as(told.err()).isZero();
        assertThat(told.err()).isEmpty();
        assertThat(told.lines()).hasSize(2).first().isEqualTo(HEADER);
        assertThat(told.lines().getLast())
            .matches("starter,6000,6000,[1-9]\\d*,5\\d{3},[1-6]?\\d(\\.\\d+)?,0,0");

        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(
                CommandLineProgram.run(
                    new String[] {
                      "rate-limit", "--host", "127.0.0.1", "--port", Integer.toString(port)
                    },
                    terminal(out)))
            .isZero();
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
            .satisfiesExactly(
                line -> assertThat(line).isEqualTo("budget     6000 requests a minute (starter)"),
                line -> assertThat(line).matches("used       [1-9]\\d*"),
                line -> assertThat(line).matches("remaining  5\\d{3}"),
                line -> assertThat(line).matches("resets in  \\d+(\\.\\d+)? s"),
                line -> assertThat(line).isEqualTo("waiting    0 requests"),
                line -> assertThat(line).isEqualTo("a new one  waits about 0 s"));
      }
    }
  }

  private CommandContext terminal(ByteArrayOutputStream out) {
    CommandContext plain =
        CliRun.context(
            folder, environment, new StopSignal(), CliRun.stream(out), CliRun.stream(out));
    return new CommandContext(
        plain.out(),
        plain.err(),
        plain.environment(),
        plain.folder(),
        true,
        plain.clock(),
        plain.nanoClock(),
        plain.stop());
  }

  @Test
  void withoutAServerThePlanIsTold() throws IOException {
    int nobody;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = socket.getLocalPort();
    }
    environment.put("POLYGON_TIER", "basic");
    CliRun run = run(nobody);
    assertThat(run.code()).isZero();
    assertThat(run.lines()).containsExactly(HEADER, "basic,5,,,,,,");
    assertThat(run.err()).contains("no server runs at http://127.0.0.1:" + nobody);
  }

  @Test
  void anotherProgramOnThePortIsToldFromTheServer() throws IOException {
    for (String body : new String[] {"hello", "{\"tier\":\"basic\"}", "[]", ""}) {
      HttpServer stranger =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      stranger.createContext(
          "/",
          exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
          });
      stranger.start();
      try {
        CliRun run = run(stranger.getAddress().getPort());
        assertThat(run.code()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err()).contains("what listens at http://127.0.0.1:");
        assertThat(run.out()).isEmpty();
      } finally {
        stranger.stop(0);
      }
    }
  }

  @Test
  void aPortThatCannotBeKnownIsAUsageError() {
    assertThat(run(0).code()).isEqualTo(ExitCode.USAGE);
    environment.put("POLYGON_TIER", "gold");
    assertThat(run(8200).err()).contains("'gold' is not a tier");
  }
}
