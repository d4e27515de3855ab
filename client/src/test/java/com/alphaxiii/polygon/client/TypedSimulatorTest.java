package com.alphaxiii.polygon.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.alphaxiii.polygon.core.Adjustment;
import com.alphaxiii.polygon.core.BarRequest;
import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.Conversion;
import com.alphaxiii.polygon.core.CryptoOpenClose;
import com.alphaxiii.polygon.core.CurrencyPair;
import com.alphaxiii.polygon.core.DayBar;
import com.alphaxiii.polygon.core.IndicatorRequest;
import com.alphaxiii.polygon.core.IndicatorValue;
import com.alphaxiii.polygon.core.Listing;
import com.alphaxiii.polygon.core.MacdValue;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.OpenClose;
import com.alphaxiii.polygon.core.OptionTerms;
import com.alphaxiii.polygon.core.Quote;
import com.alphaxiii.polygon.core.Split;
import com.alphaxiii.polygon.core.TickRequest;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TickerEvent;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Timeframe;
import com.alphaxiii.polygon.core.Timespan;
import com.alphaxiii.polygon.core.Trade;
import com.alphaxiii.polygon.reference.Article;
import com.alphaxiii.polygon.reference.CashDividend;
import com.alphaxiii.polygon.reference.Condition;
import com.alphaxiii.polygon.reference.ContractQuery;
import com.alphaxiii.polygon.reference.Exchange;
import com.alphaxiii.polygon.reference.FinancialQuery;
import com.alphaxiii.polygon.reference.FinancialReport;
import com.alphaxiii.polygon.reference.MarketHoliday;
import com.alphaxiii.polygon.reference.OptionContract;
import com.alphaxiii.polygon.reference.TickerDetails;
import com.alphaxiii.polygon.reference.TickerHistory;
import com.alphaxiii.polygon.reference.TickerQuery;
import com.alphaxiii.polygon.simulator.Scenario;
import com.alphaxiii.polygon.simulator.Simulator;
import com.alphaxiii.polygon.snapshot.NoSnapshot;
import com.alphaxiii.polygon.snapshot.OptionFigures;
import com.alphaxiii.polygon.snapshot.Snapshot;
import com.alphaxiii.polygon.snapshot.SnapshotItem;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every typed method against the simulator's modelled market on a Tuesday morning. */
@Timeout(120)
class TypedSimulatorTest {
  private static final Ticker AAPL = Ticker.of("AAPL");
  private static final Ticker NOBODY = Ticker.of("ZZZZZQ");
  private static final CurrencyPair BITCOIN = CurrencyPair.parse("BTC-USD");
  private static final CurrencyPair EURO = CurrencyPair.parse("EUR/USD");

  /** The last whole day before the simulator's present. */
  private static final LocalDate MONDAY = LocalDate.of(2026, 8, 31);

  /** As long as some ticks are, and short enough for pages of a few. */
  private static final TimeRange MOMENT =
      TimeRange.of(Instant.parse("2026-08-31T14:00:00Z"), Instant.parse("2026-08-31T14:01:00Z"));

  private static Simulator simulator;
  private static Upstream upstream;
  private static Upstream bySevens;
  private static RestClient client;

  @BeforeAll
  static void start() {
    simulator = Simulator.start(Scenario.builder().clock(() -> Upstream.NOW).build());
    upstream = new Upstream(simulator.baseUrl(), 2, 50_000);
    bySevens = new Upstream(simulator.baseUrl(), 2, 7);
    client = upstream.client;
  }

  @AfterAll
  static void stop() {
    upstream.close();
    bySevens.close();
    simulator.close();
  }

  /** Large pages and small ones tell the same. */
  private static <T> List<T> inPagesOfAnySize(Function<RestClient, Listing<T>> call) {
    Listing<T> large = call.apply(client);
    Listing<T> small = call.apply(bySevens.client);
    assertThat(large.rejected()).isEmpty();
    assertThat(small.rejected()).isEmpty();
    assertThat(small.values()).isEqualTo(large.values());
    assertThat(large.values()).isNotEmpty();
    return large.values();
  }

