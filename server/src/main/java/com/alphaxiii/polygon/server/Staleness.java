package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.calendar.MarketHours;
import com.alphaxiii.polygon.calendar.MarketPhase;
import com.alphaxiii.polygon.core.Channel;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.Topic;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Whether a market is silent that should not be: clients want something of it, it is in session,
 * and nothing has come for longer than {@link #threshold}. What is closed is never stale.
 */
final class Staleness {
  private static final Duration OPEN = Duration.ofMinutes(1);
  private static final Duration EXTENDED = Duration.ofMinutes(10);

  /** So many times as long, where few tickers are wanted, or only bars of a minute. */
  private static final int QUIET_TIMES = 5;

  private static final int TIMES_THE_USUAL = 4;
  private static final int MANY = 10;

  /** Channels on which a market in session is never silent for long. */
  private static final Set<Channel> BUSY =
      EnumSet.of(
          Channel.TRADES, Channel.QUOTES, Channel.SECOND_AGGREGATES, Channel.VALUES, Channel.BOOKS);

  private final LatencyLedger ledger;
  private final Supplier<Set<Topic>> topics;
  private final InstantSource clock;
  private final MarketHours hours = MarketHours.usual();

  Staleness(LatencyLedger ledger, Supplier<Set<Topic>> topics, InstantSource clock) {
    this.ledger = ledger;
    this.topics = topics;
    this.clock = clock;
  }

  /**
   * A market of which clients want something.
   *
   * @param phase what it does now
   * @param lastEvent when something last came; empty when nothing has since the server started
   * @param silence since then, or since somebody first wanted something if that was later
   * @param threshold what silence is too long now; empty when none is
   */
  record Entry(
      Market market,
      MarketPhase phase,
      Optional<Instant> lastEvent,
      Duration silence,
      Optional<Duration> threshold) {
    boolean isStale() {
      return threshold.filter(most -> silence.compareTo(most) > 0).isPresent();
    }
  }

  /** All markets of which clients want something now. */
  List<Entry> entries() {
    Set<Topic> wanted = topics.get();
    Instant now = clock.instant();
    List<Entry> all = new ArrayList<>();
    for (Market market : Market.values()) {
      List<Topic> of = wanted.stream().filter(topic -> topic.market() == market).toList();
      if (!of.isEmpty()) {
        all.add(entry(market, of, now));
      }
    }
    return all;
  }

  /** Whether any market is stale. */
  boolean isAnyStale() {
    return entries().stream().anyMatch(Entry::isStale);
  }

  private Entry entry(Market market, List<Topic> wanted, Instant now) {
    MarketPulse pulse = ledger.pulse(market);
    Optional<Instant> last = pulse.last();
    // A topic that was asked for this moment is noted a moment later.
    Instant since = pulse.wantedSince().orElse(now);
    Instant from = last.filter(since::isBefore).orElse(since);
    Duration silence = from.isBefore(now) ? Duration.between(from, now) : Duration.ZERO;
    return new Entry(
        market, hours.phase(market, now), last, silence, threshold(market, wanted, now, pulse));
  }

  /**
   * The silence that is too long, empty when the market has not been in session for so long. A
   * stream that comes late is held against the hours of then.
   */
  private Optional<Duration> threshold(
      Market market, List<Topic> wanted, Instant now, MarketPulse pulse) {
    Instant there = now.minus(pulse.delay());
    MarketPhase phase = hours.phase(market, there);
    boolean busy = wanted.stream().anyMatch(topic -> BUSY.contains(topic.channel()));
    boolean bars = wanted.stream().anyMatch(topic -> topic.channel() == Channel.MINUTE_AGGREGATES);
    if (phase == MarketPhase.CLOSED || !(busy || bars)) {
      return Optional.empty();
    }
    int times = busy && isMany(wanted) ? 1 : QUIET_TIMES;
    Duration usual = pulse.usualSilence().multipliedBy(TIMES_THE_USUAL);
    Duration open = longer(OPEN.multipliedBy(times), usual);
    Duration extended = longer(EXTENDED.multipliedBy(times), usual);
    if (phase == MarketPhase.OPEN && hours.phase(market, there.minus(open)) == MarketPhase.OPEN) {
      return Optional.of(open);
    }
    return hours.phase(market, there.minus(extended)) == MarketPhase.CLOSED
        ? Optional.empty()
        : Optional.of(extended);
  }

  private static boolean isMany(List<Topic> wanted) {
    return wanted.stream().filter(topic -> BUSY.contains(topic.channel())).anyMatch(Topic::isAll)
        || wanted.stream().map(Topic::symbol).distinct().count() >= MANY;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
