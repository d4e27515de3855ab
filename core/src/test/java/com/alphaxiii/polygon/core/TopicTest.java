package com.alphaxiii.polygon.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicTest {
  @Property
  void printsWhatItIsReadFrom(
      @ForAll Channel channel,
      @ForAll @StringLength(max = 10) @CharRange(from = 'A', to = 'Z') @Chars({'.', '-'})
          String rest) {
    Assume.that(channel.markets().contains(Market.STOCKS));
    Topic topic = Topic.of(channel, Ticker.of("A" + rest));
    assertThat(topic).hasToString(channel.code() + ".A" + rest);
    assertThat(topic.vendorName()).isEqualTo(topic.toString());
    assertThat(Topic.parse(topic.toString())).isEqualTo(topic);
    assertThat(topic.ticker()).hasValue(Ticker.of("A" + rest));
    assertThat(topic.isAll()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Channel.class)
  void readsEachChannelByItsCodesInEveryMarket(Channel channel) {
    assertThat(Channel.parse(channel.toString())).isEqualTo(channel);
    for (Market market : channel.markets()) {
      assertThat(Channel.parse(channel.vendorCode(market).orElseThrow())).isEqualTo(channel);
      Topic all = Topic.all(channel, market);
      assertThat(all.isAll()).isTrue();
      assertThat(all.ticker()).isEmpty();
      assertThat(all.market()).isEqualTo(market);
      assertThat(all.whole()).isEqualTo(all);
      assertThat(Topic.parse(all.toString())).isEqualTo(all);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "T.AAPL, T.AAPL, T.AAPL, STOCKS",
    "T.BRK.A, T.BRK.A, T.BRK.A, STOCKS",
    "AM.*, AM.*, AM.*, STOCKS",
    "LULD.AAPL, LULD.AAPL, LULD.AAPL, STOCKS",
    "T.O:AAPL230616C00150000, T.O:AAPL230616C00150000, T.O:AAPL230616C00150000, OPTIONS",
    "A.O:*, A.O:*, A.*, OPTIONS",
    "XT.BTC-USD, T.X:BTCUSD, XT.BTC-USD, CRYPTO",
    "XQ.X:BTC-USD, Q.X:BTCUSD, XQ.BTC-USD, CRYPTO",
    "XA.*, AM.X:*, XA.*, CRYPTO",
    "XAS.ETH-USDT, A.X:ETHUSDT, XAS.ETH-USDT, CRYPTO",
    "XL2.BTC-USD, L2.X:BTCUSD, XL2.BTC-USD, CRYPTO",
    "C.EUR/USD, Q.C:EURUSD, C.EUR/USD, FOREX",
    "C.EURUSD, Q.C:EURUSD, C.EUR/USD, FOREX",
    "CA.*, AM.C:*, CA.*, FOREX",
    "CAS.USD/CAD, A.C:USDCAD, CAS.USD/CAD, FOREX",
    "Q.C:EUR-USD, Q.C:EURUSD, C.EUR/USD, FOREX",
    "V.I:SPX, V.I:SPX, V.I:SPX, INDICES",
    "AM.I:*, AM.I:*, AM.*, INDICES",
    "T.ESZ6, T.ESZ6, T.ESZ6, FUTURES",
    "Q.F:*, Q.F:*, Q.*, FUTURES",
    "FMV.X:BTCUSD, FMV.X:BTCUSD, FMV.BTC-USD, CRYPTO",
  })
  void readsTheVendorsSpellings(String text, String ours, String vendors, Market market) {
    Topic topic = Topic.parse(text);
    assertThat(topic).hasToString(ours);
    assertThat(topic.vendorName()).isEqualTo(vendors);
    assertThat(topic.market()).isEqualTo(market);
    assertThat(Topic.parse(topic.toString())).isEqualTo(topic);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "T",
        "T.",
        ".AAPL",
        "X.AAPL",
        "t.AAPL",
        "T.A B",
        "T.**",
        "T .AAPL",
        "T.Z:*",
        "T.A*",
        "LULD.X:BTCUSD",
        "T.C:EURUSD",
        "V.AAPL",
        "T.I:SPX",
        "L2.AAPL",
        "XT.B/T/C",
        "C.EUR"
      })
  void refusesWhatIsNoTopic(String text) {
    assertThatThrownBy(() -> Topic.parse(text)).isInstanceOf(PolygonException.InvalidRequest.class);
  }
}
