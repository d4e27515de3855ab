package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.PolygonException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A scenario's markets: what is known of the past, and what plays live. */
final class Exchange {
  private final Scenario scenario;
  private final Optional<RecordedFolder> folder;
  private final Optional<Recordings> recordings;
  private final ModelMarket model;

  private Exchange(Scenario scenario) {
    this.scenario = scenario;
    this.folder = scenario.data().map(RecordedFolder::new);
    this.recordings = folder.map(found -> new Recordings(found, scenario.clock()));
    this.model = new ModelMarket(scenario);
  }

  static Exchange of(Scenario scenario) {
    return new Exchange(scenario);
  }

  /** What somebody sees who sees everything at once. */
  View view(LiveFeed live) {
    return new View(markets(recordings, model), live, scenario.clock());
  }

  /** What a delayed plan sees. */
  View delayedView() {
    InstantSource clock = () -> scenario.clock().instant().minus(scenario.delay());
    return new View(
        markets(folder.map(found -> new Recordings(found, clock)), model.seenAt(clock)),
        LiveFeed.none(),
        clock);
  }

  private static MarketData markets(Optional<Recordings> recordings, ModelMarket model) {
    var sources = new ArrayList<MarketData>();
    recordings.ifPresent(sources::add);
    sources.add(model);
    return new Markets(List.copyOf(sources));
  }

  private boolean isModelled(String symbol) {
    return model.knows(symbol) && recordings.map(recorded -> !recorded.knows(symbol)).orElse(true);
  }

  LiveFeed live(StreamHub hub) {
    return switch (scenario.live().orElse(null)) {
      case null -> LiveFeed.none();
      case Replay.Recorded replay ->
          new RecordedReplay(
              recordings
                  .orElseThrow(
                      () ->
                          new PolygonException.InvalidRequest(
                              "live",
                              replay.day().toString(),
                              "a recorded replay needs a folder of recorded data"))
                  .folder(),
              replay,
              hub,
              scenario.nanoClock());
      case Replay.Model replay ->
          new ModelReplay(
              model.live().orElseThrow(),
              model,
              this::isModelled,
              hub,
              scenario.clock(),
              scenario.nanoClock());
    };
  }
}
