package com.alphaxiii.polygon;

import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.TimeRange;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of each symbol of a backfill.
 *
 * @param outcomes in the order of the request
 */
public record BackfillReport(List<Outcome> outcomes) {
  public BackfillReport {
    outcomes = List.copyOf(outcomes);
  }

  /** How it ended for a symbol. */
  public enum Status {
    /** Bars were fetched; the days asked for are in the cache now. */
    FILLED,
    /** Nothing was missing, or only days without trades. */
    CACHED,
    /** There are no bars of these days: not traded then, or an unknown symbol. */
    EMPTY,
    /** See {@link Outcome#error}; what had come until then is in the cache. */
    FAILED,
    /** The backfill was interrupted first; what had come until then is in the cache. */
    STOPPED;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * One symbol.
   *
   * @param bars fetched for it just now
   * @param missing windows that the vendor sent so that they could not be read
   * @param error why it failed; null unless it did
   */
  public record Outcome(
      String symbol,
      Status status,
      long bars,
      List<TimeRange> missing,
      @Nullable PolygonException error) {
    public Outcome {
      missing = List.copyOf(missing);
    }

    static Outcome failed(String symbol, long bars, PolygonException error) {
      return new Outcome(symbol, Status.FAILED, bars, List.of(), error);
    }

    /** Why it failed. */
    public Optional<PolygonException> failure() {
      return Optional.ofNullable(error);
    }
  }

  /** How many symbols ended so. */
  public long count(Status status) {
    return outcomes.stream().filter(outcome -> outcome.status() == status).count();
  }

  /** Bars fetched, of all symbols. */
  public long bars() {
    return outcomes.stream().mapToLong(Outcome::bars).sum();
  }
}
