package com.alphaxiii.polygon.reference;

import com.alphaxiii.polygon.core.Rejected;
import com.alphaxiii.polygon.core.Ticker;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * The tickers that an instrument has had. A ticker stands for the instrument that owns it today.
 *
 * @param changes in the vendor's order
 * @param rejected events that could not be read, or are of a kind unknown here
 */
public record TickerHistory(
    Optional<String> name,
    Optional<String> compositeFigi,
    Optional<String> cik,
    List<Change> changes,
    List<Rejected> rejected) {

  /**
   * A ticker taken.
   *
   * @param day first New York day under this ticker
   */
  public record Change(LocalDate day, Ticker ticker) {}

  public TickerHistory {
    changes = List.copyOf(changes);
    rejected = List.copyOf(rejected);
  }
}
