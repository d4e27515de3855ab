package com.alphaxiii.polygon.core;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Where facts about tickers come from. */
public interface ReferenceSource {
  /** What is known of a ticker; empty when it is unknown. */
  Optional<TickerInfo> ticker(Ticker ticker);

  /** The first New York day of a ticker's trading; empty when that is not known. */
  default Optional<LocalDate> listed(Ticker ticker) {
    return Optional.empty();
  }

  /** Active tickers whose symbol or name matches, in the source's order, at most {@code limit}. */
  List<TickerInfo> search(String text, int limit);

  /** What matches a search, best first; delisted tickers too where they are asked for. */
  default List<TickerInfo> search(TickerSearch search) {
    return search.best(search(search.text(), search.limit()));
  }

  /**
   * All splits of a ticker, oldest first. One that cannot be read is {@link
   * PolygonException.BadData}: adjusting without it would be wrong for all of history.
   */
  List<Split> splits(Ticker ticker);

  /** All cash dividends of a ticker, oldest first; one that cannot be read is the same error. */
  List<Dividend> dividends(Ticker ticker);
}
