package com.alphaxiii.polygon;

import com.alphaxiii.polygon.client.FlatFileDataset;
import com.alphaxiii.polygon.core.Quote;
import com.alphaxiii.polygon.core.Trade;
import com.alphaxiii.polygon.store.BarImport;
import com.alphaxiii.polygon.store.TickImport;

/** Where in a cache the rows of a dataset go. */
interface ImportTargets {
  BarImport bars(FlatFileDataset dataset);

  TickImport<Trade> trades(FlatFileDataset dataset);

  TickImport<Quote> quotes(FlatFileDataset dataset);
}
