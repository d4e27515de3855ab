package com.alphaxiii.polygon.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TickerSearchTest {
  private static final List<TickerInfo> FOUND =
      List.of(
          info("AAPB", "GraniteShares 2x Long AAPL Daily ETF", "ETF", true),
          info("AAPL", "Apple Inc.", "CS", true),
          info("APC", "Apple Pay Corp", "CS", false),
          info("APLE", "Apple Hospitality REIT, Inc.", "CS", true),
          info("APPL", "Appleton Paper", "CS", true),
          info("MLPA", "Global Apple Index", "ETF", true),
          info("X:AAPLUSD", "Tokenised share", null, true));

  private static TickerInfo info(String symbol, String name, String type, boolean active) {
    return new TickerInfo(Ticker.of(symbol), name, type, "stocks", "XNAS", "usd", active);
  }

  private static List<String> best(String text, int limit) {
    return new TickerSearch(text, false, Optional.empty(), limit)
        .best(FOUND).stream().map(info -> info.ticker().symbol()).toList();
  }

  @Test
  void theSymbolItselfComesFirst() {
    assertThat(best("aapl", 3)).containsExactly("AAPL", "X:AAPLUSD", "AAPB");
  }

  @Test
  void namesThatBeginWithTheWordComeBeforeThoseThatContainIt() {
    assertThat(best(" Apple ", 9)).startsWith("AAPL", "APLE", "APC", "APPL", "MLPA");
  }

  @Test
  void whatCannotBeSearchedForIsRefused() {
    assertThatThrownBy(() -> best(" ", 1)).isInstanceOf(PolygonException.InvalidRequest.class);
    assertThatThrownBy(() -> best("a", 0)).isInstanceOf(PolygonException.InvalidRequest.class);
  }

  @Property(tries = 50)
  void theOrderFoundInDoesNotMatter(@ForAll java.util.Random random) {
    List<TickerInfo> shuffled = new ArrayList<>(FOUND);
    java.util.Collections.shuffle(shuffled, random);
    TickerSearch search = new TickerSearch("apple", false, Optional.empty(), 4);
    assertThat(search.best(shuffled)).isEqualTo(search.best(FOUND));
  }
}
