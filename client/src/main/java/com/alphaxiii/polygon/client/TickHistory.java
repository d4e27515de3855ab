package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.Cursor;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.PolygonException.InvalidRequest;
import com.alphaxiii.polygon.core.Quote;
import com.alphaxiii.polygon.core.TickRequest;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TickerEvent;
import com.alphaxiii.polygon.core.Trade;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/** Asks for trades and quotes of the past. */
final class TickHistory {
  private static final Set<Market> WITH_TRADES =
      EnumSet.of(Market.STOCKS, Market.OPTIONS, Market.CRYPTO);
  private static final Set<Market> WITH_QUOTES =
      EnumSet.of(Market.STOCKS, Market.OPTIONS, Market.FOREX);

  /** Five thousand million ticks at full pages: more than any ticker has had. */
  private static final int MOST_PAGES = 100_000;

  private final Pages pages;
  private final int limit;

  TickHistory(Pages pages, int limit) {
    this.pages = pages;
    this.limit = limit;
  }

  Cursor<Trade> trades(TickRequest request) {
    return history("trades", WITH_TRADES, request, WireTicks::trade, Trade::sequence);
  }

  Cursor<Quote> quotes(TickRequest request) {
    return history("quotes", WITH_QUOTES, request, WireTicks::quote, Quote::sequence);
  }

  private <T extends TickerEvent> Cursor<T> history(
      String word,
      Set<Market> markets,
      TickRequest request,
      BiFunction<WireTicks, JsonParser, T> read,
      ToLongFunction<T> sequence) {
    Ticker ticker = request.ticker();
    if (!markets.contains(ticker.market())) {
      throw new InvalidRequest(
          "symbol",
          ticker.symbol(),
          "%s of %s: the vendor has no %1$s of %s".formatted(word, ticker, ticker.market().path()));
    }
    WireTicks ticks = new WireTicks(ticker);
    String subject = word + " of " + request;
    return new PagedCursor<>(
        pages,
        subject,
        pages.uri(
            "/v3/%s/%s?timestamp.gte=%d&timestamp.lt=%d&order=%s&sort=timestamp&limit=%d"
                .formatted(
                    word,
                    Pages.encoded(ticker.symbol()),
                    nanos(request.range().start(), subject),
                    nanos(request.range().end(), subject),
                    request.newestFirst() ? "desc" : "asc",
                    limit)),
        MOST_PAGES,
        () -> new TickPage<>(subject, parser -> read.apply(ticks, parser)),
        new Order<>(request, sequence));
  }

  private static long nanos(Instant at, String subject) {
    try {
      return Math.addExact(
          Math.multiplyExact(at.getEpochSecond(), 1_000_000_000L), (long) at.getNano());
    } catch (ArithmeticException e) {
      throw new InvalidRequest(
          "range", at.toString(), "%s: times end in the year 2262".formatted(subject));
    }
  }

  /**
   * The order of times and, where the vendor numbers events, that none comes twice. Only stocks and
   * options have the SIP's time by which the vendor sorts for certain.
   */
  private static final class Order<T extends TickerEvent> implements PagedCursor.Sequence<T> {
    private final boolean down;
    private final boolean sorted;
    private final ToLongFunction<T> sequence;
    private long last;
    private boolean any;

    /** The events with the last time, which a page border may cut. */
    private final Set<T> lastOnes = new HashSet<>();

    private List<T> lastPage = List.of();

    Order(TickRequest request, ToLongFunction<T> sequence) {
      this.down = request.newestFirst();
      Market market = request.ticker().market();
      this.sorted = market == Market.STOCKS || market == Market.OPTIONS;
      this.sequence = sequence;
    }

    @Override
    public @Nullable String check(Rows<T> page) {
      if (!sorted) {
        return repeated(page.values());
      }
      for (T event : page.values()) {
        long time = event.time();
        if (any && (down ? time > last : time < last)) {
          return "the event at %s comes after one at %s".formatted(instant(time), instant(last));
        }
        if (!any || time != last) {
          lastOnes.clear();
        }
        any = true;
        last = time;
        if (sequence.applyAsLong(event) != 0 && !lastOnes.add(event)) {
          return "the event at %s with the number %d comes twice"
              .formatted(instant(time), sequence.applyAsLong(event));
        }
      }
      return null;
    }

    /** Without an order, all that can be told is that the pages go on. */
    private @Nullable String repeated(List<T> page) {
      boolean again = page.size() > 1 && page.equals(lastPage);
      lastPage = page;
      return again ? "its events are those of the page before again" : null;
    }

    private static Instant instant(long nanos) {
      return Instant.ofEpochSecond(0, nanos);
    }
  }
}
