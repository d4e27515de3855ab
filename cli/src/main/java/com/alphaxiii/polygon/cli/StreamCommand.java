package com.alphaxiii.polygon.cli;

import com.alphaxiii.polygon.PolygonConfig;
import com.alphaxiii.polygon.PolygonWebSocketClient;
import com.alphaxiii.polygon.Recording;
import com.alphaxiii.polygon.Replays;
import com.alphaxiii.polygon.core.Channel;
import com.alphaxiii.polygon.core.FeedStatus;
import com.alphaxiii.polygon.core.Gap;
import com.alphaxiii.polygon.core.MarketEvent;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.RecordingStatus;
import com.alphaxiii.polygon.core.Replay;
import com.alphaxiii.polygon.core.ReplayRequest;
import com.alphaxiii.polygon.core.Settings;
import com.alphaxiii.polygon.core.Subscription;
import com.alphaxiii.polygon.core.TickerEvent;
import com.alphaxiii.polygon.core.Topic;
import com.alphaxiii.polygon.server.EventLines;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code polygon stream}: live events, one JSON object a line; state and losses go to stderr. */
@Command(
    name = "stream",
    description = "Live events of symbols, one JSON line each, until stopped.",
    versionProvider = Version.class,
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init")
final class StreamCommand implements Callable<Integer> {
  private final CommandContext context;

  @Mixin private UpstreamOptions upstream;

  @Parameters(arity = "1..*", paramLabel = "SYMBOL", description = "Tickers such as AAPL, or '*'.")
  private List<String> symbols;

  @Option(
      names = {"-c", "--channels"},
      defaultValue = "T",
      paramLabel = "T,Q,A,AM",
      description =
          "T trades, Q quotes, A second bars, AM minute bars, LULD price bands, NOI imbalances, FMV"
              + " fair market values, V index values [T].")
  private String channels;

  @Option(
      names = "--record",
      paramLabel = "DIR",
      description = "Also write what comes to Parquet files below this folder.")
  private @Nullable Path record;

  @Option(
      names = "--replay",
      paramLabel = "TIME",
      description =
          "Play what was recorded or cached from then on, such as 2013-10-08T09:30 in New York,"
              + " instead of live events; needs no key.")
  private @Nullable String replay;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description = "Where the replay ends [the end of its day].")
  private @Nullable String until;

  @Option(
      names = "--speed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seconds of the replay in a second: 0.1 to 1000, or max [1].")
  private String speed;

  StreamCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Set<Channel> wanted = RecordingSettings.channels(channels);
    wanted.forEach(channel -> symbols.forEach(symbol -> new Topic(channel, symbol)));
    if (replay != null) {
      return play(replay, wanted);
    }
    PolygonConfig config = PolygonConfig.from(upstream.settings(context));
    MaskingLayout.mask(config.apiKey());
    EventLines lines = new EventLines();
    try (PolygonWebSocketClient client =
            new PolygonWebSocketClient(config, context.clock(), context.nanoClock());
        Recording recording = record == null ? null : record(client, wanted, record);
        Subscription printing = client.subscribe(symbols, wanted, event -> print(lines, event))) {
      client.connect();
      context.stop().await();
      if (recording != null) {
        tell(recording.status());
      }
      if (client.dropped() > 0) {
        context
            .err()
            .println(
                "polygon: %d events were dropped because the output was read too slowly"
                    .formatted(client.dropped()));
      }
    }
    return ExitCode.OK;
  }

  private int play(String start, Set<Channel> wanted) {
    if (record != null) {
      throw new PolygonException.InvalidRequest(
          "record", record.toString(), "--record is for live events, not for a replay");
    }
    Settings settings = upstream.settings(context);
    Path cacheDir = context.folder().resolve(PolygonConfig.cacheDir(settings));
    Path recordings = context.folder().resolve(RecordingSettings.folder(settings, cacheDir));
    settings.check();
    ReplayRequest request = ReplayRequest.parse(start, until, speed, null, null);
    Set<Topic> topics =
        symbols.stream()
            .flatMap(symbol -> wanted.stream().map(channel -> new Topic(channel, symbol)))
            .collect(Collectors.toUnmodifiableSet());
    EventLines lines = new EventLines();
    try (Replays replays =
            Replays.open(cacheDir, recordings, context.clock(), context.nanoClock());
        Replay tape = replays.open(request);
        Subscription printing = tape.subscribe(topics, event -> print(lines, event, true))) {
      context.stop().await();
    }
    return ExitCode.OK;
  }

  private Recording record(PolygonWebSocketClient client, Set<Channel> wanted, Path folder) {
    return client.record(symbols, wanted, context.folder().resolve(folder));
  }

  private void tell(RecordingStatus status) {
    context
        .err()
        .println(
            "polygon: %d events recorded, %d lost; making files of them"
                .formatted(status.recorded(), status.dropped()));
  }

  private void print(EventLines lines, MarketEvent event) {
    print(lines, event, false);
  }

  /** A replay is over when its tape is; a live stream that is down waits for its end. */
  private void print(EventLines lines, MarketEvent event, boolean replayed) {
    switch (event) {
      case TickerEvent ticker -> {
        context.out().writeBytes(lines.line(ticker));
        context.out().flush();
        if (context.out().checkError()) {
          // Whoever read the output is gone, such as head in a pipe.
          context.stop().stop();
        }
      }
      case FeedStatus status -> {
        context
            .err()
            .println(
                "polygon: %s%s: %s"
                    .formatted(
                        status.market().map(market -> market.path() + " ").orElse(""),
                        status.state(),
                        status.detail()));
        if (replayed && status.state() == FeedStatus.State.DOWN) {
          context.stop().stop();
        }
      }
      case Gap gap ->
          context
              .err()
              .println(
                  "polygon: events between %s and %s may be lost".formatted(gap.from(), gap.to()));
    }
  }
}
