package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.NanoClock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Plays the never-closing modelled market on the stream as its clock goes on. */
final class ModelReplay implements LiveFeed {
  private static final Logger log = LoggerFactory.getLogger(ModelReplay.class);
  private static final Duration PACE = Duration.ofMillis(50);
  private static final long MINUTE = 60_000_000_000L;

  /** How much is made up for, ns, when the clock jumps ahead. */
  private static final long LONGEST_GAP = MINUTE;

  private final LiveStocks stocks;
  private final List<LiveMarket> markets;
  private final StreamHub hub;
  private final InstantSource clock;
  private final NanoClock nanoClock;
  private final CompletableFuture<Long> never = new CompletableFuture<>();
  private final Thread thread;
  private boolean started;

  /**
   * @param others the markets beside the stocks
   */
  ModelReplay(
      LiveStocks stocks,
      List<LiveMarket> others,
      StreamHub hub,
      InstantSource clock,
      NanoClock nanoClock) {
    this.stocks = stocks;
    this.markets = Stream.concat(Stream.of(stocks), others.stream()).toList();
    this.hub = hub;
    this.clock = clock;
    this.nanoClock = nanoClock;
    this.thread = Thread.ofPlatform().name("simulator-model").daemon().unstarted(this::run);
  }

  @Override
  public synchronized void start() {
    if (!started) {
      started = true;
      thread.start();
    }
  }

  @Override
  public Set<Market> markets() {
    return EnumSet.allOf(Market.class);
  }

  @Override
  public CompletableFuture<Long> done() {
    return never;
  }

  @Override
  public Optional<TradeTick> lastTrade(String symbol) {
    if (stocks.ticker(symbol).isEmpty()) {
      return Optional.empty();
    }
    long now = Ticks.nanos(clock.instant());
    List<TradeTick> recent = stocks.trades(symbol, now - MINUTE, now);
    return recent.isEmpty() ? Optional.empty() : Optional.of(recent.getLast());
  }

  private void run() {
    try {
      long played = Ticks.nanos(clock.instant());
      while (!Thread.currentThread().isInterrupted()) {
        nanoClock.sleep(PACE);
        long now = Ticks.nanos(clock.instant());
        if (now - played > LONGEST_GAP) {
          // The machine slept; nobody wants hours of trades at once.
          played = now - LONGEST_GAP;
          for (LiveMarket market : markets) {
            market.primed().forEach(market.bars()::forget);
            market.primed().clear();
          }
        }
        if (now > played) {
          playOrTell(played, now);
          played = now;
        }
      }
    } catch (InterruptedException e) {
      // Closed: nothing more to play.
    }
  }

  /** A fault of the model costs a moment of the market, not the market. */
  private void playOrTell(long played, long now) throws InterruptedException {
    try {
      play(played, now);
    } catch (ExecutionException | RuntimeException e) {
      log.error("the live market lacks what happened from {} to {} ns", played, now, e);
    }
  }

  /** Plays what happened after {@code played}, up to {@code now}. */
  private void play(long played, long now) throws InterruptedException, ExecutionException {
    var events = new ArrayList<StreamEvent>();
    for (LiveMarket market : markets) {
      play(market, played, now, events);
    }
    if (!events.isEmpty()) {
      hub.deliver(events).get();
    }
  }

  private void play(LiveMarket market, long played, long now, List<StreamEvent> events) {
    StreamBars bars = market.bars();
    Set<String> tickers = tickers(market);
    market
        .primed()
        .removeIf(
            ticker -> {
              boolean gone = !tickers.contains(ticker);
              if (gone) {
                bars.forget(ticker);
              }
              return gone;
            });
    bars.advance(played / 1_000_000, event -> {});
    var news = new ArrayList<LiveMarket.Tick>();
    for (String ticker : tickers) {
      if (market.primed().add(ticker)) {
        // Counts in what happened today before anybody listened.
        market.today(ticker, played).forEach(bars::prime);
      }
      news.addAll(market.ticks(ticker, played + 1, now));
    }
    news.sort(Comparator.comparingLong(LiveMarket.Tick::time));
    for (LiveMarket.Tick tick : news) {
      bars.advance(tick.time() / 1_000_000, events::add);
      tick.traded().ifPresent(trade -> count(bars, trade, events));
      events.addAll(tick.events());
    }
    bars.advance(now / 1_000_000, events::add);
  }

  private static void count(StreamBars bars, TradeTick trade, List<StreamEvent> events) {
    long happened = ModelPrints.happened(trade.sipTime(), trade.conditions(), trade.sequence());
    if (happened == trade.sipTime()) {
      bars.add(trade);
    } else {
      bars.addLate(trade, happened, events::add);
    }
  }

  private Set<String> tickers(LiveMarket market) {
    var all = new HashSet<String>();
    for (String symbol : hub.symbols(market.market())) {
      if (symbol.equals(Interests.ALL)) {
        all.addAll(market.all());
      } else {
        market.ticker(symbol).ifPresent(all::add);
      }
    }
    return all;
  }

  @Override
  public void close() {
    synchronized (this) {
      // From here on nothing begins.
      started = true;
    }
    LiveFeed.end(thread);
  }
}
