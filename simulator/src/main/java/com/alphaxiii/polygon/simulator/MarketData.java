package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.Dividend;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.Split;
import java.time.LocalDate;
import java.util.List;

/**
 * What there is to know about symbols, as of the clock's now: nothing later is ever returned. All
 * bars are raw. Implementations are thread-safe.
 */
interface MarketData {
  /** Whether this source answers for a symbol. */
  boolean knows(String symbol);

  /** The stocks to list, sorted; a source may know more than it lists. */
  List<String> symbols();

  /** The same of one market. */
  default List<String> symbols(Market market) {
    return market == Market.STOCKS ? symbols() : List.of();
  }

  /**
   * The portions, in the order of time, in which the bars of a range are fetched; every bar lies in
   * one of them.
   */
  List<Days> portions(String symbol, Base base, LocalDate first, LocalDate last);

  /** The bars of one portion, ascending. */
  BarColumns bars(String symbol, Base base, Days portion);

  /** A day's trades in the order of their times; empty when there are none. */
  List<TradeTick> trades(String symbol, LocalDate day);

  /** A day's quotes in the order of their times; empty when there are none. */
  List<QuoteTick> quotes(String symbol, LocalDate day);

  /** The New York days that may have trades or quotes, ascending, not later than the clock's. */
  List<LocalDate> tickDays(String symbol, LocalDate first, LocalDate last);

  /** All splits of a symbol ever announced, ascending. */
  List<Split> splits(String symbol);

  /** All dividends of a symbol, ascending. */
  List<Dividend> dividends(String symbol);
}
