package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.calendar.MarketCalendar;
import com.alphaxiii.polygon.core.CacheControl;
import com.alphaxiii.polygon.core.CacheStatus;
import com.alphaxiii.polygon.core.Cleared;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Quote;
import com.alphaxiii.polygon.core.StorageStatistics;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.Timeframe;
import com.alphaxiii.polygon.core.Trade;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A cache as it lies on the disk, without a vendor behind it: to be counted, cleared, verified and
 * compacted. Other programs may use the folder meanwhile. Safe for use by many threads.
 */
public final class CacheFolder implements CacheControl, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CacheFolder.class);

  private static final String MISSING_CATALOG = "it is missing, though there are files";

  private final Layout layout;
  private final InstantSource clock;
  private final Database database;
  private final Catalog catalog;
  private final ReferenceTable reference;
  private final DocumentTable documents;
  private final DirectoryLock lock;
  private final FetchLocks locks;
  private final PartStore parts;
  private final TickFiles ticks;
  private final Maintenance maintenance;
  private final Usage usage;
  private final Eviction eviction;
  private final Room room;

  private CacheFolder(
      Layout layout, Database database, InstantSource clock, OptionalLong mostBytes) {
    this.layout = layout;
    this.clock = clock;
    this.database = database;
    this.catalog = new Catalog(database);
    this.reference = new ReferenceTable(database);
    this.documents = new DocumentTable(database);
    this.lock = new DirectoryLock(layout.lock());
    this.parts = new PartStore(layout, catalog, lock, HotColumns.ofHeap());
    this.locks = new FetchLocks(layout.fetchLock());
    this.ticks = new TickFiles(layout, new TickCatalog(database), lock, locks);
    this.usage = new Usage(database, clock);
    this.maintenance = new Maintenance(database, catalog, reference, documents, parts, ticks);
    this.eviction = new Eviction(database, parts, ticks, documents, usage, mostBytes);
    this.room = new Room(layout, database, maintenance, mostBytes);
    parts.afterWrite(eviction::run);
    ticks.afterWrite(eviction::run, day -> usage.ticks(SymbolYear.of(day)));
  }

  /**
   * Opens a cache, making its folders as needed. A catalog that is no database any more is moved
   * aside and made anew of the files that prove themselves; so is one that is missing. Where the
   * disk is full or read-only, what is there is read, with a warning in the log.
   *
   * @param cacheDir root of the cache
   * @param clock tells what is old
   * @throws PolygonException.StorageFailure when there is no cache and none can be made, or it was
   *     written by a newer program
   */
  public static CacheFolder open(Path cacheDir, InstantSource clock) {
    return open(cacheDir, clock, OptionalLong.empty());
  }

  /**
   * The same within a size.
   *
   * @param mostBytes of files and kept answers; what was used least lately goes first. Empty = no
   *     limit
   */
  public static CacheFolder open(Path cacheDir, InstantSource clock, OptionalLong mostBytes) {
    Layout layout = layout(cacheDir);
    if (isCatalogMissing(layout)) {
      new CatalogRecovery(layout, clock.instant())
          .recover(Damage.Kind.CATALOG_MISSING, MISSING_CATALOG);
    }
    Database database;
    try {
      database = Database.open(layout.database());
    } catch (PolygonException.StorageFailure e) {
      if (Database.isDamage(e.getCause())) {
        new CatalogRecovery(layout, clock.instant())
            .recover(Damage.Kind.CATALOG, String.valueOf(e.getCause()));
        database = Database.open(layout.database());
      } else if (Database.isOfDisk(e.getCause()) && !Database.isBlank(layout.database())) {
        database = Database.openUnwritable(layout.database(), clock);
        LOG.warn(
            "{}; until it can be written, which is tried every {} s, what the cache {} has is read"
                + " and nothing is stored: all else is asked of the vendor each time",
            e.getMessage(),
            Database.BETWEEN_TRIALS.toSeconds(),
            layout.root());
      } else {
        throw e;
      }
    }
    return new CacheFolder(layout, database, clock, mostBytes);
  }

  private static boolean isCatalogMissing(Layout layout) {
    return Database.isBlank(layout.database())
        && (!CatalogRecovery.files(layout).isEmpty() || !TickRecovery.files(layout).isEmpty());
  }

  private static Layout layout(Path cacheDir) {
    try {
      Layout layout = new Layout(Files.createDirectories(cacheDir).toRealPath());
      Files.createDirectories(layout.database().getParent());
      Files.createDirectories(layout.temporary());
      Files.createDirectories(layout.symbols());
      return layout;
    } catch (IOException e) {
      throw new PolygonException.StorageFailure(
          "the cache folder %s cannot be made (%s): set CACHE_DIR to one that may be written"
              .formatted(cacheDir.toAbsolutePath(), e),
          e);
    }
  }

  /**
   * Reads every file and every row of a cache and finds what is damaged.
   *
   * @param cacheDir root of the cache
   * @param repair true drops what cannot be trusted, so that it is fetched again, and moves aside
   *     what is not the cache's; false only tells of it
   * @throws PolygonException.StorageFailure when there is no such folder, or it cannot be read or
   *     written, or was written by a newer program; then nothing was touched
   */
  public static Verification verify(Path cacheDir, boolean repair, InstantSource clock) {
    if (!Files.isDirectory(cacheDir)) {
      throw new PolygonException.StorageFailure(
          "there is no cache at %s: check CACHE_DIR".formatted(cacheDir.toAbsolutePath()), null);
    }
    Layout layout = layout(cacheDir);
    List<Damage> damages = new ArrayList<>();
    Optional<String> broken = Database.damage(layout.database());
    boolean missing = broken.isEmpty() && isCatalogMissing(layout);
    if (broken.isPresent() || missing) {
      Damage.Kind kind = missing ? Damage.Kind.CATALOG_MISSING : Damage.Kind.CATALOG;
      String why = broken.orElse(MISSING_CATALOG);
      if (!repair) {
        Damage damage =
            new Damage(
                kind,
                layout.database(),
                why,
                "moved aside and made anew of the files that prove themselves");
        return new Verification(0, 0, List.of(damage), false);
      }
      damages.add(new CatalogRecovery(layout, clock.instant()).recover(kind, why));
    }
    try (CacheFolder folder = open(cacheDir, clock)) {
      Verification rest = new Verifier(folder, repair).run();
      damages.addAll(rest.damages());
      return new Verification(rest.parts(), rest.bytes(), damages, repair);
    }
  }

  /**
   * Begins to import files that hold a whole market's bars of a day each.
   *
   * @param dataset under which the files are remembered
   * @param base one of the stored timeframes
   * @param calendar tells which days may still change
   */
  public BarImport importing(
      String dataset, Market market, Timeframe base, MarketCalendar calendar) {
    sweep();
    Instant now = clock.instant();
    return new BarImport(
        parts,
        new ImportTable(database),
        eviction.importing(now),
        dataset,
        market,
        base,
        calendar.settledUntil(now),
        now);
  }

  /**
   * Writes files of months that are over as small as they can be, and gives back what the catalog
   * no longer needs. Rows do not change; others may read and write meanwhile.
   *
   * @throws PolygonException.StorageFailure when the folder cannot be written
   */
  public Compacted compact(MarketCalendar calendar) {
    return new Compaction(this, calendar).run();
  }

  /** The same for files of trades. */
  public TickImport<Trade> importingTrades(String dataset, MarketCalendar calendar) {
    return importingTicks(new TradeColumns(), dataset, calendar);
  }

  /** The same for files of quotes. */
  public TickImport<Quote> importingQuotes(String dataset, MarketCalendar calendar) {
    return importingTicks(new QuoteColumns(), dataset, calendar);
  }

  private <T> TickImport<T> importingTicks(
      TickColumns<T> columns, String dataset, MarketCalendar calendar) {
    sweep();
    Instant now = clock.instant();
    return new TickImport<>(
        columns,
        ticks,
        locks,
        new ImportTable(database),
        eviction.importing(now),
        dataset,
        calendar.settledUntil(now),
        now);
  }

  Layout layout() {
    return layout;
  }

  Database database() {
    return database;
  }

  Catalog catalog() {
    return catalog;
  }

  /** What keys may do. */
  public FeatureTable features() {
    return new FeatureTable(database);
  }

  /** What validation found of what is stored. */
  public FindingTable findings() {
    return new FindingTable(database);
  }

  ReferenceTable reference() {
    return reference;
  }

  DocumentTable documents() {
    return documents;
  }

  DirectoryLock lock() {
    return lock;
  }

  PartStore parts() {
    return parts;
  }

  TickFiles ticks() {
    return ticks;
  }

  Eviction eviction() {
    return eviction;
  }

  Usage usage() {
    return usage;
  }

  FetchLocks locks() {
    return locks;
  }

  /**
   * Removes what a crash left behind, unless another process is writing. Where nothing can be
   * written it is left: it takes room, and harms nothing.
   */
  void sweep() {
    if (!database.isWritable()) {
      return;
    }
    try {
      parts.sweep();
      ticks.sweep();
    } catch (PolygonException.StorageFailure e) {
      LOG.warn("what a crash may have left in {} stays for now: {}", layout.root(), e.getMessage());
    }
  }

  Instant now() {
    return clock.instant();
  }

  @Override
  public StorageStatistics statistics() {
    return maintenance.statistics();
  }

  @Override
  public CacheStatus status() {
    return room.status();
  }

  @Override
  public Cleared clear(Optional<Ticker> ticker, OptionalInt olderThanDays) {
    return maintenance.clear(ticker, olderThanDays, clock.instant());
  }

  @Override
  public void close() {
    usage.write();
    try (database;
        locks;
        ticks;
        parts) {
      // Closed from the last to the first, whatever fails.
    }
  }
}
