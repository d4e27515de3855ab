package com.alphaxiii.polygon.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZoneOffset;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TickerTest {
  @Property
  void printsWhatItIsReadFrom(
      @ForAll
          @StringLength(min = 1, max = 32)
          @CharRange(from = 'A', to = 'Z')
          @CharRange(from = 'a', to = 'z')
          @CharRange(from = '0', to = '9')
          String symbol) {
    Ticker ticker = Ticker.of(symbol);
    assertThat(ticker).hasToString(symbol).isEqualTo(Ticker.of(ticker.toString()));
    assertThat(Ticker.of(" " + symbol + "\n")).isEqualTo(ticker);
  }

  @ParameterizedTest
  @CsvSource({
    "AAPL, STOCKS",
    "BRK.A, STOCKS",
    "BCpA, STOCKS",
    "O:AAPL230616C00150000, OPTIONS",
    "C:EURUSD, FOREX",
    "X:BTC-USD, CRYPTO",
    "I:SPX, INDICES",
    "ESZ6, FUTURES",
    "6EH27, FUTURES",
    "ESZ, STOCKS",
  })
  void tellsItsMarket(String symbol, Market market) {
    assertThat(Ticker.of(symbol).market()).isEqualTo(market);
    assertThat(symbol).startsWith(market.prefix());
  }

  @Test
  void keepsTheCase() {
    assertThat(Ticker.of("BCpA")).isNotEqualTo(Ticker.of("BCPA"));
  }

  @Test
  void livesInTheZoneOfItsMarket() {
    for (Market market : Market.values()) {
      assertThat(market.zone())
          .isEqualTo(
              switch (market) {
                case CRYPTO -> ZoneOffset.UTC;
                case FUTURES -> Market.CHICAGO;
                default -> Market.NEW_YORK;
              });
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ".A",
        "A B",
        "A/../../B",
        "..",
        "Z:AAPL",
        "O:",
        "AAPL\nX",
        "Ä",
        "*",
        "A\\B",
        "%2e",
        "A23456789012345678901234567890123"
      })
  void refusesWhatCannotBeATicker(String symbol) {
    assertThatThrownBy(() -> Ticker.of(symbol))
        .isInstanceOfSatisfying(
            PolygonException.InvalidRequest.class,
            e -> {
              assertThat(e.field()).hasValue("symbol");
              assertThat(e.value()).hasValue(symbol.strip());
            });
  }

  @Property
  void neverHoldsASeparatorOfPaths(
      @ForAll @StringLength(max = 12) @Chars({'A', '/', '\\', '.', ':', 'O', '\0'}) String text) {
    try {
      assertThat(Ticker.of(text).symbol()).doesNotContain("/", "\\", "\0");
    } catch (PolygonException.InvalidRequest e) {
      assertThat(e.value()).isPresent();
    }
  }
}
