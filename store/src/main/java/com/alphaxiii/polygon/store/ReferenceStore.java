package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.Dividend;
import com.alphaxiii.polygon.core.ReferenceSource;
import com.alphaxiii.polygon.core.Split;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TickerInfo;
import com.alphaxiii.polygon.core.TickerSearch;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * Facts about tickers, of which splits and dividends are those that adjusted bars use: remembered
 * for half a day, and splits as {@code splits.csv} corrects them.
 */
final class ReferenceStore implements ReferenceSource {
  private final ReferenceSource upstream;
  private final CorporateActions actions;

  ReferenceStore(ReferenceSource upstream, CorporateActions actions) {
    this.upstream = upstream;
    this.actions = actions;
  }

  @Override
  public Optional<TickerInfo> ticker(Ticker ticker) {
    return upstream.ticker(ticker);
  }

  @Override
  public Optional<LocalDate> listed(Ticker ticker) {
    return upstream.listed(ticker);
  }

  @Override
  public List<TickerInfo> search(String text, int limit) {
    return upstream.search(text, limit);
  }

  @Override
  public List<TickerInfo> search(TickerSearch search) {
    return upstream.search(search);
  }

  @Override
  public List<Split> splits(Ticker ticker) {
    return actions.splits(ticker, false).actions();
  }

  @Override
  public List<Dividend> dividends(Ticker ticker) {
    return actions.dividends(ticker, false).actions();
  }
}
