package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.CacheControl;
import com.alphaxiii.polygon.core.CacheStatus;
import com.alphaxiii.polygon.core.Cleared;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.StorageStatistics;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.Timeframe;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;

/** A cache that only remembers what was asked of it. */
final class MemoryCache implements CacheControl {
  static final CacheStatus WELL =
      new CacheStatus(
          Optional.empty(),
          5_400,
          OptionalLong.of(1L << 30),
          10L << 30,
          40L << 30,
          Optional.of(Instant.parse("2024-01-24T20:59:00Z")));

  volatile CacheStatus status = WELL;
  volatile boolean unreadable;

  /** How often it was looked at. */
  final AtomicInteger looks = new AtomicInteger();

  final List<String> cleared = new ArrayList<>();

  @Override
  public StorageStatistics statistics() {
    return new StorageStatistics(
        2,
        3,
        400,
        5_000,
        TestServer.NOW,
        null,
        Map.of(Timeframe.MINUTE_1, 400L),
        new StorageStatistics.Ticks(1, 2, 30, 400));
  }

  @Override
  public CacheStatus status() {
    looks.incrementAndGet();
    if (unreadable) {
      throw new PolygonException.StorageFailure("the catalog cannot be read", null);
    }
    return status;
  }

  @Override
  public Cleared clear(Optional<Ticker> ticker, OptionalInt olderThanDays) {
    cleared.add(
        ticker.map(Ticker::symbol).orElse("all")
            + (olderThanDays.isPresent() ? " " + olderThanDays.getAsInt() : ""));
    return new Cleared(1, 2, 3_000);
  }
}
