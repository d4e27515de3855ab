package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.Adjustment;
import com.alphaxiii.polygon.core.BarAnswer;
import com.alphaxiii.polygon.core.BarRequest;
import com.alphaxiii.polygon.core.BarSource;
import com.alphaxiii.polygon.core.CallerName;
import com.alphaxiii.polygon.core.CurrencyPair;
import com.alphaxiii.polygon.core.Cursor;
import com.alphaxiii.polygon.core.Dividend;
import com.alphaxiii.polygon.core.DocumentCache;
import com.alphaxiii.polygon.core.NanoClock;
import com.alphaxiii.polygon.core.PolygonException.InvalidRequest;
import com.alphaxiii.polygon.core.Quote;
import com.alphaxiii.polygon.core.ReferenceSource;
import com.alphaxiii.polygon.core.Split;
import com.alphaxiii.polygon.core.TickRequest;
import com.alphaxiii.polygon.core.TickSource;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TickerInfo;
import com.alphaxiii.polygon.core.TickerSearch;
import com.alphaxiii.polygon.core.Trade;
import com.alphaxiii.polygon.core.UpstreamStatus;
import com.alphaxiii.polygon.core.VendorReply;
import com.alphaxiii.polygon.core.VendorSource;
import com.alphaxiii.polygon.reference.TickerDetails;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The vendor's REST API. Each answer is complete or an error; failures that may pass are tried
 * again, within {@link RestConfig#attempts} and the shared {@link RateBudget}.
 *
 * <p>Calls block, so make them from virtual threads. An interrupt ends a call with {@link
 * com.alphaxiii.polygon.core.PolygonException.Unavailable} and stays set. Thread-safe.
 */
public final class RestClient
    implements BarSource, TickSource, ReferenceSource, VendorSource, AutoCloseable {
  /** The largest page the vendor serves; it counts base bars, not the bars made of them. */
  private static final int VENDOR_LIMIT = 50_000;

  private static final int REFERENCE_LIMIT = 1_000;

  /** Open to every plan, and small. */
  private static final String PROBE = "/v1/marketstatus/now";

  private final RestConfig config;
  private final HttpTransport transport;
  private final Requests requests;
  private final Pages pages;
  private final BarHistory history;
  private final TickHistory ticks;
  private final Answers answers;
  private final KeptAnswers kept;
  private final @Nullable DocumentCache documents;
  private final int limit;
  private final Caller caller;
  private final boolean owner;

  /**
   * A client for one key.
   *
   * @param budget shared by all that use the key
   * @param instants tells what is still in the future and how old a {@code Retry-After} date is
   * @param clock on which failed requests wait
   */
  public static RestClient open(
      RestConfig config, RateBudget budget, InstantSource instants, NanoClock clock) {
    return new RestClient(config, budget, instants, clock, new Random(), VENDOR_LIMIT);
  }

  RestClient(
      RestConfig config,
      RateBudget budget,
      InstantSource instants,
      NanoClock clock,
      RandomGenerator random,
      int limit) {
    this.config = config;
    this.transport = new HttpTransport(config);
    this.requests =
        new Requests(transport, budget, new Failures(config.key()), instants, clock, random);
    this.caller = Caller.of(Priority.INTERACTIVE);
    this.pages = new Pages(requests, config.base(), config.attempts(), caller);
    this.history = new BarHistory(pages, instants, limit);
    this.ticks = new TickHistory(pages, limit);
    this.answers = new Answers(pages, limit);
    this.documents = null;
    this.kept = new KeptAnswers(answers, pages, limit, documents);
    this.limit = limit;
    this.owner = true;
  }

  private RestClient(RestClient shared, Caller caller, @Nullable DocumentCache documents) {
    this.config = shared.config;
    this.transport = shared.transport;
    this.requests = shared.requests;
    this.caller = caller;
    this.pages = new Pages(requests, config.base(), config.attempts(), caller);
    this.history = shared.history.over(pages);
    this.limit = shared.limit;
    this.ticks = new TickHistory(pages, limit);
    this.answers = new Answers(pages, limit);
    this.documents = documents;
    this.kept = new KeptAnswers(answers, pages, limit, documents);
    this.owner = false;
  }

  /**
   * The same client for calls of another urgency (the default is {@link Priority#INTERACTIVE}). It
   * shares the connections and lives as long as the client it came from; closing it does nothing.
   */
  public RestClient withPriority(Priority priority) {
    return new RestClient(this, caller.with(priority), documents);
  }

  /**
   * From now on, what is known of the plan explains its refusals, and spares requests that the
   * vendor is known to refuse: they fail at once. Holds for all clients that share the connections;
   * {@link #withPriority} tells which.
   */
  public void explainedBy(Entitlements known) {
    requests.explainedBy(known);
  }

  /**
   * The same client on behalf of a program, user or job: callers of one priority take turns at the
   * budget. It shares the connections as {@link #withPriority} does.
   *
   * @param name as messages show it; empty for {@link CallerName#current}, as without this call
   */
  public RestClient withCaller(String name) {
    return new RestClient(this, caller.named(name), documents);
  }

  /**
   * The same client with a cache of what stays true for hours: {@link #ticker}, {@link #listed},
   * {@link #search} and what {@link References} says to be kept. It shares the connections as
   * {@link #withPriority} does.
   */
  public RestClient withDocuments(DocumentCache cache) {
    return new RestClient(this, caller, cache);
  }

  /**
   * Bars whose window meets the range. The range is cut at the present, since the vendor refuses
   * future days.
   *
   * @throws InvalidRequest for {@link Adjustment#TOTAL} and for split adjustment as of another day:
   *     the vendor adjusts for splits alone, and by today's knowledge
   */
  @Override
  public BarAnswer bars(BarRequest request) {
    return history.bars(request);
  }

  /**
   * {@inheritDoc}
   *
   * @throws InvalidRequest for other markets than stocks, options and crypto, which have no trades
   */
  @Override
  public Optional<Trade> lastTrade(Ticker ticker) {
    return switch (ticker.market()) {
      case STOCKS, OPTIONS ->
          answers.find(
              "last trade of " + ticker,
              "last-trade",
              Parameters.of("ticker", ticker),
              row -> WirePrices.lastTrade(row, ticker));
      case CRYPTO -> currencies().lastTrade(CurrencyPair.of(ticker));
      default ->
          throw new InvalidRequest(
              "symbol",
              ticker.symbol(),
              "the last trade of %s: only stocks, options and crypto have one".formatted(ticker));
    };
  }

  /**
   * {@inheritDoc}
   *
   * @throws InvalidRequest for other markets than stocks and forex
   */
  @Override
  public Optional<Quote> lastQuote(Ticker ticker) {
    return switch (ticker.market()) {
      case STOCKS ->
          answers.find(
              "last quote of " + ticker,
              "last-quote",
              Parameters.of("ticker", ticker),
              row -> WirePrices.lastQuote(row, ticker));
      case FOREX -> currencies().lastQuote(CurrencyPair.of(ticker));
      default ->
          throw new InvalidRequest(
              "symbol",
              ticker.symbol(),
              "the last quote of %s: only stocks and forex have one; options tell theirs in a snapshot"
                  .formatted(ticker));
    };
  }

  /**
   * {@inheritDoc}
   *
   * @throws InvalidRequest for other markets than stocks, options and crypto, which have no trades
   */
  @Override
  public Cursor<Trade> trades(TickRequest request) {
    return ticks.trades(request);
  }

  /**
   * {@inheritDoc}
   *
   * @throws InvalidRequest for other markets than stocks, options and forex, which have no quotes
   */
  @Override
  public Cursor<Quote> quotes(TickRequest request) {
    return ticks.quotes(request);
  }

  @Override
  public Optional<TickerInfo> ticker(Ticker ticker) {
    return reference().details(ticker).map(TickerDetails::info);
  }

  @Override
  public Optional<LocalDate> listed(Ticker ticker) {
    return reference().details(ticker).flatMap(TickerDetails::listed);
  }

  @Override
  public List<TickerInfo> search(String text, int most) {
    if (text.isBlank()) {
      throw new InvalidRequest("query", text, "a search needs a text to look for");
    }
    if (most < 1) {
      throw new InvalidRequest("limit", Integer.toString(most), "a search finds at least 1");
    }
    String wanted = text.strip();
    String subject = "search for '%s'".formatted(wanted);
    int page = Math.min(most, Math.min(limit, REFERENCE_LIMIT));
    Parameters parameters =
        Parameters.of("search", wanted)
            .with("active", true)
            .with("sort", "ticker")
            .with("order", "asc")
            .with("limit", page);
    return page < most
        ? answers.pages(subject, "tickers", parameters, WireTicker::info).take(most).values()
        : kept.first(subject, "tickers", parameters, WireTicker::info, most).values();
  }

  /**
   * One request, or two where delisted tickers are wanted too: the vendor tells of one kind at a
   * time. The best of the first thousand by symbol of each.
   */
  @Override
  public List<TickerInfo> search(TickerSearch search) {
    List<TickerInfo> found = new ArrayList<>(found(search, true));
    if (!search.activeOnly()) {
      found.addAll(found(search, false));
    }
    return search.best(found);
  }

  private List<TickerInfo> found(TickerSearch search, boolean active) {
    int most = Math.min(limit, REFERENCE_LIMIT);
    return kept.first(
            "search for '%s'".formatted(search.text()),
            "tickers",
            Parameters.of("search", search.text())
                .with("market", search.market())
                .with("active", active)
                .with("sort", "ticker")
                .with("order", "asc")
                .with("limit", most),
            WireTicker::info,
            most)
        .values();
  }

  @Override
  public List<Split> splits(Ticker ticker) {
    return answers.all(
        "splits of " + ticker,
        "splits",
        References.sorted("execution_date").with("ticker", ticker),
        row -> WireTicker.split(row, ticker));
  }

  @Override
  public List<Dividend> dividends(Ticker ticker) {
    return answers.all(
        "dividends of " + ticker,
        "dividends",
        References.sorted("ex_dividend_date").with("ticker", ticker),
        row -> WireTicker.dividend(row, ticker));
  }

  /** Single days: of a whole market, or of one ticker with its sessions. */
  public Days days() {
    return new Days(answers);
  }

  /** The state of tickers and markets now. */
  public Snapshots snapshots() {
    return new Snapshots(answers);
  }

  /** Facts about tickers, venues, codes and opening hours. */
  public References reference() {
    return new References(answers, kept);
  }

  /** News and financial reports. */
  public Companies companies() {
    return new Companies(answers);
  }

  /** Option contracts and chains. */
  public Options options() {
    return new Options(answers);
  }

  /** Pairs of currencies, of forex and of crypto. */
  public Currencies currencies() {
    return new Currencies(answers);
  }

  /** Technical indicators as the vendor computes them. */
  public Indicators indicators() {
    return new Indicators(answers);
  }

  /**
   * One answer of any endpoint, as the vendor sent it: of one with pages, the first.
   *
   * @param endpoint its name in {@link com.alphaxiii.polygon.catalogue.Catalogue}, or a path, which
   *     may be filled in and have a query
   * @param parameters by the vendor's names, for what the path leaves open
   * @throws InvalidRequest before anything is sent, naming all that is wrong with the parameters
   */
  public RestAnswer get(String endpoint, Map<String, String> parameters) {
    Query query = Query.of(endpoint, parameters);
    Requests.Page<JsonNode> page =
        pages.single(
            query.subject(), pages.uri(query.target()), () -> new WholeAnswer(query.endpoint()));
    return RestAnswer.of(query.endpoint(), page.content(), page.envelope());
  }

  /**
   * All elements of any endpoint that answers with a list, page after page, the pages as large as
   * the vendor allows unless {@code limit} is given. Order, completeness and that nothing comes
   * twice are proved as far as the catalogue tells; a page that does not fit is an error. An
   * element that {@code decode} refuses with {@link
   * com.alphaxiii.polygon.core.PolygonException.BadData} is left out and told.
   *
   * @param endpoint as in {@link #get}
   * @throws InvalidRequest before anything is sent, also for an endpoint that answers no list
   */
  public <T> Cursor<T> pages(
      String endpoint, Map<String, String> parameters, Function<Row, T> decode) {
    Query query = Query.of(endpoint, parameters);
    if (!query.endpoint().answer().list()) {
      throw new InvalidRequest(
          "endpoint",
          query.endpoint().name(),
          "%s answers with one object, so there is nothing to page; ask for it once"
              .formatted(query.endpoint().name()));
    }
    return answers.pages(query.subject(), query, decode);
  }

  /**
   * {@inheritDoc}
   *
   * @throws InvalidRequest for a target that is no path below the base URL
   */
  @Override
  public VendorReply ask(String target) {
    if (!target.startsWith("/")) {
      throw new InvalidRequest("path", target, "a path of the vendor's API begins with a slash");
    }
    try {
      return pages.forward(target);
    } catch (IllegalArgumentException e) {
      throw new InvalidRequest("path", target, "the path is not well encoded");
    }
  }

  /** How the last calls of this key ended, whoever made them. */
  public UpstreamStatus upstream() {
    return requests.upstream();
  }

  /**
   * Asks the vendor once for something small; {@link #upstream} then tells how it went.
   *
   * @throws com.alphaxiii.polygon.core.PolygonException as for any call
   */
  public void probe() {
    new Pages(requests, config.base(), 1, caller).forward(PROBE);
  }

  /** Ends requests under way with an error; the budget stays. */
  @Override
  public void close() {
    if (owner) {
      transport.close();
    }
  }
}
