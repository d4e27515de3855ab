package com.alphaxiii.polygon.core;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A search for tickers by symbol or name.
 *
 * @param text part of a symbol or of a name; not blank
 * @param activeOnly leaves out what is delisted
 * @param market the vendor's word: stocks, otc, crypto, fx, indices; empty = all
 * @param limit at most so many are found, at least 1
 */
public record TickerSearch(String text, boolean activeOnly, Optional<String> market, int limit) {
  /** Throws {@link PolygonException.InvalidRequest} for a blank text or a limit below 1. */
  public TickerSearch {
    if (text.isBlank()) {
      throw new PolygonException.InvalidRequest("query", text, "a search needs a text to look for");
    }
    if (limit < 1) {
      throw new PolygonException.InvalidRequest(
          "limit", Integer.toString(limit), "a search finds at least 1");
    }
    text = text.strip();
  }

  /**
   * The best of what a vendor found, best first: the symbol itself, then symbols that begin with
   * the text, then names that begin with it, then names with a word that does, then the rest. Among
   * equals active ones come first, then common stock, then the shorter symbol.
   */
  public List<TickerInfo> best(List<TickerInfo> found) {
    return found.stream()
        .distinct()
        .sorted(
            Comparator.comparingInt(this::distance)
                .thenComparing(info -> !info.active())
                .thenComparing(info -> !"CS".equals(info.type()))
                .thenComparingInt(info -> info.ticker().symbol().length())
                .thenComparing(info -> info.ticker().symbol()))
        .limit(limit)
        .toList();
  }

  private int distance(TickerInfo info) {
    String wanted = text.toLowerCase(Locale.ROOT);
    String symbol = info.ticker().symbol().toLowerCase(Locale.ROOT);
    String bare = symbol.substring(symbol.indexOf(':') + 1);
    String name = info.name().toLowerCase(Locale.ROOT);
    if (symbol.equals(wanted) || bare.equals(wanted)) {
      return 0;
    }
    if (symbol.startsWith(wanted) || bare.startsWith(wanted)) {
      return 1;
    }
    if (startsWithWord(name, wanted, 0)) {
      return 2;
    }
    if (name.startsWith(wanted)) {
      return 3;
    }
    for (int at = name.indexOf(wanted); at >= 0; at = name.indexOf(wanted, at + 1)) {
      if (at > 0 && !Character.isLetterOrDigit(name.charAt(at - 1))) {
        return 4;
      }
    }
    return 5;
  }

  private static boolean startsWithWord(String name, String wanted, int at) {
    int end = at + wanted.length();
    return name.startsWith(wanted, at)
        && (end == name.length() || !Character.isLetterOrDigit(name.charAt(end)));
  }
}
