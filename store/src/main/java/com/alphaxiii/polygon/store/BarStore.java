package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.calendar.MarketCalendar;
import com.alphaxiii.polygon.core.Adjustment;
import com.alphaxiii.polygon.core.BarAnswer;
import com.alphaxiii.polygon.core.BarRequest;
import com.alphaxiii.polygon.core.BarSource;
import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.CacheControl;
import com.alphaxiii.polygon.core.CacheStatus;
import com.alphaxiii.polygon.core.Cleared;
import com.alphaxiii.polygon.core.DocumentCache;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Quote;
import com.alphaxiii.polygon.core.ReferenceSource;
import com.alphaxiii.polygon.core.Split;
import com.alphaxiii.polygon.core.StorageStatistics;
import com.alphaxiii.polygon.core.TickSource;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Timeframe;
import com.alphaxiii.polygon.core.Trade;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * History that is fetched once. A source of bars that keeps raw second, minute and day bars in
 * files and makes all other timeframes and adjustments of them when they are read, so that neither
 * a split nor another timeframe costs a request.
 *
 * <p>Bars that may still change are never stored: an answer with them is given again for five
 * seconds at most. What was decoded lately is kept in memory, up to an eighth of the largest heap.
 * Several programs that share the folder fetch nothing twice, but for bars that may still change. A
 * failing disk costs requests, not answers; only {@link #open}, {@link #statistics} and {@link
 * #clear} report it.
 *
 * <p>Safe for use by many threads, and several processes may share a folder.
 */
public final class BarStore implements BarSource, CacheControl, AutoCloseable {
  private final BarSource upstream;
  private final InstantSource clock;
  private final CacheFolder folder;
  private final BaseHistory history;
  private final Correction correction;
  private final CorporateActions actions;
  private final DocumentCache documents;
  private final MarketCalendar calendar;

  private BarStore(
      CacheFolder folder,
      BarSource upstream,
      ReferenceSource reference,
      InstantSource clock,
      MarketCalendar calendar) {
    this.upstream = upstream;
    this.clock = clock;
    this.calendar = calendar;
    this.folder = folder;
    this.history =
        new BaseHistory(
            upstream,
            folder.parts(),
            new Coverage(calendar),
            folder.locks(),
            new Listings(reference));
    this.actions =
        new CorporateActions(
            reference, folder.reference(), new SplitOverrides(folder.layout().splits()), clock);
    this.correction = new Correction(actions, history);
    this.documents = new DocumentStore(folder.documents(), clock);
  }

  /**
   * Opens a cache, making its folders as needed and removing what a crash left behind.
   *
   * @param cacheDir root of the cache; other processes may use it too
   * @param upstream asked for what is not in the cache
   * @param reference asked for splits and dividends when adjusted bars are wanted
   * @param clock tells which bars may still change
   * @throws PolygonException.StorageFailure when the folder cannot be written
   */
  public static BarStore open(
      Path cacheDir,
      BarSource upstream,
      ReferenceSource reference,
      InstantSource clock,
      MarketCalendar calendar) {
    return open(cacheDir, upstream, reference, clock, calendar, OptionalLong.empty());
  }

  /**
   * The same within a size.
   *
   * @param mostBytes of files of bars and ticks; what was used least lately goes first, a year of a
   *     symbol at a time. What is being read stays until it has been read. Empty = no limit
   */
  public static BarStore open(
      Path cacheDir,
      BarSource upstream,
      ReferenceSource reference,
      InstantSource clock,
      MarketCalendar calendar,
      OptionalLong mostBytes) {
    CacheFolder folder = CacheFolder.open(cacheDir, clock, mostBytes);
    try {
      folder.sweep();
      return new BarStore(folder, upstream, reference, clock, calendar);
    } catch (RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  /**
   * Bars from files where there are, else from upstream and into files. Timeframes that cannot be
   * made of stored ones, such as {@code 7min}, go through to upstream uncached.
   *
   * @throws PolygonException.InvalidRequest when such a timeframe is wanted adjusted for dividends
   *     or as of an earlier day, which upstream cannot do
   */
  @Override
  public BarAnswer bars(BarRequest request) {
    Instant now = clock.instant();
    LocalDate today = LocalDate.ofInstant(now, Market.NEW_YORK);
    if (request.timeframe().base().isEmpty()) {
      return uncached(request, today);
    }
    Series series = new Series(request.ticker(), request.timeframe().base().get());
    TimeRange windows = request.timeframe().snap(request.range(), series.zone());
    BarAnswer raw = read(series, windows, !request.useCache(), now);
    BarAnswer corrected =
        correction.apply(
            raw, request.adjustment(), request.knowledge().orElse(today), !request.useCache(), now);
    return new BarAnswer(
        corrected.bars().resample(request.timeframe()),
        corrected.source(),
        corrected.missing(),
        corrected.unsettledFrom());
  }

  /** What is read is not evicted meanwhile. */
  private BarAnswer read(Series series, TimeRange windows, boolean anew, Instant now) {
    try (Usage.Pin pin = folder.usage().pin(SymbolYear.of(series, windows, now))) {
      return history.read(series, windows, anew, now);
    } finally {
      folder.eviction().finish();
    }
  }

  private BarAnswer uncached(BarRequest request, LocalDate today) {
    if (request.adjustment() == Adjustment.TOTAL) {
      throw new PolygonException.InvalidRequest(
          "adjust",
          "total",
          "%s bars of %s come from the vendor as they are, adjusted for splits at most: use a timeframe that divides the hour or the day, such as 5min, or adjust=split"
              .formatted(request.timeframe(), request.ticker()));
    }
    if (request.adjustment() == Adjustment.SPLIT
        && request.knowledge().orElse(today).isBefore(today)) {
      throw new PolygonException.InvalidRequest(
          "as_of",
          String.valueOf(request.asOf()),
          "%s bars of %s come from the vendor with today's splits: use a timeframe that divides the hour or the day, such as 5min, or adjust=none"
              .formatted(request.timeframe(), request.ticker()));
    }
    return upstream.bars(request);
  }

  /**
   * The stretches of New York days, none of which may still change, that are not in the cache.
   *
   * @throws PolygonException.InvalidRequest for a timeframe that is not made of stored bars
   */
  public List<TimeRange> missing(Ticker ticker, Timeframe timeframe, TimeRange range) {
    Series series = series(ticker, timeframe);
    return history.missing(series, timeframe.snap(range, series.zone()), clock.instant());
  }

  /**
   * Fetches what is missing of a range into the cache, but for bars that may still change. Bars are
   * not kept in memory, and those who read at the same time have their own helpers.
   *
   * @param timeframe the raw bars that it is made of are stored
   * @param from asked for what is missing, instead of the source that answers readers
   * @param landed told of each stretch once it is stored, by any thread
   * @throws PolygonException.InvalidRequest for a timeframe that is not made of stored bars
   * @throws PolygonException.StorageFailure when the cache cannot be written
   */
  public Filled fill(
      Ticker ticker,
      Timeframe timeframe,
      TimeRange range,
      BarSource from,
      Consumer<TimeRange> landed) {
    Series series = series(ticker, timeframe);
    return history.fill(
        series, timeframe.snap(range, series.zone()), from, landed, clock.instant());
  }

  /** As {@link CacheFolder#importingTrades}. */
  public TickImport<Trade> importingTrades(String dataset) {
    return folder.importingTrades(dataset, calendar);
  }

  /** As {@link CacheFolder#importingQuotes}. */
  public TickImport<Quote> importingQuotes(String dataset) {
    return folder.importingQuotes(dataset, calendar);
  }

  /** As {@link CacheFolder#importing}. */
  public BarImport importing(String dataset, Market market, Timeframe base) {
    return folder.importing(dataset, market, base, calendar);
  }

  private static Series series(Ticker ticker, Timeframe timeframe) {
    return new Series(
        ticker,
        timeframe
            .base()
            .orElseThrow(
                () ->
                    new PolygonException.InvalidRequest(
                        "timeframe",
                        timeframe.toString(),
                        "%s bars are not cached, since they cannot be made of second, minute or day bars: use one that divides the hour or the day, such as 5min"
                            .formatted(timeframe))));
  }

  /**
   * Trades and quotes through the same folder. What it gives may be used until this store closes.
   *
   * @param ticks asked for what is not in the cache
   */
  public TickStore ticks(TickSource ticks) {
    return new TickStore(ticks, folder.ticks(), folder.locks(), calendar, clock);
  }

  /**
   * Facts about tickers: splits and dividends are those that adjusted bars use, remembered for half
   * a day, with the corrections in {@code splits.csv}.
   *
   * @param others asked for all else
   */
  public ReferenceSource reference(ReferenceSource others) {
    return new ReferenceStore(others, actions);
  }

  /** What keys may do, as it was found out. */
  public FeatureTable features() {
    return folder.features();
  }

  /** What validation found of what is stored. */
  public FindingTable findings() {
    return folder.findings();
  }

  /** Keeps other answers of the vendor in the same folder. */
  public DocumentCache documents() {
    return documents;
  }

  /**
   * Holds a stock's splits against the jumps of its raw day bars, and looks for jumps that no split
   * explains. Bars that are not in the cache are fetched.
   *
   * @param range that is looked at, within what the plan has
   */
  public SplitReport auditSplits(Ticker ticker, TimeRange range) {
    List<Split> told = actions.told(ticker, false).actions();
    List<Split> applied = actions.splits(ticker, false).actions();
    Bars days = bars(BarRequest.raw(ticker, Timeframe.DAY_1, range)).bars();
    return new SplitReport(ticker, applied, SplitAudit.findings(told, applied, days), days.size());
  }

  @Override
  public StorageStatistics statistics() {
    return folder.statistics();
  }

  @Override
  public CacheStatus status() {
    return folder.status();
  }

  @Override
  public Cleared clear(Optional<Ticker> ticker, OptionalInt olderThanDays) {
    return folder.clear(ticker, olderThanDays);
  }

  @Override
  public void close() {
    folder.close();
  }
}
