package com.alphaxiii.polygon.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CurrencyPairTest {
  @ParameterizedTest
  @CsvSource({
    "EURUSD, EUR, USD",
    "EUR/USD, EUR, USD",
    "btc-usd, BTC, USD",
    "BTCUSD, BTC, USD",
    "BTCUSDT, BTC, USDT",
    "ETHUSDC, ETH, USDC",
    "USDTUSD, USDT, USD",
    "USDUSDT, USD, USDT",
    "1INCHEUR, 1INCH, EUR",
    "SHIBUSD, SHIB, USD",
    "ARBUSD, ARB, USD",
    "BTCBUSD, BTCB, USD",
    "1000SHIB-USD, 1000SHIB, USD",
  })
  void readsEverySpelling(String text, String base, String quote) {
    CurrencyPair pair = CurrencyPair.parse(text);
    assertThat(pair).isEqualTo(new CurrencyPair(base, quote));
    assertThat(CurrencyPair.parse(pair.dashed())).isEqualTo(pair);
    assertThat(CurrencyPair.parse(pair.slashed())).isEqualTo(pair);
    assertThat(CurrencyPair.of(pair.ticker(Market.CRYPTO))).isEqualTo(pair);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "EUR", "EUR/", "/USD", "EU R/USD", "EUR/USD/JPY", "€/USD"})
  void refusesWhatIsNoPair(String text) {
    assertThatThrownBy(() -> CurrencyPair.parse(text))
        .isInstanceOf(PolygonException.InvalidRequest.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"AAPL", "I:SPX", "ESZ6"})
  void isNothingThatStocksOrIndicesHave(String symbol) {
    assertThatThrownBy(() -> CurrencyPair.of(Ticker.of(symbol)))
        .isInstanceOf(PolygonException.InvalidRequest.class)
        .hasMessageContaining(symbol);
  }
}
