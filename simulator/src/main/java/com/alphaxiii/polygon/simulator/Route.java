package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Ticker;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * One row of the routing table.
 *
 * @param path the vendor's path, variable segments in braces
 * @param family what a plan must include
 * @param endpoint makes the body of a good answer
 */
record Route(String path, Family family, Function<Call, byte[]> endpoint) {
  private static final Map<String, Market> BY_WORD =
      Map.of(
          "options", Market.OPTIONS,
          "fx", Market.FOREX,
          "forex", Market.FOREX,
          "currencies", Market.FOREX,
          "conversion", Market.FOREX,
          "crypto", Market.CRYPTO,
          "indices", Market.INDICES,
          "futures", Market.FUTURES);
  private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");

  /** The names of the variable segments, in their order. */
  List<String> variables() {
    return VARIABLE.matcher(path).results().map(match -> match.group(1)).toList();
  }

  /**
   * The market that a call asks about: what the path names, else that of the ticker in it.
   *
   * @param segments the values of the variable segments
   */
  Market market(List<String> segments) {
    for (String word : path.split("/", -1)) {
      Market named = BY_WORD.get(word);
      if (named != null) {
        return named;
      }
    }
    int ticker = variables().indexOf("ticker");
    return ticker < 0 ? Market.STOCKS : marketOf(segments.get(ticker));
  }

  /** The market that the form of a ticker tells. */
  static Market marketOf(String symbol) {
    try {
      return Ticker.of(symbol).market();
    } catch (PolygonException.InvalidRequest e) {
      // What cannot be a ticker is unknown on every market.
      return Market.STOCKS;
    }
  }

  /** The path as the router spells it. */
  String pattern() {
    return VARIABLE.matcher(path).replaceAll(":$1");
  }
}