  private static <T> List<T> whole(Listing<T> listing) {
    assertThat(listing.rejected()).isEmpty();
    assertThat(listing.values()).isNotEmpty();
    return listing.values();
  }

  private static Bars bars(Ticker ticker, Timeframe timeframe, TimeRange range, Adjustment adjust) {
    return client.bars(new BarRequest(ticker, timeframe, range, adjust, null, true)).bars();
  }

  private static Ticker option() {
    return client
        .options()
        .contracts(ContractQuery.of(AAPL).withRight(OptionTerms.Right.CALL))
        .next()
        .ticker();
  }

  @ParameterizedTest
  @ValueSource(strings = {"AAPL", "X:BTCUSD"})
  void tradesOfARangeAreThoseOfTheBar(String symbol) {
    Ticker ticker = Ticker.of(symbol);
    List<Trade> trades =
        inPagesOfAnySize(rest -> rest.trades(TickRequest.of(ticker, MOMENT)).rest());

    Bars bar = bars(ticker, Timeframe.MINUTE_1, MOMENT, Adjustment.NONE);
    assertThat(trades).hasSize((int) bar.transactions(0));
    assertThat(trades.stream().mapToDouble(Trade::size).sum())
        .isCloseTo(bar.volume(0), within(1e-6 * bar.volume(0)));
    requireSorted(trades);
    assertThat(reversed(rest -> rest.trades(newestFirst(ticker)).rest())).isEqualTo(trades);
  }

  @ParameterizedTest
  @ValueSource(strings = {"AAPL", "C:EURUSD"})
  void quotesOfARangeComeInOrder(String symbol) {
    Ticker ticker = Ticker.of(symbol);
    List<Quote> quotes =
        inPagesOfAnySize(rest -> rest.quotes(TickRequest.of(ticker, MOMENT)).rest());

    requireSorted(quotes);
    assertThat(quotes).allMatch(quote -> quote.bidPrice() <= quote.askPrice());
    assertThat(reversed(rest -> rest.quotes(newestFirst(ticker)).rest())).isEqualTo(quotes);
  }

  private static TickRequest newestFirst(Ticker ticker) {
    return new TickRequest(ticker, MOMENT, true);
  }

  private static <T> List<T> reversed(Function<RestClient, Listing<T>> call) {
    List<T> values = new ArrayList<>(inPagesOfAnySize(call));
    Collections.reverse(values);
    return values;
  }

  private static void requireSorted(List<? extends TickerEvent> events) {
    assertThat(events.stream().map(TickerEvent::time)).isSorted();
    assertThat(events).allMatch(event -> MOMENT.contains(Instant.ofEpochSecond(0, event.time())));
    if (events.getFirst().ticker().market() == Market.STOCKS) {
      assertThat(events).anyMatch(event -> event.time() % 1_000 != 0);
    }
  }

  @Test
  void optionsHaveTradesAndQuotes() {
    Ticker option = option();
    TimeRange day = TickRequest.ofDay(option, MONDAY).range();

    List<Quote> quotes = whole(client.quotes(TickRequest.of(option, day)).take(20));
    assertThat(quotes).allMatch(quote -> quote.ticker().equals(option));
    List<Trade> trades = whole(client.trades(TickRequest.of(option, day)).take(20));
    assertThat(trades).allMatch(trade -> trade.price() > 0);
  }

  @Test
  void unknownTickersHaveNoTicks() {
    assertThat(client.trades(TickRequest.of(NOBODY, MOMENT)).hasNext()).isFalse();
    assertThat(client.quotes(TickRequest.of(NOBODY, MOMENT)).rest().values()).isEmpty();
    assertThat(client.lastTrade(NOBODY)).isEmpty();
    assertThat(client.lastQuote(NOBODY)).isEmpty();
  }

  @Test
  void theLastTradesAndQuotesOfAllMarkets() {
    for (Ticker ticker : List.of(AAPL, Ticker.of("X:BTCUSD"), option())) {
      Trade trade = client.lastTrade(ticker).orElseThrow();
      assertThat(trade.ticker()).isEqualTo(ticker);
      assertThat(trade.price()).isPositive();
      requirePast(trade.time());
    }
    for (Ticker ticker : List.of(AAPL, Ticker.of("C:EURUSD"))) {
      Quote quote = client.lastQuote(ticker).orElseThrow();
      assertThat(quote.ticker()).isEqualTo(ticker);
      assertThat(quote.bidPrice()).isPositive().isLessThanOrEqualTo(quote.askPrice());
      requirePast(quote.time());
    }
  }

