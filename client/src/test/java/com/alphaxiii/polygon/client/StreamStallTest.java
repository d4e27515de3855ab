package com.alphaxiii.polygon.client;

import static com.alphaxiii.polygon.core.FeedStatus.State.CONNECTED;
import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.client.ScriptedStream.Line;
import com.alphaxiii.polygon.core.Gap;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Connections that answer while market data has stopped, in simulated time. */
class StreamStallTest extends StreamTestCase {
  /** A Wednesday, 10:00 in New York. */
  private static final Instant OPEN = Instant.parse("2024-03-13T14:00:00Z");

  private static final String[] SYMBOLS = {"AAPL", "IBM", "MSFT"};

  private final SimulatedClock clock = SimulatedClock.held(Instant.parse("2026-09-06T03:00:00Z"));

  @Test
  void aConnectionWithoutDataInBusyHoursIsReplaced() throws Exception {
    Line line = subscribe("T.AAPL,T.IBM,T.MSFT");
    Instant last = trade(line, OPEN, 3, 300);
    clock.advance(Duration.ofSeconds(90));
    assertThat(sink.untilReconnecting().detail())
        .contains("no market data for 90.0 s", "stocks", "trying again");
    Line next = server.login();
    next.confirmSubscribe();
    sink.nextStatus(CONNECTED);
    next.say(trade("IBM", 9_999, last.plusSeconds(95).toEpochMilli()));
    Gap gap = sink.nextGap();
    assertThat(gap.from()).isEqualTo(last);
    assertThat(gap.to()).isEqualTo(last.plusSeconds(95));
    assertThat(sink.nextTrade().sequence()).isEqualTo(9_999);
  }

  @Test
  void aHaltOfOneTickerIsNoStall() throws Exception {
    Line line = subscribe("T.AAPL");
    trade(line, OPEN, 1, 300);
    staysConnected(line, Duration.ofSeconds(250));
  }

  @Test
  void aMarketThatHasClosedIsNoStall() throws Exception {
    Line line = subscribe("T.AAPL,T.IBM,T.MSFT");
    // On this day trading ends for good at 17:00.
    trade(line, Instant.parse("2024-07-03T20:54:30Z"), 3, 300);
    staysConnected(line, Duration.ofSeconds(90));
  }

  private Line subscribe(String topics) throws Exception {
    client.close();
    client =
        StreamClient.open(
            config(
                server.url(),
                config ->
                    config
                        .staleness(Duration.ofMillis(20), Duration.ofDays(30))
                        .quiet(Duration.ofSeconds(60))),
            clock,
            clock);
    client.subscribe(topics(topics), sink);
    Line line = server.login();
    line.confirmSubscribe();
    client.awaitConnected(PATIENCE);
    sink.untilConnected();
    // The phase of the day is noticed with the first event and the next look.
    return line;
  }

  /** Each ticker trades once a second; the time of the last trade. */
  private Instant trade(Line line, Instant from, int tickers, int seconds) throws Exception {
    Instant at = from;
    for (int second = 0; second < seconds; second++) {
      clock.advance(Duration.ofSeconds(1));
      at = at.plusSeconds(1);
      StringBuilder events = new StringBuilder();
      for (int i = 0; i < tickers; i++) {
        events.append(i == 0 ? "[" : ",").append(tradeEvent(SYMBOLS[i], second, at.toEpochMilli()));
      }
      line.say(events.append("]").toString());
      for (int i = 0; i < tickers; i++) {
        sink.nextTrade();
      }
      if (second == 0) {
        int pings = line.pings();
        Await.until("it has looked at the hours", () -> line.pings() > pings + 2);
      }
    }
    return at;
  }

  private void staysConnected(Line line, Duration silence) {
    for (int step = 0; step < 10; step++) {
      clock.advance(silence.dividedBy(10));
      int pings = line.pings();
      Await.until("it has looked twice", () -> line.pings() > pings + 2);
    }
    assertThat(sink.isEmpty()).as("nothing was told").isTrue();
    assertThat(client.status().state()).isEqualTo(CONNECTED);
  }
}
