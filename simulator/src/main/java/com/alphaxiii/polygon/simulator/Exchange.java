package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.PolygonException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A scenario's markets: what is known of the past, and what plays live. */
final class Exchange {
  private final Scenario scenario;
  private final Optional<Recordings> recordings;
  private final ModelMarket model;
  private final MarketData data;

  private Exchange(Scenario scenario, Optional<Recordings> recordings) {
    this.scenario = scenario;
    this.recordings = recordings;
    this.model = new ModelMarket(scenario);
    var sources = new ArrayList<MarketData>();
    recordings.ifPresent(sources::add);
    sources.add(model);
    this.data = new Markets(List.copyOf(sources));
  }

  static Exchange of(Scenario scenario) {
    return new Exchange(
        scenario, scenario.data().map(folder -> new Recordings(folder, scenario.clock())));
  }

  MarketData data() {
    return data;
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
