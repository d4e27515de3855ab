package com.alphaxiii.polygon.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RoundPaceTest {
  private static final long MICROSECOND = 1_000;
  private static final long MILLISECOND = 1_000 * MICROSECOND;
  private static final long SECOND = 1_000 * MILLISECOND;

  private final RoundPace pace = new RoundPace();

  /**
   * A second of rounds that cost so much each and for each event that has come since the one
   * before: the share of the time in which is written.
   */
  private double write(long each, double perEvent, double eventsASecond) {
    long now = 0;
    long written = 0;
    long before = 0;
    while (now < SECOND) {
      double events = eventsASecond * (now - before) / SECOND;
      long took = each + Math.round(perEvent * events);
      before = now;
      pace.took(took);
      written += took;
      now += Math.max(took, pace.nanos());
    }
    return (double) written / now;
  }

  @Test
  void isAMillisecondWhileTheCoreHasRoom() {
    assertThat(pace.nanos()).isEqualTo(MILLISECOND);
    double share = write(200 * MICROSECOND, 6 * MICROSECOND, 50_000);
    assertThat(share).isBetween(0.45, 0.55);
    assertThat(pace.nanos()).isEqualTo(MILLISECOND);
  }

  @Test
  void getsLongerSoThatAFifthOfTheTimeIsLeft() {
    double share = write(800 * MICROSECOND, 6 * MICROSECOND, 50_000);
    assertThat(share).isBetween(0.7, 0.82);
    // Where a round's own 800 microseconds and the events' share of 0.3 make four fifths.
    assertThat(pace.nanos()).isBetween(1_400 * MICROSECOND, 1_700 * MICROSECOND);
  }

  @Test
  void isNeverLongerThanFiveMilliseconds() {
    write(MILLISECOND, 8 * MICROSECOND, 125_000);
    assertThat(pace.nanos()).isEqualTo(5 * MILLISECOND);
    pace.took(10 * SECOND);
    assertThat(pace.nanos()).isEqualTo(5 * MILLISECOND);
  }

  @Test
  void forgetsARushAtOnce() {
    write(MILLISECOND, 8 * MICROSECOND, 125_000);
    for (int i = 0; i < 20; i++) {
      pace.took(300 * MICROSECOND);
    }
    assertThat(pace.nanos()).isLessThan(1_200 * MICROSECOND);
  }

  @Test
  void isNotMisledByOneRoundThatWasHeldUp() {
    write(200 * MICROSECOND, 6 * MICROSECOND, 25_000);
    pace.took(20 * MILLISECOND);
    assertThat(pace.nanos()).isLessThan(1_500 * MICROSECOND);
  }
}
