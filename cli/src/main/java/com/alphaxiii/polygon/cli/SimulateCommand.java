package com.alphaxiii.polygon.cli;

import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.simulator.Replay;
import com.alphaxiii.polygon.simulator.Scenario;
import com.alphaxiii.polygon.simulator.Simulator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code polygon simulate}: the vendor's REST and WebSocket API on this machine, without a key. */
@Command(
    name = "simulate",
    description = "The vendor, simulated: REST and WebSocket, recorded or modelled markets.",
    versionProvider = Version.class,
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init")
final class SimulateCommand implements Callable<Integer> {
  private final CommandContext context;

  @Mixin private UpstreamOptions upstream;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Recorded market data: the vendor's flat files and daily series. Other symbols are"
              + " modelled.")
  private @Nullable Path data;

  @Option(
      names = "--port",
      defaultValue = "8201",
      paramLabel = "N",
      description = "Port, 0 for any [8201].")
  private int port;

  @Option(
      names = "--replay",
      paramLabel = "DAY",
      description = "Stream this recorded day instead of a modelled market.")
  private @Nullable String replay;

  @Option(
      names = "--speed",
      defaultValue = "1",
      paramLabel = "N",
      description = "Stream N times faster than real time [1].")
  private double speed;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "N",
      description = "Another seed, another modelled market [1].")
  private long seed;

  SimulateCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    upstream.settings(context, Map.of(), "INFO").check();
    Scenario.Builder scenario =
        Scenario.builder().port(port).seed(seed).clock(context.clock()).live(liveFeed());
    if (data != null) {
      if (!Files.isDirectory(data)) {
        throw new PolygonException.InvalidRequest(
            "--data", data.toString(), "'%s' is not a folder".formatted(data));
      }
      scenario.data(data);
    }
    try (Simulator simulator = Simulator.start(scenario.build())) {
      context
          .err()
          .println(
              """
              polygon: the simulated vendor listens. Point any program at it:
                POLYGON_BASE_URL=%s
                POLYGON_STREAM_URL=%s
                POLYGON_API_KEY=any-key
              What it was asked: %s/simulator/requests. Stop with ^C.\
              """
                  .formatted(simulator.baseUrl(), simulator.streamUrl(), simulator.baseUrl()));
      context.stop().await();
    }
    return ExitCode.OK;
  }

  private Replay liveFeed() {
    if (!(speed > 0)) {
      throw new PolygonException.InvalidRequest(
          "--speed", Double.toString(speed), "the speed must be greater than 0");
    }
    if (replay == null) {
      return Replay.model(speed);
    }
    try {
      return Replay.recorded(LocalDate.parse(replay), speed);
    } catch (DateTimeException e) {
      throw new PolygonException.InvalidRequest(
          "--replay", replay, "'%s' is not a date such as 2013-10-08".formatted(replay));
    }
  }
}
