package com.alphaxiii.polygon;

import com.alphaxiii.polygon.calendar.MarketCalendar;
import com.alphaxiii.polygon.client.FlatFileBucket;
import com.alphaxiii.polygon.client.FlatFileDataset;
import com.alphaxiii.polygon.client.FlatFileFolder;
import com.alphaxiii.polygon.client.FlatFileStore;
import com.alphaxiii.polygon.client.ObjectStore;
import com.alphaxiii.polygon.core.NanoClock;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Quote;
import com.alphaxiii.polygon.core.Secret;
import com.alphaxiii.polygon.core.Settings;
import com.alphaxiii.polygon.core.Trade;
import com.alphaxiii.polygon.store.BarImport;
import com.alphaxiii.polygon.store.CacheFolder;
import com.alphaxiii.polygon.store.TickImport;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Flat files into a cache for which there need not be an API key: they come with keys of theirs.
 */
public final class FlatFiles {
  private static final URI VENDOR = URI.create("https://files.massive.com");
  private static final Set<String> SCHEMES = Set.of("http", "https", "file");

  private FlatFiles() {}

  /**
   * Where {@code POLYGON_FLATFILES_URL} says that flat files lie: the vendor's store, another that
   * speaks S3, or a folder.
   *
   * @param downloads where files lie while they are imported
   * @throws PolygonException.InvalidRequest that names every problem in the settings
   */
  public static FlatFileStore store(
      Settings settings, Path downloads, InstantSource clock, NanoClock nanoClock) {
    URI url = settings.value("POLYGON_FLATFILES_URL", FlatFiles::url, VENDOR);
    if (url.getScheme().equalsIgnoreCase("file")) {
      settings.check();
      return FlatFileFolder.open(Path.of(url));
    }
    Optional<Secret> access = secret(settings, "POLYGON_S3_ACCESS_KEY");
    Optional<Secret> secret = secret(settings, "POLYGON_S3_SECRET_KEY");
    settings.check();
    return new FlatFileBucket(
        new ObjectStore(url, access.orElseThrow(), secret.orElseThrow(), clock, nanoClock),
        downloads);
  }

  private static URI url(String text) {
    URI url = URI.create(text);
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    boolean store = scheme.startsWith("http") && url.getHost() != null;
    boolean clean = url.getUserInfo() == null && url.getQuery() == null;
    if (!SCHEMES.contains(scheme) || !clean || (!store && !scheme.equals("file"))) {
      throw new IllegalArgumentException(
          "an address of the form https://host[:port][/bucket] or file:///folder is needed");
    }
    return url;
  }

  private static Optional<Secret> secret(Settings settings, String name) {
    Optional<Secret> secret = settings.text(name).map(Secret::new);
    if (secret.isEmpty()) {
      settings.problem(
          name
              + " not found: flat files have a pair of keys of their own, which the vendor's"
              + " dashboard shows beside the API key");
    }
    return secret;
  }

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
    return importInto(cacheDir, OptionalLong.empty(), files, request, clock, listener);
  }

  /**
   * The same within a size.
   *
   * @param mostBytes that the cache may have: what was used least lately before the import makes
   *     room for it, and nothing that it brought itself. Empty = no limit
   */
  public static ImportReport importInto(
      Path cacheDir,
      OptionalLong mostBytes,
      FlatFileStore files,
      ImportRequest request,
      InstantSource clock,
      Consumer<ImportProgress> listener) {
    MarketCalendar calendar = MarketCalendar.usEquities();
    try (CacheFolder folder = CacheFolder.open(cacheDir, clock, mostBytes)) {
      return new FlatFileImport(
              files,
              request,
              new ImportTargets() {
                @Override
                public BarImport bars(FlatFileDataset set) {
                  return folder.importing(set.toString(), set.market(), set.timeframe(), calendar);
                }

                @Override
                public TickImport<Trade> trades(FlatFileDataset set) {
                  return folder.importingTrades(set.toString(), calendar);
                }

                @Override
                public TickImport<Quote> quotes(FlatFileDataset set) {
                  return folder.importingQuotes(set.toString(), calendar);
                }
              },
              calendar,
              listener)
          .run();
    }
  }
}
