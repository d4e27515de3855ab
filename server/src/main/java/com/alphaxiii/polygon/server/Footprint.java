package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.BarRequest;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.TickRequest;
import com.alphaxiii.polygon.core.Timeframe;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How much memory answers are going to take, about and rather too much. */
final class Footprint {
  /** A bar as it is read, as it is adjusted, as it is put together, and what judging it takes. */
  private static final int BAR_BYTES = 192;

  /** Small answers are the rule, and what they take besides bars. */
  private static final int LEAST_BYTES = 256 * 1024;

  /** Ticks go through in batches, whatever their number. */
  private static final int TICK_BYTES = 8 << 20;

  /** A page of the vendor's, as text, rewritten and as bytes. */
  private static final int VENDOR_BYTES = 1 << 20;

  private static final int VENDOR_ROW_BYTES = 1_200;
  private static final int MOST_VENDOR_ROWS = 50_000;
  private static final Pattern LIMIT = Pattern.compile("[?&]limit=(\\d{1,9})(?:&|$)");

  /** No market data of the vendor's is older. */
  private static final Instant EARLIEST = Instant.parse("2003-09-10T00:00:00Z");

  private static final long DAY = Duration.ofDays(1).toMillis();

  private Footprint() {}

  /**
   * Of bars.
   *
   * @param now after which there are none
   */
  static long of(BarRequest request, Instant now) {
    Instant start = max(request.range().start(), EARLIEST);
    Instant end = request.range().end().isBefore(now) ? request.range().end() : now;
    if (!start.isBefore(end)) {
      return LEAST_BYTES;
    }
    Timeframe base = request.timeframe().base().orElse(request.timeframe());
    long millis = Duration.between(start, end).toMillis();
    if (!base.timespan().isIntraday()) {
      return LEAST_BYTES + millis / DAY * BAR_BYTES;
    }
    long bars = millis / (base.multiplier() * base.timespan().millis()) + 1;
    if (request.ticker().market() != Market.CRYPTO && millis > DAY) {
      // Of 24 hours at most 16 are traded, and in the long run of 7 days 5.
      bars = bars * 16 / 24;
      bars = millis > 7 * DAY ? bars * 5 / 7 : bars;
    }
    return LEAST_BYTES + bars * BAR_BYTES;
  }

  /** Of ticks. */
  static long of(TickRequest request) {
    return TICK_BYTES;
  }

  /**
   * Of what the vendor answers.
   *
   * @param target path and query
   */
  static long ofVendor(String target) {
    Matcher limit = LIMIT.matcher(target);
    long rows = limit.find() ? Math.min(MOST_VENDOR_ROWS, Long.parseLong(limit.group(1))) : 0;
    return VENDOR_BYTES + rows * VENDOR_ROW_BYTES;
  }

  private static Instant max(Instant a, Instant b) {
    return a.isBefore(b) ? b : a;
  }
}
