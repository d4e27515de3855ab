package com.alphaxiii.polygon;

import com.alphaxiii.polygon.calendar.MarketCalendar;
import com.alphaxiii.polygon.client.FlatFileStore;
import com.alphaxiii.polygon.client.Priority;
import com.alphaxiii.polygon.client.RateBudget;
import com.alphaxiii.polygon.client.RestClient;
import com.alphaxiii.polygon.client.RestConfig;
import com.alphaxiii.polygon.core.Adjustment;
import com.alphaxiii.polygon.core.BarAnswer;
import com.alphaxiii.polygon.core.BarRequest;
import com.alphaxiii.polygon.core.BarSource;
import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.CacheControl;
import com.alphaxiii.polygon.core.Cleared;
import com.alphaxiii.polygon.core.Cursor;
import com.alphaxiii.polygon.core.EventFeed;
import com.alphaxiii.polygon.core.FeatureSource;
import com.alphaxiii.polygon.core.Features;
import com.alphaxiii.polygon.core.InclusiveRange;
import com.alphaxiii.polygon.core.LatestPrice;
import com.alphaxiii.polygon.core.LiveHistory;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.NanoClock;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.PriceSource;
import com.alphaxiii.polygon.core.Quote;
import com.alphaxiii.polygon.core.RateLimitStatus;
import com.alphaxiii.polygon.core.ReferenceSource;
import com.alphaxiii.polygon.core.ReplaySource;
import com.alphaxiii.polygon.core.Result;
import com.alphaxiii.polygon.core.StorageStatistics;
import com.alphaxiii.polygon.core.TickRequest;
import com.alphaxiii.polygon.core.TickSource;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TickerInfo;
import com.alphaxiii.polygon.core.TickerSearch;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Timeframe;
import com.alphaxiii.polygon.core.Topic;
import com.alphaxiii.polygon.core.Trade;
import com.alphaxiii.polygon.core.UpstreamWatch;
import com.alphaxiii.polygon.core.VendorSource;
import com.alphaxiii.polygon.snapshot.SnapshotSource;
import com.alphaxiii.polygon.store.BarStore;
import com.alphaxiii.polygon.store.FindingTable;
import com.alphaxiii.polygon.store.SplitReport;
import com.alphaxiii.polygon.store.TickStore;
import com.alphaxiii.polygon.validate.BarChecks;
import com.alphaxiii.polygon.validate.Evidence;
import com.alphaxiii.polygon.validate.Finding;
import com.alphaxiii.polygon.validate.QualityAnswer;
import com.alphaxiii.polygon.validate.QualitySource;
import com.alphaxiii.polygon.validate.SymbolAnswer;
import com.alphaxiii.polygon.validate.SymbolSource;
import com.alphaxiii.polygon.validate.ValidationReport;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * History, prices and reference data of one key: through the cache, within one rate budget. Safe
 * for many threads; open one and close it in the end.
 *
 * <p>Every call may throw the members of {@link PolygonException}.
 */
