package com.alphaxiii.polygon.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Ticker;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TickerCacheTest {
  private final List<String> spelled = new ArrayList<>();

  private final TickerCache cache =
      new TickerCache(
          3_000,
          symbol -> {
            spelled.add(symbol);
            return new Ticker(symbol);
          });

  @Test
  void tellsSymbolsApartWhereverTheyDiffer() {
    List<String> symbols = new ArrayList<>(List.of("A", "AB", "ABCDEFGH", "ABCDEFGHI", "BBCDEFGH"));
    for (int strike = 0; strike < 2_500; strike++) {
      symbols.add("O:AAPL2706%02dC%08d".formatted(strike % 30 + 1, strike * 1_000));
    }
    for (String symbol : symbols) {
      assertThat(cache.get(symbol).symbol()).isEqualTo(symbol);
    }
    assertThat(spelled).isEqualTo(symbols);
    for (String symbol : symbols) {
      byte[] bytes = ("xx" + symbol + "\",\"p\":1}").getBytes(StandardCharsets.UTF_8);
      assertThat(cache.get(bytes, 2, symbol.length()).symbol()).isEqualTo(symbol);
    }
    assertThat(spelled).as("each is spelled once").hasSameSizeAs(symbols);
  }

  @Test
  void holdsNoMoreThanItsCapacity() {
    for (int i = 0; i < 3_001; i++) {
      cache.get("S" + i);
    }
    spelled.clear();
    cache.get("S3000");
    assertThat(spelled).isEmpty();
    cache.get("S0");
    assertThat(spelled).as("emptied when full").containsExactly("S0");
  }

  @Test
  void keepsNothingThatIsNoTicker() {
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> cache.get("no ticker"))
          .isInstanceOf(PolygonException.InvalidRequest.class);
    }
    assertThat(spelled).hasSize(2);
  }

  @Test
  void takesASymbolWithAZeroForNoOther() {
    cache.get("AB");
    assertThatThrownBy(() -> cache.get("AB\0")).isInstanceOf(PolygonException.InvalidRequest.class);
  }
}
