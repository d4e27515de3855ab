package com.alphaxiii.polygon;

import com.alphaxiii.polygon.client.FlatFileDataset;
import com.alphaxiii.polygon.core.Quote;
import com.alphaxiii.polygon.core.Trade;
import com.alphaxiii.polygon.store.BarImport;
import com.alphaxiii.polygon.store.BarStore;
import com.alphaxiii.polygon.store.TickImport;

/** Flat files go into the cache. */
record StoreTargets(BarStore store) implements ImportTargets {
  @Override
  public BarImport bars(FlatFileDataset set) {
    return store.importing(set.toString(), set.market(), set.timeframe());
  }

  @Override
  public TickImport<Trade> trades(FlatFileDataset set) {
    return store.importingTrades(set.toString());
  }

  @Override
  public TickImport<Quote> quotes(FlatFileDataset set) {
    return store.importingQuotes(set.toString());
  }
}
