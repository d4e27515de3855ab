package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.NanoClock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Plays the never-closing modelled market on the stream as its clock goes on. */
final class ModelReplay implements LiveFeed {
  private static final Logger log = LoggerFactory.getLogger(ModelReplay.class);
  private static final Duration PACE = Duration.ofMillis(50);
  private static final long MINUTE = 60_000_000_000L;

  /** How much is made up for, ns, when the clock jumps ahead. */
  private static final long LONGEST_GAP = MINUTE;

  private final LiveTape tape;
  private final MarketData market;
  private final Predicate<String> plays;
  private final StreamHub hub;
  private final InstantSource clock;
  private final NanoClock nanoClock;
  private final CompletableFuture<Long> never = new CompletableFuture<>();
  private final StreamBars bars = new StreamBars(true);
  private final Set<String> primed = new HashSet<>();
  private final Thread thread;
  private boolean started;

  /**
   * @param plays which symbols this market has
   */
  ModelReplay(
      LiveTape tape,
      MarketData market,
      Predicate<String> plays,
      StreamHub hub,
      InstantSource clock,
      NanoClock nanoClock) {
    this.tape = tape;
    this.market = market;
    this.plays = plays;
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
  public CompletableFuture<Long> done() {
    return never;
  }

  @Override
  public Optional<TradeTick> lastTrade(String symbol) {
    if (!plays.test(symbol)) {
      return Optional.empty();
    }
    long now = Ticks.nanos(clock.instant());
    List<TradeTick> recent = trades(symbol, now - MINUTE, now);
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
          primed.forEach(bars::forget);
          primed.clear();
        }
        if (now > played) {
          play(played, now);
          played = now;
        }
      }
    } catch (InterruptedException e) {
      // Closed: nothing more to play.
    } catch (ExecutionException | RuntimeException e) {
      log.error("the live market stopped", e);
    }
  }

  /** Plays what happened after {@code played}, up to {@code now}. */
  private void play(long played, long now) throws InterruptedException, ExecutionException {
    Set<String> symbols = symbols();
    primed.removeIf(
        symbol -> {
          boolean gone = !symbols.contains(symbol);
          if (gone) {
            bars.forget(symbol);
          }
          return gone;
        });
    bars.advance(played / 1_000_000, event -> {});
    var news = new ArrayList<TradeTick>();
    for (String symbol : symbols) {
      if (primed.add(symbol)) {
        prime(symbol, played);
      }
      news.addAll(trades(symbol, played + 1, now));
    }
    news.sort(Comparator.comparingLong(TradeTick::sipTime));
    var events = new ArrayList<StreamEvent>();
    for (TradeTick trade : news) {
      bars.advance(trade.sipTime() / 1_000_000, events::add);
      bars.add(trade);
      if (TradeRules.movesHighLow(trade.conditions(), true)) {
        events.add(StreamJson.quote(ModelPrints.quoteBefore(trade)));
      }
      events.add(StreamJson.trade(trade));
    }
    bars.advance(now / 1_000_000, events::add);
    if (!events.isEmpty()) {
      hub.deliver(events).get();
    }
  }

  /** Counts in what happened today before anybody listened. */
  private void prime(String symbol, long until) {
    for (TradeTick trade : market.trades(symbol, Days.dayOf(until / 1_000_000))) {
      if (trade.sipTime() <= until) {
        bars.prime(trade);
      }
    }
  }

  private Set<String> symbols() {
    var all = new HashSet<String>();
    for (String symbol : hub.symbols()) {
      if (symbol.equals(Interests.ALL)) {
        all.addAll(market.symbols());
      } else {
        all.add(symbol);
      }
    }
    all.removeIf(plays.negate());
    return all;
  }

  private List<TradeTick> trades(String symbol, long from, long to) {
    var trades = new ArrayList<TradeTick>();
    Company company = Company.of(symbol);
    tape.play(
        symbol,
        from,
        to,
        (time, price, size, conditions, exchange, sequence) ->
            trades.add(
                ModelPrints.tick(company, time, price, size, conditions, exchange, sequence)));
    return trades;
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