  private static void requirePast(long nanos) {
    assertThat(Instant.ofEpochSecond(0, nanos))
        .isBeforeOrEqualTo(Upstream.NOW)
        .isAfter(Upstream.NOW.minusSeconds(7 * 86_400));
  }

  @Test
  void theDayOfAMarketHasTheBarsOfItsTickers() {
    for (Market market : List.of(Market.STOCKS, Market.FOREX, Market.CRYPTO)) {
      List<DayBar> all = whole(client.days().ofMarket(market, MONDAY, false));
      assertThat(all).allMatch(bar -> bar.ticker().market() == market);
      for (DayBar day : all.subList(0, Math.min(3, all.size()))) {
        TimeRange range = TimeRange.ofDays(MONDAY, MONDAY, market.zone());
        Bars own = bars(day.ticker(), Timeframe.DAY_1, range, Adjustment.NONE);
        assertThat(own.row(0)).as("%s", day.ticker()).isEqualTo(day.bar());
      }
    }
    assertThat(client.days().ofMarket(Market.STOCKS, LocalDate.of(2026, 8, 30), true))
        .isEqualTo(new Listing<>(List.of(), List.of()));
  }

  @Test
  void thePreviousDayIsMonday() {
    DayBar previous = client.days().previous(AAPL, false).orElseThrow();

    assertThat(previous.day()).isEqualTo(MONDAY);
    assertThat(previous)
        .isEqualTo(
            client.days().ofMarket(Market.STOCKS, MONDAY, false).values().stream()
                .filter(bar -> bar.ticker().equals(AAPL))
                .findFirst()
                .orElseThrow());
    assertThat(client.days().previous(NOBODY, true)).isEmpty();
  }

  @Test
  void openAndCloseAreThoseOfTheDayBar() {
    OpenClose day = client.days().openClose(AAPL, MONDAY, false).orElseThrow();
    DayBar bar = client.days().previous(AAPL, false).orElseThrow();

    assertThat(day.day()).isEqualTo(MONDAY);
    assertThat(day.open()).isEqualTo(bar.bar().open());
    assertThat(day.close()).isEqualTo(bar.bar().close());
    assertThat(day.preMarket()).isPresent();
    assertThat(day.afterHours()).isPresent();
    assertThat(client.days().openClose(AAPL, LocalDate.of(2026, 8, 30), true)).isEmpty();
  }

  @Test
  void theSnapshotOfAMarketHasEachOfItsTickers() {
    for (Market market : List.of(Market.STOCKS, Market.FOREX, Market.CRYPTO)) {
      List<Snapshot> all = whole(client.snapshots().ofMarket(market, false));
      Snapshot first = all.getFirst();
      assertThat(client.snapshots().of(first.ticker())).contains(first);
      assertThat(first.previousDay()).isPresent();
      assertThat(first.price()).isPresent();
      assertThat(first.lastTrade().isPresent() || first.lastQuote().isPresent()).isTrue();
    }
    Snapshot apple = client.snapshots().of(AAPL).orElseThrow();
    assertThat(apple.previousDay().orElseThrow().close().getAsDouble())
        .isEqualTo(client.days().previous(AAPL, true).orElseThrow().bar().close());
    assertThat(apple.lastTrade()).map(Trade::price).isPresent();
    assertThat(apple.lastQuote()).map(Quote::ticker).contains(AAPL);
    assertThat(client.snapshots().of(NOBODY)).isEmpty();
  }

  @Test
  void gainersAndLosersAreOrderedByTheirMove() {
    List<Double> up = percents(client.snapshots().gainers(Market.STOCKS, false));
    List<Double> down = percents(client.snapshots().losers(Market.STOCKS, false));

    assertThat(up).isSortedAccordingTo(Comparator.reverseOrder());
    assertThat(down).isSorted();
    assertThat(up.getFirst()).isGreaterThan(down.getFirst());
    assertThat(percents(client.snapshots().gainers(Market.CRYPTO, false))).isNotEmpty();
  }

