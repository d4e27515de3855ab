package com.alphaxiii.polygon.simulator;

import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The routing table: every path that is answered, gathered from those who answer. */
final class Endpoints {
  private Endpoints() {}

  /**
   * All routes, so ordered that a fixed segment is tried before a variable one in its place, since
   * a brace sorts after every letter.
   */
  static List<Route> of(View view) {
    MarketData data = view.data();
    LiveFeed live = view.live();
    InstantSource clock = view.clock();
    var universe = new Universe(data);
    var days = new DayBars(data, clock);
    var boards = new Boards(data, live, days, clock);
    var aggregates = new Aggregates(data, clock);
    return Stream.of(
            new Api(aggregates).routes(),
            new TickApi(data, live, clock).routes(),
            new TickersApi(universe, days, clock).routes(),
            new ActionsApi(data, universe, days, clock).routes(),
            new DailyApi(data, universe, days, clock).routes(),
            new SnapshotApi(universe, boards).routes(),
            new UniversalApi(universe, boards, new SnapshotItems(clock), clock).routes(),
            new IndicatorApi(aggregates, clock).routes(),
            new CurrencyApi(universe, boards).routes(),
            new MarketStatusApi(clock).routes())
        .flatMap(List::stream)
        .sorted(Comparator.comparing(Route::path))
        .toList();
  }
}
