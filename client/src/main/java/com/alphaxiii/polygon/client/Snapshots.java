package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.Listing;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.PolygonException.InvalidRequest;
import com.alphaxiii.polygon.core.PolygonException.NotEntitled;
import com.alphaxiii.polygon.core.Rejected;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.snapshot.NoSnapshot;
import com.alphaxiii.polygon.snapshot.Snapshot;
import com.alphaxiii.polygon.snapshot.SnapshotItem;
import com.alphaxiii.polygon.snapshot.SnapshotSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The state of tickers and markets now. */
public final class Snapshots implements SnapshotSource {
  /** As many tickers as the vendor takes at once. */
  private static final int MOST_NAMED = 250;

  private final Answers answers;

  Snapshots(Answers answers) {
    this.answers = answers;
  }

  /**
   * All tickers of a market in one answer: some 12,000 for stocks.
   *
   * @param market stocks, forex or crypto; the vendor has no others
   * @param overTheCounter true takes in stocks traded over the counter; of stocks only
   */
  public Listing<Snapshot> ofMarket(Market market, boolean overTheCounter) {
    return answers.list(
        "snapshot of all " + market.path(),
        "snapshots-" + word(market),
        withOtc(Parameters.none(), market, overTheCounter),
        WireSnapshots::ofMarket);
  }

  /** The 20 tickers of a market that have risen most today, by percent; see {@link #ofMarket}. */
  public Listing<Snapshot> gainers(Market market, boolean overTheCounter) {
    return movers("gainers", market, overTheCounter);
  }

  /** The 20 tickers of a market that have fallen most today, by percent; see {@link #ofMarket}. */
  public Listing<Snapshot> losers(Market market, boolean overTheCounter) {
    return movers("losers", market, overTheCounter);
  }

  private Listing<Snapshot> movers(String direction, Market market, boolean overTheCounter) {
    return answers.list(
        "%s of %s".formatted(direction, market.path()),
        "movers-" + word(market),
        withOtc(Parameters.of("direction", direction), market, overTheCounter),
        WireSnapshots::ofMarket);
  }

  /** One ticker of the stocks, forex or crypto market; empty when it is unknown. */
  public Optional<Snapshot> of(Ticker ticker) {
    return answers.find(
        "snapshot of " + ticker,
        ticker.market() == Market.STOCKS ? "snapshot-stock" : "snapshot-" + word(ticker.market()),
        Parameters.of("ticker", ticker),
        WireSnapshots::ofMarket);
  }

  /** One ticker of any market; empty when it is unknown. */
  @Override
  public Optional<Snapshot> snapshot(Ticker ticker) {
    return switch (ticker.market()) {
      case STOCKS, FOREX, CRYPTO -> of(ticker);
      default -> named(ticker);
    };
  }

  private Optional<Snapshot> named(Ticker ticker) {
    return switch (of(List.of(ticker)).values().getFirst()) {
      case Snapshot snapshot -> Optional.of(snapshot);
      case NoSnapshot none when none.notEntitled() ->
          throw new NotEntitled("snapshot of %s: %s".formatted(ticker, none.message()), null);
      case NoSnapshot _ -> Optional.empty();
    };
  }

  /**
   * Any tickers of any markets, each with its state or why there is none; in the order of the
   * symbols within each 250, with those last of which the vendor sent nothing.
   */
  public Listing<SnapshotItem> of(List<Ticker> tickers) {
    List<SnapshotItem> values = new ArrayList<>();
    List<Rejected> rejected = new ArrayList<>();
    for (int from = 0; from < tickers.size(); from += MOST_NAMED) {
      List<Ticker> some = tickers.subList(from, Math.min(from + MOST_NAMED, tickers.size()));
      Listing<SnapshotItem> part =
          answers.list(
              "snapshot of %d tickers from %s".formatted(some.size(), some.getFirst()),
              "snapshots",
              Parameters.of(
                  "ticker.any_of",
                  some.stream().map(Ticker::symbol).collect(Collectors.joining(","))),
              WireSnapshots::item);
      values.addAll(part.values());
      rejected.addAll(part.rejected());
      Set<Ticker> unanswered = new LinkedHashSet<>(some);
      part.values().forEach(item -> unanswered.remove(item.ticker()));
      unanswered.forEach(
          ticker ->
              values.add(
                  new NoSnapshot(
                      ticker, NoSnapshot.NOT_SENT, "the answer has nothing of it to read")));
    }
    return new Listing<>(values, rejected);
  }

  private static Parameters withOtc(Parameters parameters, Market market, boolean overTheCounter) {
    return market == Market.STOCKS ? parameters.with("include_otc", overTheCounter) : parameters;
  }

  private static String word(Market market) {
    return switch (market) {
      case STOCKS, FOREX, CRYPTO -> market.path();
      default ->
          throw new InvalidRequest(
              "market",
              market.path(),
              "snapshot of %s: the vendor has it of stocks, forex and crypto; of others ask for the tickers by name"
                  .formatted(market.path()));
    };
  }
}