  private static List<Double> percents(Listing<Snapshot> movers) {
    return whole(movers).stream().map(s -> s.change().percent().getAsDouble()).toList();
  }

  @Test
  void oneTickerOfAnyMarketHasASnapshot() {
    Ticker option = option();
    for (Ticker ticker : List.of(AAPL, Ticker.of("I:SPX"), option)) {
      assertThat(client.snapshots().snapshot(ticker)).map(Snapshot::ticker).contains(ticker);
    }
    assertThat(client.snapshots().snapshot(NOBODY)).isEmpty();
    assertThat(client.snapshots().snapshot(Ticker.of("I:NOSUCHINDEX"))).isEmpty();
  }

  @Test
  void namedTickersOfAllMarketsComeTogether() {
    Ticker option = option();
    List<Ticker> asked =
        Stream.concat(
                Stream.of("AAPL", "X:BTCUSD", "C:EURUSD", "I:SPX", "ZZZZZQ").map(Ticker::of),
                Stream.of(option))
            .toList();
    List<SnapshotItem> items = inPagesOfAnySize(rest -> rest.snapshots().of(asked));

    assertThat(items).extracting(SnapshotItem::ticker).containsExactlyInAnyOrderElementsOf(asked);
    for (SnapshotItem item : items) {
      switch (item) {
        case NoSnapshot none -> {
          assertThat(none.ticker()).isEqualTo(NOBODY);
          assertThat(none.error()).isEqualTo("NOT_FOUND");
          assertThat(none.notEntitled()).isFalse();
        }
        case Snapshot state -> {
          assertThat(state.ticker()).isNotEqualTo(NOBODY);
          assertThat(state.price()).as("%s", state).isPresent();
          assertThat(state.option().isPresent()).isEqualTo(state.ticker().equals(option));
        }
      }
    }
  }

  @Test
  void tickersAreListedInOrderAndTold() {
    TickerQuery stocks = TickerQuery.ALL.withMarket("stocks");
    List<TickerDetails> listed =
        inPagesOfAnySize(rest -> rest.reference().tickers(stocks).take(30));

    assertThat(listed).extracting(one -> one.info().ticker().symbol()).isSorted();
    TickerDetails apple = client.reference().details(AAPL).orElseThrow();
    assertThat(apple.info().name()).contains("Apple");
    assertThat(apple.marketCap()).isPresent();
    assertThat(client.reference().details(Ticker.of("ABBV")).orElseThrow().listed())
        .contains(LocalDate.of(2013, 1, 2));
    assertThat(client.reference().details(AAPL, MONDAY)).isPresent();
    assertThat(client.reference().details(NOBODY)).isEmpty();
    assertThat(client.search("Apple", 5)).extracting(info -> info.ticker()).contains(AAPL);
  }

  @Test
  void tickersHaveAHistoryAndRelatives() {
    TickerHistory history = client.reference().history("META").orElseThrow();
    assertThat(history.rejected()).isEmpty();
    assertThat(history.changes())
        .extracting(TickerHistory.Change::ticker)
        .contains(Ticker.of("META"));
    assertThat(whole(client.reference().related(AAPL))).doesNotContain(AAPL);
    assertThat(client.reference().history("ZZZZZQ")).isEmpty();
  }

  @Test
  void codesOfTradesAndQuotesAreExplained() {
    assertThat(whole(client.reference().types())).extracting(type -> type.code()).contains("CS");
    List<Exchange> exchanges = whole(client.reference().exchanges("stocks"));
    List<Condition> conditions = inPagesOfAnySize(rest -> rest.reference().conditions("stocks"));

    for (Trade trade : client.trades(TickRequest.of(AAPL, MOMENT)).rest().values()) {
      assertThat(exchanges).extracting(Exchange::id).contains(trade.exchange());
      for (int i = 0; i < trade.conditions().size(); i++) {
        assertThat(conditions).extracting(Condition::id).contains(trade.conditions().get(i));
      }
    }
    Condition odd = conditions.stream().filter(c -> c.id() == 37).findFirst().orElseThrow();
    assertThat(odd.consolidated()).contains(new Condition.UpdateRule(false, false, true));
  }

