package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.ReferenceSource;
import com.alphaxiii.polygon.core.Ticker;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Since when stocks are traded: history that is empty before that day stays empty. The vendor is
 * asked only when an empty answer has grown old, which without this would be asked for again.
 */
final class Listings {
  private static final Logger LOG = LoggerFactory.getLogger(Listings.class);
  private static final Duration KEPT = Duration.ofDays(30);
  private static final Duration PATIENCE = Duration.ofHours(1);
  private static final long MOST_TICKERS = 100_000;

  /** Before it nothing was traded; what is not known is the beginning of time. */
  private record Known(Instant firstDay, Instant until) {}

  private final ReferenceSource reference;
  private final Cache<Ticker, Known> known =
      Caffeine.newBuilder().maximumSize(MOST_TICKERS).executor(Runnable::run).build();

  Listings(ReferenceSource reference) {
    this.reference = reference;
  }

  /** The midnight in New York that began the first day of trading, if it was asked for. */
  Optional<Instant> firstDay(Ticker ticker, Instant now) {
    return Optional.ofNullable(known.getIfPresent(ticker))
        .filter(listing -> now.isBefore(listing.until()))
        .map(Known::firstDay);
  }

  /** Asks for it now; that it cannot be had is no failure. */
  void ask(Ticker ticker, Instant now) {
    known.put(ticker, asked(ticker, now));
  }

  private Known asked(Ticker ticker, Instant now) {
    if (ticker.market() != Market.STOCKS) {
      return new Known(PartKey.EARLIEST, now.plus(KEPT));
    }
    try {
      Instant firstDay =
          reference
              .listed(ticker)
              .map(day -> day.atStartOfDay(Market.NEW_YORK).toInstant())
              .orElse(PartKey.EARLIEST);
      return new Known(firstDay, now.plus(KEPT));
    } catch (PolygonException e) {
      LOG.debug("it cannot be had since when {} is traded", ticker, e);
      return new Known(PartKey.EARLIEST, now.plus(PATIENCE));
    }
  }
}
