package com.alphaxiii.polygon.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.Conditions;
import com.alphaxiii.polygon.core.Gap;
import com.alphaxiii.polygon.core.MarketEvent;
import com.alphaxiii.polygon.core.Quote;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TickerEvent;
import com.alphaxiii.polygon.core.Topic;
import com.alphaxiii.polygon.core.Trade;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The law of gaps, with losses of random length at random places of a tape of random events. */
class LossesPropertyTest {
  private static final List<String> SYMBOLS = List.of("AAPL", "IBM", "MSFT", "SPY");
  private static final Instant NOW = Instant.parse("2026-09-01T14:00:00Z");

  @Property(tries = 500)
  void whatIsLostLiesWithinGapsAndWhatIsDeliveredAroundThem(
      @ForAll Random random, @ForAll @IntRange(min = 0, max = 6) int losses) {
    List<TickerEvent> tape = tape(random);
    SinkTable table = new SinkTable();
    List<Set<Topic>> wanted =
        List.of(topics("T.AAPL", "Q.AAPL"), topics("T.*"), topics("T.SPY", "T.IBM"), topics("Q.*"));
    List<List<MarketEvent>> heard = new ArrayList<>();
    for (Set<Topic> topics : wanted) {
      List<MarketEvent> mine = new ArrayList<>();
      heard.add(mine);
      Sink sink = new Sink(new Recipient(mine::add, new StreamCounters()));
      table.add(sink);
      for (Topic topic : topics) {
        sink.add(topic);
        table.route(topic, sink);
      }
    }
    Losses feed = new Losses(table, new VendorTimes(Duration.ZERO), topic -> true);
    feed.connect();
    feed.settle(NOW);
    // Enough to have heard both channels.
    int at = play(feed, tape, 0, 40);
    for (int loss = 0; loss < losses; loss++) {
      at = play(feed, tape, at, random.nextInt(12));
      feed.begin(topic -> true, NOW);
      at += random.nextInt(8);
      feed.connect();
      feed.settle(NOW);
    }
    play(feed, tape, at, tape.size());
    for (int i = 0; i < wanted.size(); i++) {
      assertLaw(tape, wanted.get(i), heard.get(i));
    }
  }

  @Example
  void aTopicConfirmedTooLateEndsNoGapOfOthersThatAreStillLost() {
    SinkTable table = new SinkTable();
    List<MarketEvent> heard = new ArrayList<>();
    Sink sink = new Sink(new Recipient(heard::add, new StreamCounters()));
    table.add(sink);
    Topic late = Topic.parse("T.AAPL");
    Topic other = Topic.parse("T.IBM");
    for (Topic topic : List.of(late, other)) {
      sink.add(topic);
      table.route(topic, sink);
    }
    Set<Topic> confirmed = new HashSet<>(sink.topics());
    Losses feed = new Losses(table, new VendorTimes(Duration.ZERO), confirmed::contains);
    long time = VendorTimes.nanos(NOW);
    feed.connect();
    feed.settle(NOW);
    feed.event(trade(Ticker.of("IBM"), time, 1));
    feed.begin(topic -> true, NOW);
    confirmed.remove(late);
    feed.connect();
    feed.settle(NOW);
    feed.event(trade(Ticker.of("IBM"), time + 10, 2));
    feed.begin(confirmed::contains, NOW);
    heard.clear();

    feed.connect();
    confirmed.add(late);
    assertThat(feed.resume(late)).isFalse();
    feed.tellRest(NOW);
    assertThat(heard).as("T.IBM may be lost still").isEmpty();
    feed.settle(NOW);
    feed.event(trade(Ticker.of("IBM"), time + 20, 3));
    assertThat(heard)
        .first()
        .isInstanceOfSatisfying(
            Gap.class,
            gap -> {
              assertThat(gap.topics()).containsExactlyInAnyOrder(late, other);
              assertThat(VendorTimes.nanos(gap.from())).isEqualTo(time + 10);
              assertThat(VendorTimes.nanos(gap.to())).isEqualTo(time + 20);
            });
  }

  private static int play(Losses feed, List<TickerEvent> tape, int from, int count) {
    int to = Math.min(tape.size(), from + count);
    for (int i = from; i < to; i++) {
      assertThat(feed.event(tape.get(i))).isTrue();
    }
    return Math.max(from, to);
  }

  private static void assertLaw(
      List<TickerEvent> tape, Set<Topic> wanted, List<MarketEvent> heard) {
    List<MarketEvent> delivered = heard.stream().filter(TickerEvent.class::isInstance).toList();
    assertThat(delivered).doesNotHaveDuplicates();
    List<Gap> gaps = heard.stream().filter(Gap.class::isInstance).map(Gap.class::cast).toList();
    for (TickerEvent event : tape) {
      Topic topic = Topic.of(event.channel(), event.ticker());
      if ((wanted.contains(topic) || wanted.contains(topic.whole()))
          && !delivered.contains(event)) {
        assertThat(gaps)
            .as("%s is lost", event)
            .anyMatch(gap -> covers(gap, topic) && spans(gap, event.time()));
      }
    }
    for (int i = 0; i < heard.size(); i++) {
      if (heard.get(i) instanceof Gap gap) {
        for (int j = 0; j < heard.size(); j++) {
          if (heard.get(j) instanceof TickerEvent event
              && covers(gap, Topic.of(event.channel(), event.ticker()))) {
            long bound = VendorTimes.nanos(j < i ? gap.from() : gap.to());
            assertThat(Long.signum(Long.compare(bound, event.time())))
                .as("%s and %s", gap, event)
                .isNotEqualTo(j < i ? -1 : 1);
          }
        }
        gap.last()
            .forEach((topic, last) -> assertThat(last).isEqualTo(lastBefore(heard, gap, topic)));
      }
    }
  }

  private static MarketEvent lastBefore(List<MarketEvent> heard, Gap gap, Topic topic) {
    return heard.subList(0, heard.indexOf(gap)).stream()
        .filter(
            event ->
                event instanceof TickerEvent data
                    && Topic.of(data.channel(), data.ticker()).equals(topic))
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  private static boolean covers(Gap gap, Topic topic) {
    return gap.topics().contains(topic) || gap.topics().contains(topic.whole());
  }

  private static boolean spans(Gap gap, long time) {
    return VendorTimes.nanos(gap.from()) <= time && time <= VendorTimes.nanos(gap.to());
  }

  private static List<TickerEvent> tape(Random random) {
    List<TickerEvent> tape = new ArrayList<>();
    long time = VendorTimes.nanos(Instant.parse("2013-10-08T13:30:00Z"));
    for (int i = 1; i <= 200; i++) {
      time += random.nextInt(3) * 1_000_000L;
      Ticker ticker = Ticker.of(SYMBOLS.get(random.nextInt(SYMBOLS.size())));
      tape.add(
          i % 2 == 0 || random.nextInt(4) == 0 ? trade(ticker, time, i) : quote(ticker, time, i));
    }
    return tape;
  }

  private static Trade trade(Ticker ticker, long time, int sequence) {
    return new Trade(ticker, 1, 1, Conditions.NONE, time, 0, 4, "", 1, sequence, 0, 0);
  }

  private static Quote quote(Ticker ticker, long time, int sequence) {
    return new Quote(
        ticker, 1, 1, 1, 1, 2, 1, Conditions.NONE, Conditions.NONE, time, 0, 1, sequence);
  }

  private static Set<Topic> topics(String... names) {
    return Set.of(names).stream().map(Topic::parse).collect(Collectors.toSet());
  }
}
