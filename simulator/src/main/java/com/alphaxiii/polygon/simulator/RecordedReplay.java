package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.NanoClock;
import com.alphaxiii.polygon.core.PolygonException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plays a recorded day on the stream at its pace. One batch at a time is under way, and the next
 * waits until every connection has room: memory stays bounded and no event is left out.
 */
final class RecordedReplay implements LiveFeed {
  private static final Logger log = LoggerFactory.getLogger(RecordedReplay.class);
  private static final int BATCH = 1_000;
  private static final Duration LONGEST_NAP = Duration.ofMillis(200);

  private final RecordedFolder folder;
  private final Replay.Recorded replay;
  private final StreamHub hub;
  private final NanoClock clock;
  private final CompletableFuture<Long> done = new CompletableFuture<>();
  private final Map<String, TradeTick> lastTrades = new ConcurrentHashMap<>();
  private final StreamBars bars = new StreamBars(Market.STOCKS, false);
  private final Thread thread;
  private boolean started;

  RecordedReplay(RecordedFolder folder, Replay.Recorded replay, StreamHub hub, NanoClock clock) {
    this.folder = folder;
    this.replay = replay;
    this.hub = hub;
    this.clock = clock;
    this.thread = Thread.ofPlatform().name("simulator-replay").daemon().unstarted(this::run);
    if (!folder.tradeDays().contains(replay.day())) {
      throw new PolygonException.InvalidRequest(
          "live", replay.day().toString(), "no trades are recorded on " + replay.day());
    }
  }

  @Override
  public synchronized void start() {
    if (!started) {
      started = true;
      thread.start();
    }
  }

  @Override
  public boolean heldBack() {
    return replay.heldBack();
  }

  @Override
  public CompletableFuture<Long> done() {
    return done;
  }

  @Override
  public Optional<TradeTick> lastTrade(String symbol) {
    return Optional.ofNullable(lastTrades.get(symbol));
  }

  private void run() {
    try {
      done.complete(play());
    } catch (InterruptedException e) {
      done.cancel(false);
    } catch (ExecutionException | RuntimeException e) {
      log.error("the replay of {} failed", replay.day(), e);
      done.completeExceptionally(e);
    }
  }

  private long play() throws InterruptedException, ExecutionException {
    var ticks =
        new TickMerge(
            folder.tradesOf(replay.day()).values(), folder.quotesOf(replay.day()).values());
    skipTo(ticks);
    long marketStart = ticks.nextTime();
    long clockStart = clock.nanoTime();
    long played = 0;
    var batch = new ArrayList<StreamEvent>(BATCH + 64);
    while (ticks.nextTime() != Long.MAX_VALUE) {
      long due = (long) ((ticks.nextTime() - marketStart) / replay.speed());
      long early = due - (clock.nanoTime() - clockStart);
      if (early > 0 || batch.size() >= BATCH) {
        deliver(batch);
      }
      if (early > 0) {
        Duration wait = Duration.ofNanos(early);
        clock.sleep(wait.compareTo(LONGEST_NAP) < 0 ? wait : LONGEST_NAP);
        continue;
      }
      take(ticks, batch);
      played++;
    }
    bars.finish(batch::add);
    deliver(batch);
    return played;
  }

  /** Counts what lies before the start into the day's aggregates without playing it. */
  private void skipTo(TickMerge ticks) {
    replay
        .start()
        .ifPresent(
            time -> {
              long start =
                  Ticks.nanos(replay.day().atTime(time).atZone(Market.NEW_YORK).toInstant());
              var unheard = new ArrayList<StreamEvent>();
              while (ticks.nextTime() < start) {
                take(ticks, unheard);
                unheard.clear();
              }
              bars.advance(start / 1_000_000, unheard::add);
            });
  }

  private void take(TickMerge ticks, List<StreamEvent> out) {
    bars.advance(ticks.nextTime() / 1_000_000, out::add);
    switch (ticks.next()) {
      case TradeTick trade -> {
        bars.add(trade);
        lastTrades.put(trade.symbol(), trade);
        out.add(StreamJson.trade(trade));
      }
      case QuoteTick quote -> out.add(StreamJson.quote(quote));
      case null, default -> throw new IllegalStateException("a merge holds trades and quotes");
    }
  }

  private void deliver(List<StreamEvent> batch) throws InterruptedException, ExecutionException {
    if (!batch.isEmpty()) {
      hub.deliverPatiently(List.copyOf(batch)).get();
      batch.clear();
    }
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
