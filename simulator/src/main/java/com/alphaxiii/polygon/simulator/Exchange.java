package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.PolygonException;
import java.util.List;
import java.util.Optional;

/** A scenario's markets: what is known of the past, and what plays live. */
final class Exchange {
  private final Scenario scenario;
  private final Optional<Recordings> recordings;
  private final MarketData data;

  private Exchange(Scenario scenario, Optional<Recordings> recordings) {
    this.scenario = scenario;
    this.recordings = recordings;
    this.data = new Markets(List.copyOf(recordings.stream().toList()));
  }

  static Exchange of(Scenario scenario) {
    return new Exchange(
        scenario, scenario.data().map(folder -> new Recordings(folder, scenario.clock())));
  }

  MarketData data() {
    return data;
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
      case Replay.Model replay -> LiveFeed.none();
    };
  }
}
