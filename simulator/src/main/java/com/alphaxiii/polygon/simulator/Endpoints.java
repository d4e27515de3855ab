package com.alphaxiii.polygon.simulator;

import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
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
    var options = new OptionItems(view.options(), universe, boards, clock);
    List<Route> made =
        Stream.of(
                new Api(aggregates).routes(),
                new TickApi(data, live, clock).routes(),
                new DailyApi(data, universe, days, clock).routes(),
                new SnapshotApi(universe, boards).routes(),
                new UniversalApi(universe, boards, new SnapshotItems(options, clock), clock)
                    .routes(),
                new IndicatorApi(aggregates, clock).routes(),
                new CurrencyApi(universe, boards).routes(),
                new OptionsApi(universe, view.options(), options, clock).routes(),
                new FuturesApi(universe, boards, clock).routes(),
                new FuturesDataApi(data, aggregates, clock).routes(),
                new TickersApi(universe, days, clock).routes(),
                new ActionsApi(data, universe, days, clock).routes(),
                new DirectoryApi(clock).routes(),
                new NewsApi(universe, clock).routes(),
                new IpoApi(universe, clock).routes(),
                new FilingsApi(universe, clock).routes(),
                new StatementsApi(universe, days, clock).routes(),
                new ShortDataApi(universe, days, clock).routes(),
                new EconomyApi(clock).routes(),
                new MarketStatusApi(clock).routes(),
                new RetiredApi().routes())
            .flatMap(List::stream)
            .toList();
    Set<String> taken = made.stream().map(Route::path).collect(Collectors.toSet());
    return Stream.concat(made.stream(), new TableApi(universe, clock).routes(taken).stream())
        .sorted(Comparator.comparing(Route::path))
        .toList();
  }
}
