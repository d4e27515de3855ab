package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.calendar.MarketCalendar;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.Session;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Optional;

/** Writes a board in the newer form. Times are Unix ns. */
final class SnapshotItems {
  private final OptionItems options;
  private final InstantSource clock;
  private final MarketCalendar calendar = MarketCalendar.usEquities();

  SnapshotItems(OptionItems options, InstantSource clock) {
    this.options = options;
    this.clock = clock;
  }

  /** The vendor's word for a market in these answers. */
  static String type(Market market) {
    return market == Market.FOREX ? "fx" : market.path();
  }

  Row of(Board board, Access access) {
    Market market = Route.marketOf(board.symbol());
    String timeframe = timeframe(access, market);
    Row item =
        new Row()
            .put("ticker", board.symbol())
            .put("name", name(board.symbol(), market))
            .put("type", type(market))
            .put("market_status", status(board, market))
            .put("timeframe", timeframe)
            .put("session", session(board, market));
    if (market == Market.INDICES) {
      return item.put("value", board.price()).put("last_updated", clock.millis() * 1_000_000);
    }
    item.put("last_updated", board.updated());
    if (access.includes(Family.NBBO, market)) {
      item.put("last_quote", board.quote().map(quote -> quote(quote, market, timeframe)));
    }
    if (access.includes(Family.TRADES, market) && market != Market.FOREX) {
      item.put("last_trade", board.trade().map(trade -> trade(trade, market, timeframe)));
    }
    if (market == Market.OPTIONS) {
      options
          .find(board.symbol())
          .ifPresent(contract -> item.putAll(options.terms(contract, Optional.of(board), access)));
    }
    return item.put("last_minute", minute(board));
  }

  static String timeframe(Access access, Market market) {
    return access.isDelayed(market) ? "DELAYED" : "REAL-TIME";
  }

  private static String name(String symbol, Market market) {
    return switch (market) {
      case STOCKS -> Company.of(symbol).name();
      case INDICES -> Names.ofIndex(symbol);
      case FOREX, CRYPTO -> {
        Pair pair = Pair.of(symbol);
        yield "%s - %s".formatted(Names.ofCurrency(pair.base()), Names.ofCurrency(pair.quote()));
      }
      case OPTIONS, FUTURES -> symbol;
    };
  }

  private String status(Board board, Market market) {
    if (market == Market.CRYPTO) {
      return "open";
    }
    if (market == Market.FOREX) {
      return MarketStatusApi.forexIsOpen(clock.instant().atZone(Market.NEW_YORK))
          ? "open"
          : "closed";
    }
    if (market != Market.STOCKS) {
      return isRegular(clock.instant()) ? "open" : "closed";
    }
    return board
        .hours()
        .flatMap(hours -> hours.sessionAt(clock.instant()))
        .map(
            session ->
                session == Session.REGULAR
                    ? "open"
                    : session == Session.PRE ? "early_trading" : "late_trading")
        .orElse("closed");
  }

  /** Options and indices have no other hours. */
  private boolean isRegular(Instant now) {
    return calendar
        .tradingDay(LocalDate.ofInstant(now, Market.NEW_YORK))
        .flatMap(day -> day.sessionAt(now))
        .filter(session -> session == Session.REGULAR)
        .isPresent();
  }

  private static Row session(Board board, Market market) {
    var row =
        new Row()
            .put("change", board.change())
            .put("change_percent", board.changePercent())
            .put("close", board.day().map(DayBar::close))
            .put("high", board.day().map(DayBar::high))
            .put("low", board.day().map(DayBar::low))
            .put("open", board.day().map(DayBar::open))
            .put("previous_close", board.previous().map(DayBar::close));
    if (market == Market.INDICES) {
      return row;
    }
    row.put("volume", board.day().map(DayBar::volume));
    if (market == Market.STOCKS) {
      row.put("price", board.price());
      double previous = board.previous().map(DayBar::close).orElse(Double.NaN);
      change(row, board, "early_trading", board.earlyPrice() - previous);
      double close = board.day().map(DayBar::close).orElse(Double.NaN);
      change(row, board, "regular_trading", close - previous);
      change(row, board, "late_trading", board.latePrice() - close);
    }
    return row;
  }

  private static void change(Row row, Board board, String part, double change) {
    if (!Double.isNaN(change)) {
      row.put(part + "_change", change).put(part + "_change_percent", board.percent(change));
    }
  }

  private static Optional<Row> minute(Board board) {
    BarColumns minutes = board.minutes();
    int i = minutes.size() - 1;
    return i < 0
        ? Optional.empty()
        : Optional.of(
            new Row()
                .put("close", minutes.close[i])
                .put("high", minutes.high[i])
                .put("low", minutes.low[i])
                .put("open", minutes.open[i])
                .put("transactions", minutes.count[i] < 0 ? null : minutes.count[i])
                .put("volume", minutes.volume[i])
                .put("vwap", minutes.vwap[i]));
  }

  static Row quote(QuoteTick quote, Market market, String timeframe) {
    boolean sized = market != Market.FOREX;
    return new Row()
        .put("last_updated", quote.sipTime())
        .put("timeframe", timeframe)
        .put("ask", quote.askPrice())
        .put("ask_size", sized ? quote.askSize() : null)
        .put("ask_exchange", quote.askExchange())
        .put("bid", quote.bidPrice())
        .put("bid_size", sized ? quote.bidSize() : null)
        .put("bid_exchange", quote.bidExchange())
        .put(
            "midpoint",
            market == Market.OPTIONS ? (quote.askPrice() + quote.bidPrice()) / 2 : null);
  }

  static Row trade(TradeTick trade, Market market, String timeframe) {
    var row = new Row();
    if (market == Market.STOCKS) {
      row.put("id", trade.id()).put("participant_timestamp", trade.participantTime());
    }
    if (market == Market.OPTIONS) {
      row.put("sip_timestamp", trade.sipTime());
    } else {
      row.put("last_updated", trade.sipTime());
    }
    return row.put("timeframe", timeframe)
        .put("price", trade.price())
        .put("size", trade.size())
        .put("decimal_size", market == Market.STOCKS ? Json.decimal(trade.size()) : null)
        .put("exchange", trade.exchange())
        .put(
            "conditions",
            trade.conditions().size() == 0 ? null : SnapshotApi.conditions(trade.conditions()));
  }
}
