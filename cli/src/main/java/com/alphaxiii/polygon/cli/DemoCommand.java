package com.alphaxiii.polygon.cli;

import com.alphaxiii.polygon.PolygonConfig;
import com.alphaxiii.polygon.PolygonDataManager;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Settings;
import com.alphaxiii.polygon.server.DataServer;
import com.alphaxiii.polygon.server.ServerConfig;
import com.alphaxiii.polygon.simulator.Replay;
import com.alphaxiii.polygon.simulator.Scenario;
import com.alphaxiii.polygon.simulator.Simulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code polygon demo}: simulator and server in one process, on a cache that goes away with it. */
@Command(
    name = "demo",
    description = "The whole product on a simulated market: no key, no network.",
    versionProvider = Version.class,
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init")
final class DemoCommand implements Callable<Integer> {
  private static final String DEMO_KEY = "demonstration-key";

  private final CommandContext context;

  @Mixin private ServerOptions server;

  DemoCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Settings settings = Settings.load(context.folder(), context.environment(), server.values());
    Logging.apply(Logging.level(settings, "WARN"));
    ServerConfig serverConfig = Wiring.serverConfig(settings);
    settings.check();
    Path cache = temporaryFolder();
    try (Simulator simulator =
            Simulator.start(
                Scenario.builder().clock(context.clock()).live(Replay.model(1)).build());
        PolygonDataManager manager =
            PolygonDataManager.open(
                PolygonConfig.builder()
                    .apiKey(DEMO_KEY)
                    .baseUrl(simulator.baseUrl())
                    .streamUrl(simulator.streamUrl())
                    .cacheDir(cache)
                    .build(),
                context.clock(),
                context.nanoClock());
        DataServer running =
            DataServer.start(serverConfig, Wiring.ports(manager, context.clock()))) {
      context
          .err()
          .println(
              Wiring.welcome(running.baseUrl())
                  + System.lineSeparator()
                  + "polygon: SIMULATED market: prices are invented; nothing here came from an"
                  + " exchange");
      context.stop().await();
    } finally {
      delete(cache);
    }
    return ExitCode.OK;
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("polygon-demo");
    } catch (IOException e) {
      throw new PolygonException.StorageFailure(
          "cannot make a temporary folder for the demo: " + e.getMessage(), e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