  @Test
  void theMarketIsOpenAndHasHolidays() {
    assertThat(client.reference().status().market()).isEqualTo("open");
    assertThat(client.reference().status().exchanges()).containsEntry("nyse", "open");
    List<MarketHoliday> holidays = whole(client.reference().holidays());
    assertThat(holidays)
        .anyMatch(h -> h.day().equals(LocalDate.of(2026, 11, 26)) && h.status().equals("closed"))
        .anyMatch(h -> h.status().equals("early-close") && h.close().isPresent());
  }

  @Test
  void splitsAndDividendsOfAllTickersAreThoseOfEach() {
    LocalDate from = LocalDate.of(2014, 1, 1);
    LocalDate to = LocalDate.of(2026, 8, 31);
    List<Split> splits = inPagesOfAnySize(rest -> rest.reference().splits(from, to).rest());
    assertThat(splits).extracting(Split::executionDate).isSorted();
    assertThat(splits.stream().filter(split -> split.ticker().equals(AAPL)).toList())
        .isNotEmpty()
        .isEqualTo(
            client.splits(AAPL).stream()
                .filter(split -> !split.executionDate().isBefore(from))
                .toList());

    LocalDate year = LocalDate.of(2026, 1, 1);
    List<CashDividend> paid = inPagesOfAnySize(rest -> rest.reference().dividends(year, to).rest());
    assertThat(paid).extracting(one -> one.dividend().exDate()).isSorted();
    Ticker payer = paid.getFirst().dividend().ticker();
    List<CashDividend> its = inPagesOfAnySize(rest -> rest.reference().dividends(payer).rest());
    assertThat(its).extracting(CashDividend::dividend).isEqualTo(client.dividends(payer));
    assertThat(its).contains(paid.getFirst()).allMatch(one -> one.paid().isPresent());
  }

  @Test
  void newsAndReportsAreRead() {
    List<Article> news = inPagesOfAnySize(rest -> rest.companies().news(AAPL).take(20));
    assertThat(news).allMatch(article -> article.symbols().contains("AAPL"));
    assertThat(news).extracting(Article::published).isSortedAccordingTo(Comparator.reverseOrder());
    TimeRange day = TimeRange.of(Upstream.NOW.minusSeconds(30 * 86_400), Upstream.NOW);
    assertThat(whole(client.companies().news(AAPL, day).rest()))
        .allMatch(article -> day.contains(article.published()));
    assertThat(client.companies().news().hasNext()).isTrue();

    FinancialQuery quarters = FinancialQuery.of(AAPL).withTimeframe("quarterly");
    List<FinancialReport> reports =
        inPagesOfAnySize(rest -> rest.companies().financials(quarters).take(10));
    for (FinancialReport report : reports) {
      assertThat(report.symbols()).contains("AAPL");
      assertThat(report.value("income_statement", "revenues")).isPresent();
      double owed = report.value("balance_sheet", "liabilities").getAsDouble();
      double owned = report.value("balance_sheet", "equity").getAsDouble();
      assertThat(report.value("balance_sheet", "assets").getAsDouble())
          .isCloseTo(owed + owned, within(1.0));
    }
    assertThat(whole(client.companies().financials(quarters.withSources()).take(1))).hasSize(1);
    assertThat(simulator.requests().requests())
        .filteredOn(request -> request.query().contains("include_sources=true"))
        .hasSize(1);
  }

