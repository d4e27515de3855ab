package com.alphaxiii.polygon;

import com.alphaxiii.polygon.calendar.MarketCalendar;
import com.alphaxiii.polygon.client.FlatFileStore;
import com.alphaxiii.polygon.store.CacheFolder;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * Flat files into a cache for which there need not be an API key: they come with keys of theirs.
 */
public final class FlatFiles {
  private FlatFiles() {}

  /**
   * As {@link PolygonDataManager#importFlatFiles}, into a cache that other programs may be using.
   *
   * @param cacheDir root of the cache; made when missing
   * @param clock tells which days may still change
   */
  public static ImportReport importInto(
      Path cacheDir,
      FlatFileStore files,
      ImportRequest request,
      InstantSource clock,
      Consumer<ImportProgress> listener) {
    MarketCalendar calendar = MarketCalendar.usEquities();
    try (CacheFolder folder = CacheFolder.open(cacheDir, clock)) {
      return new FlatFileImport(
              files,
              request,
              set -> folder.importing(set.toString(), set.market(), set.timeframe(), calendar),
              calendar,
              listener)
          .run();
    }
  }
}