public final class PolygonDataManager implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PolygonDataManager.class);
  private static final int SEARCH_LIMIT = 50;

  private final InstantSource clock;
  private final NanoClock nanoClock;
  private final Path recordings;
  private final List<Replays> replaying = new CopyOnWriteArrayList<>();
  private final RateBudget budget;
  private final RestClient rest;
  private final URI baseUrl;
  private final BarStore store;
  private final TickStore ticks;
  private final ReferenceSource reference;
  private final LiveFeed feed;
  private final PriceSource prices;
  private final QualitySource quality;
  private final SymbolSource symbols;
  private final FeaturesProbe features;
  private final UpstreamWatch upstream;
  private volatile @Nullable Supplier<FlatFileStore> flatFiles;

  /** Configured by {@code .env} and the environment. */
  public PolygonDataManager() {
    this(PolygonConfig.fromEnvironment());
  }

  /** On the machine's clock. */
  public PolygonDataManager(PolygonConfig config) {
    this(config, InstantSource.system(), NanoClock.system());
  }

  private PolygonDataManager(PolygonConfig config, InstantSource clock, NanoClock nanoClock) {
    this.clock = clock;
    this.nanoClock = nanoClock;
    recordings = config.cacheDir().resolve("recordings");
    baseUrl = config.baseUrl();
    budget = RateBudget.of(config.tier(), nanoClock);
    rest =
        RestClient.open(RestConfig.of(config.baseUrl(), config.apiKey()), budget, clock, nanoClock);
    try {
      store =
          BarStore.open(
              config.cacheDir(),
              rest,
              rest,
              clock,
              MarketCalendar.usEquities(),
              config.cacheMaxBytes());
    } catch (RuntimeException e) {
      rest.close();
      throw e;
    }
    ticks = store.ticks(rest);
    reference = store.reference(rest.withDocuments(store.documents()));
    feed = new LiveFeed(config, clock, nanoClock);
    symbols = new SymbolLookup(reference, this::vendor);
    features =
        new FeaturesProbe(
            config.apiKey() + " at " + config.baseUrl().getHost(),
            this::vendor,
            store.features(),
            clock,
            new StreamProbe(config.stream(), feed::status, clock, nanoClock)::probe,
            () -> Optional.ofNullable(flatFiles).map(Supplier::get));
    rest.explainedBy(new KnownFeatures(features::remembered));
    upstream = new UpstreamProbe(rest, budget::status, clock);
    quality = new QualityCheck(store, ticks, reference, rest::reference, clock);
    prices = new LatestPrices(feed::newestTrade, rest, store, clock);
  }

  /** On given clocks. */
  public static PolygonDataManager open(
      PolygonConfig config, InstantSource clock, NanoClock nanoClock) {
    return new PolygonDataManager(config, clock, nanoClock);
  }

  /**
   * Split-adjusted bars through the cache. What the vendor has not published yet, or sent so that
   * it cannot be read, is left out, with a warning in the log; {@link #bars(BarRequest)} names it.
   *
   * @param start first day ({@code 2024-01-31}, New York) or time ({@code 2024-01-31T14:30:00Z})
   * @param end last day or time, included
   */
  public Bars getBars(String symbol, String timeframe, String start, String end) {
    return getBars(symbol, timeframe, start, end, true, true);
  }

  /**
   * The same with choices.
   *
   * @param useCache false fetches anew and replaces what is cached
   * @param validate true warns in the log when bars break a law of data; {@link #validateData}
   *     tells all
   */
  public Bars getBars(
      String symbol,
      String timeframe,
      String start,
      String end,
      boolean useCache,
      boolean validate) {
    Ticker ticker = Ticker.of(symbol);
    TimeRange range = InclusiveRange.parse(start, end, ticker.market().zone());
    BarRequest request =
        new BarRequest(ticker, Timeframe.parse(timeframe), range, Adjustment.SPLIT, null, useCache);
    BarAnswer answer = bars(request);
    Bars bars = answer.bars();
    if (!answer.complete()) {
      LOG.warn(
          "{} lack what is not published yet or could not be read: {}", request, answer.missing());
    }
    if (validate) {
      ValidationReport report = BarChecks.report(bars, Evidence.of(request, answer));
      if (!report.isClean()) {
        LOG.warn(
            "{}: quality {}, first finding: {}",
            bars,
            report.overallQuality(),
            report.issues().getFirst());
      }
    }
    return bars;
  }

  /** Bars and where they came from. */
  public BarAnswer bars(BarRequest request) {
    return store.bars(request);
  }

  /**
   * Split-adjusted bars of many symbols, 16 at a time; one that fails spoils no other.
   *
   * @param from first New York day
   * @param to last New York day, included
   * @return a result for each symbol as given, in that order
   */
  public Map<String, Result<Bars>> fetchMultipleSymbols(
      List<String> symbols, Timeframe timeframe, LocalDate from, LocalDate to) {
    return new SymbolBatch(store, timeframe, from, to).fetch(symbols);
  }

  /**
   * Fetches raw history of many symbols into the cache, several at a time and whenever nobody else
   * needs the request budget. What is in the cache already is not asked for, and bars that may
   * still change are left out, so that the same call later goes on where this one ended.
   *
   * <p>One symbol that fails costs no other. An interrupt gives up what is under way and stays set;
   * the report then tells what was stopped.
   *
   * @param listener told how far it is, by one thread at a time; it must not wait
   */
  public BackfillReport backfill(BackfillRequest request, Consumer<BackfillProgress> listener) {
    RestClient patient = rest.withPriority(Priority.BACKFILL);
    return new Backfill(request, store, patient, listener).run();
  }

  /**
   * Brings flat files into the cache: those that are new, or have been issued again. An interrupt
   * ends it between two writes and stays set; the same import then goes on with the rest.
   *
   * @param files {@link com.alphaxiii.polygon.client.FlatFileFolder} or {@link
   *     com.alphaxiii.polygon.client.FlatFileBucket}
   * @param listener told how far it is; it must not wait
   * @throws PolygonException.StorageFailure when the cache cannot be written; what is wrong with
   *     one file is in the report
   */
  public ImportReport importFlatFiles(
      FlatFileStore files, ImportRequest request, Consumer<ImportProgress> listener) {
    return new FlatFileImport(
            files, request, new StoreTargets(store), MarketCalendar.usEquities(), listener)
        .run();
  }

  /**
   * The trades of a range, oldest first, through the cache: a finished day is fetched once, as a
   * whole. A page or a row group is in memory at a time, so any range may be asked for.
   */
  public Cursor<Trade> trades(String symbol, TimeRange range) {
    return ticks.trades(TickRequest.of(Ticker.of(symbol), range));
  }

  /** The quotes of a range, oldest first; as {@link #trades}. */
  public Cursor<Quote> quotes(String symbol, TimeRange range) {
    return ticks.quotes(TickRequest.of(Ticker.of(symbol), range));
  }

  /**
   * How good split-adjusted bars are, judged by themselves; they must be of this symbol and
   * timeframe.
   */
  public ValidationReport validateData(Bars bars, String symbol, Timeframe timeframe) {
    if (!bars.ticker().equals(Ticker.of(symbol)) || !bars.timeframe().equals(timeframe)) {
      throw new PolygonException.InvalidRequest(
          "bars",
          bars.toString(),
          "these are not %s bars of %s: %s".formatted(timeframe, symbol, bars));
    }
    return BarChecks.report(bars, Evidence.of(Adjustment.SPLIT));
  }

  /**
   * Holds a stock's splits against the jumps of its day bars, and hints at splits that are missing.
   *
   * @param from first New York day that is looked at
   * @param to last New York day, included
   */
  public SplitReport auditSplits(String symbol, LocalDate from, LocalDate to) {
    return store.auditSplits(Ticker.of(symbol), TimeRange.ofDays(from, to, Market.NEW_YORK));
  }

  /**
   * The vendor's history without the cache, for what a stream missed: within the rate budget, after
   * what people ask and before any backfill.
   */
  public LiveHistory liveHistory() {
    RestClient urgent = rest.withPriority(Priority.GAP_FILL);
    return new LiveHistory(urgent, urgent);
  }

  /** Active tickers whose symbol or name matches, best first, at most 50. */
  public List<TickerInfo> searchSymbols(String text) {
    return searchSymbols(new TickerSearch(text, true, Optional.empty(), SEARCH_LIMIT));
  }

  /** What matches a search, best first. */
  public List<TickerInfo> searchSymbols(TickerSearch search) {
    return reference.search(search);
  }

  /** What is known of a ticker; empty when it is unknown. */
  public Optional<TickerInfo> findTicker(String symbol) {
    return reference.ticker(Ticker.of(symbol));
  }

  /** The latest price known; throws {@link PolygonException.NotFound} for an unknown ticker. */
  public LatestPrice latest(Ticker ticker) {
    return prices.latest(ticker);
  }

  /** What the cache holds. */
  public StorageStatistics storageStatistics() {
    return store.statistics();
  }

  /**
   * Removes cached bars, trades, quotes, splits and dividends.
   *
   * @param ticker of one ticker; empty for all
   * @param olderThanDays only files last written more than so many days ago; empty for all
   */
  public Cleared clearCache(Optional<Ticker> ticker, OptionalInt olderThanDays) {
    return store.clear(ticker, olderThanDays);
  }

  /** The cache as a port. */
  public CacheControl cache() {
    return store;
  }

  /** How much of the request budget is used. */
  public RateLimitStatus rateLimitStatus() {
    return budget.status();
  }

  /** Whether the vendor can be reached, as a port. */
  public UpstreamWatch upstreamWatch() {
    return upstream;
  }

  /**
   * Bars and how good they are, by all that is known of them: splits, dividends, listing, day bars,
   * and trades and second bars where they are cached. What is found is kept in the catalog.
   */
  public QualityAnswer quality(BarRequest request) {
    return quality.quality(request);
  }

  /** What was found of bars by earlier calls of {@link #quality}, in order of time. */
  public List<Finding> findings(BarRequest request) {
    return store.findings().find(FindingTable.Subject.of(request), request.range());
  }

  /**
   * What symbols name, and what may have been meant where they name nothing.
   *
   * @param detailed looks for former names and owners and for what may have been meant, which costs
   *     some requests a symbol
   */
  public List<SymbolAnswer> validateTickers(List<String> texts, boolean detailed) {
    return symbols.symbols(texts, detailed);
  }

  /**
   * What the key may do: as it was found out within the last day, else by some fifteen requests.
   *
   * @param anew asks even if it is remembered
   */
  public Features features(boolean anew) {
    return features.features(anew);
  }

  /**
   * Where {@link #features} looks whether flat files are open to the key.
   *
   * @param store made when it is needed; what it throws is told as unknown
   */
  public void probeFlatFiles(Supplier<FlatFileStore> store) {
    flatFiles = store;
  }

  /** Judgements of symbols as a port. */
  public SymbolSource symbolSource() {
    return symbols;
  }

  /** What the key may do as a port. */
  public FeatureSource featureSource() {
    return features;
  }

  /** Judgements of history as a port. */
  public QualitySource qualitySource() {
    return quality;
  }

  /** History as a port. */
  public BarSource barSource() {
    return store;
  }

  /** Latest prices as a port. */
  public PriceSource priceSource() {
    return prices;
  }

  /** The vendor's answers as they are, as a port; who asks the same at once shares the answer. */
  public VendorSource vendorSource() {
    return new SharedAnswers(new KeptVendor(rest, store.documents(), baseUrl));
  }

  /** Trades and quotes as a port, finished days through the cache. */
  public TickSource tickSource() {
    return ticks;
  }

  /**
   * Facts about tickers as a port: remembered, and splits with the corrections of {@code
   * splits.csv}.
   */
  public ReferenceSource referenceSource() {
    return reference;
  }

  /** The present state of tickers as a port. */
  public SnapshotSource snapshotSource() {
    return vendor().snapshots();
  }

  /**
   * All that the vendor knows besides bars: trades and quotes past the cache, snapshots, reference
   * data, options, currencies, indicators. Asked for each time, within the same budget, but for
   * reference data that the cache keeps for hours. It lives as long as this manager; closing it
   * does nothing.
   */
  public RestClient vendor() {
    return rest.withDocuments(store.documents());
  }

  /** The live feed; it connects when first subscribed to. */
  public EventFeed feed() {
    return feed;
  }

  /**
   * Records live events into Parquet files, until what it gives is closed; close that before this.
   *
   * @param folder root of the recordings; made when missing, and one recording's at a time
   * @throws PolygonException.StorageFailure when the folder cannot be written, or is taken
   */
  public Recording record(Path folder, Set<Topic> topics) {
    return Recording.start(feed, folder, topics, clock, nanoClock);
  }

  /** Where recordings lie unless another folder is named: below the cache's root. */
  public Path recordings() {
    return recordings;
  }

  /**
   * Replays of this manager's cache and of recordings; what is not there is not asked for. They end
   * with this manager.
   *
   * @param folder root of the recordings; need not be there
   */
  public ReplaySource replays(Path folder) {
    Replays replays =
        Replays.of(store, store.ticks(new NoVendor()), folder, clock, nanoClock, () -> {});
    replaying.add(replays);
    return replays;
  }

  /** Ends the stream, then the store, then the connection to the vendor. */
  @Override
  public void close() {
    replaying.forEach(Replays::close);
    try (rest;
        store;
        feed) {
      // Resources close in reverse order, and the first failure is kept.
    }
  }
}
