package com.alphaxiii.polygon.server;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/**
 * Writes instants as {@code 2024-01-02T09:30:00-05:00} in one zone. It keeps the date and offset of
 * the day it last wrote, since neighbours mostly share them. For one thread.
 */
final class IsoTime {
  private static final long DAY_MILLIS = 86_400_000L;

  private final ZoneRules rules;

  /** What is kept holds from here, Unix ms … */
  private long validFrom = 0;

  /** … to here, exclusive. */
  private long validUntil = 0;

  /** Unix ms when the kept day began, or would have by its present offset. */
  private long midnight;

  private byte[] date = {};
  private byte[] offset = {};

  IsoTime(ZoneId zone) {
    rules = zone.getRules();
  }

  /** With milliseconds only where they are not zero. */
  void write(JsonBytes out, long epochMillis) {
    write(out, epochMillis, epochMillis % 1_000 != 0);
  }

  void writeMillis(JsonBytes out, long epochMillis) {
    write(out, epochMillis, true);
  }

  /** With all nine digits of the second's fraction. */
  void writeNanos(JsonBytes out, long epochNanos) {
    writeSeconds(out, Math.floorDiv(epochNanos, 1_000_000));
    out.raw('.').fixed(Math.floorMod(epochNanos, 1_000_000_000L), 9).raw(offset);
  }

  String format(Instant instant) {
    JsonBytes out = new JsonBytes(32);
    write(out, instant.toEpochMilli());
    return new String(out.toBytes(), java.nio.charset.StandardCharsets.US_ASCII);
  }

  private void write(JsonBytes out, long epochMillis, boolean millis) {
    writeSeconds(out, epochMillis);
    if (millis) {
      out.raw('.').fixed((epochMillis - midnight) % 1_000, 3);
    }
    out.raw(offset);
  }

  private void writeSeconds(JsonBytes out, long epochMillis) {
    if (epochMillis < validFrom || epochMillis >= validUntil) {
      turnTo(epochMillis);
    }
    int seconds = (int) (epochMillis - midnight) / 1_000;
    out.raw(date).fixed(seconds / 3_600, 2).raw(':').fixed(seconds / 60 % 60, 2);
    out.raw(':').fixed(seconds % 60, 2);
  }

  private void turnTo(long epochMillis) {
    Instant at = Instant.ofEpochMilli(epochMillis);
    ZoneOffset here = rules.getOffset(at);
    long shift = here.getTotalSeconds() * 1_000L;
    long day = Math.floorDiv(epochMillis + shift, DAY_MILLIS);
    midnight = day * DAY_MILLIS - shift;
    validFrom = midnight;
    validUntil = midnight + DAY_MILLIS;
    ZoneOffsetTransition next = rules.nextTransition(at);
    if (next != null) {
      validUntil = Math.min(validUntil, next.toEpochSecond() * 1_000);
    }
    // Strictly before the instant asked for, hence the millisecond: a change at that very instant.
    ZoneOffsetTransition last = rules.previousTransition(at.plusMillis(1));
    if (last != null) {
      validFrom = Math.max(validFrom, last.toEpochSecond() * 1_000);
    }
    date = JsonBytes.ascii(LocalDate.ofEpochDay(day) + "T");
    offset = JsonBytes.ascii(here.getTotalSeconds() == 0 ? "+00:00" : here.getId());
  }
}