  @Test
  void contractsAreListedAndHaveAState() {
    LocalDate first = LocalDate.of(2026, 9, 1);
    LocalDate last = LocalDate.of(2026, 9, 11);
    ContractQuery query =
        ContractQuery.of(AAPL)
            .withRight(OptionTerms.Right.PUT)
            .withExpiration(first, last)
            .withStrike(150, 250);
    List<OptionContract> contracts =
        inPagesOfAnySize(rest -> rest.options().contracts(query).rest());
    for (OptionContract contract : contracts) {
      assertThat(contract.underlying()).isEqualTo("AAPL");
      assertThat(contract.terms().right()).isEqualTo(OptionTerms.Right.PUT);
      assertThat(contract.terms().expiration()).isBetween(first, last);
    }
    OptionContract one = contracts.get(contracts.size() / 2);
    assertThat(client.options().contract(one.ticker())).contains(one);

    List<Snapshot> chain = inPagesOfAnySize(rest -> rest.options().chain(query).rest());
    assertThat(chain)
        .extracting(Snapshot::ticker)
        .isEqualTo(contracts.stream().map(OptionContract::ticker).toList());
    Snapshot state = client.options().snapshot(AAPL, one.ticker()).orElseThrow();
    assertThat(chain).contains(state);
    OptionFigures figures = state.option().orElseThrow();
    assertThat(figures.terms().orElseThrow()).isEqualTo(one.terms());
    assertThat(figures.underlying().orElseThrow().symbol()).isEqualTo("AAPL");
    assertThat(client.options().contract(Ticker.of("O:AAPL990101C00001000"))).isEmpty();
  }

  @Test
  void currenciesAreConvertedAtTheLastQuote() {
    Conversion conversion = client.currencies().convert(EURO, 100, 4);
    assertThat(conversion.amount()).isEqualTo(100);
    assertThat(conversion.converted())
        .isBetween(99 * conversion.rate().bidPrice(), 101 * conversion.rate().askPrice());
    assertThat(conversion.rate()).isEqualTo(client.currencies().lastQuote(EURO).orElseThrow());

    CryptoOpenClose day = client.currencies().openClose(BITCOIN, MONDAY, false).orElseThrow();
    assertThat(day.day()).isEqualTo(MONDAY);
    assertThat(day.rejected()).isEmpty();
    Ticker bitcoin = BITCOIN.ticker(Market.CRYPTO);
    Bars bar =
        bars(
            bitcoin,
            Timeframe.DAY_1,
            TimeRange.ofDays(MONDAY, MONDAY, Market.CRYPTO.zone()),
            Adjustment.NONE);
    assertThat(day.open()).isEqualTo(bar.open(0));
    assertThat(day.close()).isEqualTo(bar.close(0));
    assertThat(day.opening()).isNotEmpty().allMatch(trade -> trade.ticker().equals(bitcoin));
    assertThat(day.closing()).isNotEmpty();
    assertThat(client.currencies().lastTrade(BITCOIN)).isPresent();
  }

  @Test
  void indicatorsAreThoseOfTheBars() {
    IndicatorRequest days = IndicatorRequest.of(AAPL);
    List<IndicatorValue> averages =
        inPagesOfAnySize(rest -> rest.indicators().sma(days, 3).take(20));
    Bars bars =
        bars(
            AAPL,
            Timeframe.DAY_1,
            TimeRange.of(Instant.parse("2026-06-01T00:00:00Z"), Upstream.NOW),
            Adjustment.SPLIT);
    int last = bars.size() - 1;
    assertThat(averages.getFirst().at()).isEqualTo(Instant.ofEpochMilli(bars.start(last)));
    for (int i = 0; i < averages.size(); i++) {
      double mean =
          (bars.close(last - i) + bars.close(last - i - 1) + bars.close(last - i - 2)) / 3;
      assertThat(averages.get(i).value()).isCloseTo(mean, within(1e-6));
    }
    assertThat(whole(client.indicators().rsi(days, 14).take(30)))
        .allMatch(value -> value.value() >= 0 && value.value() <= 100);
    List<MacdValue> macd =
        inPagesOfAnySize(rest -> rest.indicators().macd(days, 12, 26, 9).take(20));
    assertThat(macd).allMatch(m -> Math.abs(m.value() - m.signal() - m.histogram()) < 1e-6);
    List<IndicatorValue> minutes =
        whole(
            client
                .indicators()
                .ema(
                    days.withTimespan(Timespan.MINUTE)
                        .withPrice(IndicatorRequest.Price.OPEN)
                        .withRange(MOMENT)
                        .oldestFirst(),
                    5)
                .rest());
    assertThat(minutes).allMatch(value -> MOMENT.contains(value.at()));
  }
}
