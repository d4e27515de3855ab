package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.Market;
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
    return view(recordings, model, live, scenario.clock());
  }

  /** What a delayed plan sees. */
  View delayedView() {
    InstantSource clock = () -> scenario.clock().instant().minus(scenario.delay());
    return view(
        folder.map(found -> new Recordings(found, clock)),
        model.seenAt(clock),
        LiveFeed.none(),
        clock);
  }

  private View view(
      Optional<Recordings> recorded, ModelMarket modelled, LiveFeed live, InstantSource clock) {
    var stocks = new ArrayList<MarketData>();
    recorded.ifPresent(stocks::add);
    stocks.add(modelled);
    var options = new OptionMarket(new Markets(List.copyOf(stocks)), clock, model.liveStart());
    var steady = new SteadyMarket(scenario.seed(), clock, model.liveStart(), model.liveSpeed());
    var all = new ArrayList<>(stocks);
    all.add(options);
    all.add(steady);
    return new View(new Markets(List.copyOf(all)), options, steady, live, clock);
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
      case Replay.Model replay -> model(hub);
    };
  }

  private LiveFeed model(StreamHub hub) {
    View view = view(recordings, model, LiveFeed.none(), scenario.clock());
    var stocks = new LiveStocks(model.live().orElseThrow(), model, this::isModelled);
    var others = new ArrayList<LiveMarket>();
    others.add(new LiveOptions(view.options(), stocks));
    for (Market market : List.of(Market.FOREX, Market.CRYPTO, Market.INDICES, Market.FUTURES)) {
      others.add(new LiveSteady(market, view.steady()));
    }
    return new ModelReplay(stocks, others, hub, scenario.clock(), scenario.nanoClock());
  }
}
