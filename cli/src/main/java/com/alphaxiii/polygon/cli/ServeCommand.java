package com.alphaxiii.polygon.cli;

import com.alphaxiii.polygon.PolygonConfig;
import com.alphaxiii.polygon.PolygonDataManager;
import com.alphaxiii.polygon.Recording;
import com.alphaxiii.polygon.core.Secret;
import com.alphaxiii.polygon.core.Settings;
import com.alphaxiii.polygon.server.AccessToken;
import com.alphaxiii.polygon.server.DataServer;
import com.alphaxiii.polygon.server.ServerConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code polygon serve}: the data server, until it is stopped. */
@Command(
    name = "serve",
    description = "The data server: HTTP and WebSocket for all of your programs.",
    versionProvider = Version.class,
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init")
final class ServeCommand implements Callable<Integer> {
  private final CommandContext context;

  @Mixin private UpstreamOptions upstream;
  @Mixin private ServerOptions server;

  @Option(
      names = "--test",
      description = "Call every endpoint and a WebSocket once, print a table, and stop.")
  private boolean test;

  ServeCommand(CommandContext context) {
    this.context = context;
  }

  /** The test gets a token of its own, since those of the clients may be limited. */
  private static ServerConfig withOwnToken(ServerConfig config) {
    if (config.tokens().isEmpty()) {
      return config;
    }
    List<AccessToken> tokens = new ArrayList<>(config.tokens());
    tokens.add(AccessToken.of("polygon serve --test", new Secret(UUID.randomUUID().toString())));
    return config.withTokens(tokens);
  }

  @Override
  public Integer call() {
    Settings settings = upstream.settings(context, server.values(), "INFO");
    ServerConfig configured = Wiring.serverConfig(settings);
    ServerConfig serverConfig = test ? withOwnToken(configured) : configured;
    RecordingSettings recorded = RecordingSettings.of(settings, PolygonConfig.cacheDir(settings));
    PolygonConfig config = PolygonConfig.from(settings);
    MaskingLayout.mask(config.apiKey());
    try (PolygonDataManager manager =
            PolygonDataManager.open(config, context.clock(), context.nanoClock());
        Recording recording =
            recorded.topics().isEmpty()
                ? null
                : manager.record(recorded.folder(), recorded.topics());
        DataServer running =
            DataServer.start(
                serverConfig,
                Wiring.ports(
                    manager,
                    context.clock(),
                    () -> Optional.ofNullable(recording).map(Recording::status),
                    manager.replays(recorded.folder())))) {
      if (test) {
        SelfTest selfTest =
            new SelfTest(running, serverConfig, context.clock().instant(), context.nanoClock());
        return selfTest.run(context.out()) ? ExitCode.OK : ExitCode.FAILED;
      }
      context.err().println(Wiring.welcome(running.baseUrl()));
      context.stop().await();
      context.err().println("polygon: stopping");
    }
    return ExitCode.OK;
  }
}
