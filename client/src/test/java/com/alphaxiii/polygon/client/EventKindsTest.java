package com.alphaxiii.polygon.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.Aggregate;
import com.alphaxiii.polygon.core.Conditions;
import com.alphaxiii.polygon.core.FairMarketValue;
import com.alphaxiii.polygon.core.Imbalance;
import com.alphaxiii.polygon.core.IndexValue;
import com.alphaxiii.polygon.core.LaunchpadValue;
import com.alphaxiii.polygon.core.LimitUpLimitDown;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.OrderBook;
import com.alphaxiii.polygon.core.Quote;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TickerEvent;
import com.alphaxiii.polygon.core.Timespan;
import com.alphaxiii.polygon.core.Trade;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each kind of event of each market, as the vendor's documents show it. */
class EventKindsTest {
  private static final long MS = 1_000_000;

  @Test
  void readsThePriceBandOfAStock() {
    assertThat(
            only(
                Market.STOCKS,
                """
                {"ev":"LULD","T":"MSFT","h":218.96,"l":198.11,"i":[21],"z":3,\
                "t":1601316752683746,"q":290317}\
                """))
        .isEqualTo(
            new LimitUpLimitDown(
                Ticker.of("MSFT"),
                218.96,
                198.11,
                Conditions.of(21),
                1_601_316_752_683_746_000L,
                3,
                290_317));
  }

  @Test
  void readsTheImbalanceOfAStock() {
    assertThat(
            only(
                Market.STOCKS,
                """
                {"ev":"NOI","T":"NTEST.Q","t":1601318039223013600,"at":930,"a":"M","i":44,"x":10,\
                "o":-480,"p":440,"b":25.03}\
                """))
        .isEqualTo(
            new Imbalance(
                Ticker.of("NTEST.Q"),
                930,
                "M",
                -480,
                440,
                25.03,
                10,
                1_601_318_039_223_013_600L,
                44));
  }

  @ParameterizedTest
  @CsvSource({
    "1601316752683, 1601316752683000000",
    "1601316752683746, 1601316752683746000",
    "1601316752683746001, 1601316752683746001",
    "9223372036854, 9223372036854000000",
    "9223372036855, 9223372036855000",
    "9223372036854775, 9223372036854775000",
    "9223372036854776, 9223372036854776",
    "9223372036854775807, 9223372036854775807"
  })
  void tellsTheUnitOfATimeByItsSize(String sent, long nanoseconds) {
    String rest = "\"T\":\"X\",\"sym\":\"X\",\"fmv\":1,\"val\":2,\"t\":" + sent + "}";
    assertThat(only(Market.STOCKS, "{\"ev\":\"LULD\"," + rest).time()).isEqualTo(nanoseconds);
    assertThat(only(Market.STOCKS, "{\"ev\":\"NOI\"," + rest).time()).isEqualTo(nanoseconds);
    assertThat(only(Market.STOCKS, "{\"ev\":\"FMV\"," + rest).time()).isEqualTo(nanoseconds);
    assertThat(only(Market.STOCKS, "{\"ev\":\"LV\"," + rest).time()).isEqualTo(nanoseconds);
  }

  @ParameterizedTest
  @CsvSource({
    "STOCKS, AAPL, AAPL",
    "OPTIONS, O:AMC210827C00037000, O:AMC210827C00037000",
    "FOREX, C:EURUSD, C:EURUSD",
    "FOREX, C:USD-EUR, C:USDEUR",
    "CRYPTO, X:BTC-USD, X:BTCUSD",
    "INDICES, I:SPX, I:SPX"
  })
  void readsFairMarketAndLaunchpadValues(Market market, String sent, String ticker) {
    assertThat(
            only(market, "{\"ev\":\"FMV\",\"fmv\":189.22,\"sym\":\"%s\",\"t\":5}".formatted(sent)))
        .isEqualTo(new FairMarketValue(Ticker.of(ticker), 189.22, 5 * MS));
    assertThat(
            only(market, "{\"ev\":\"LV\",\"val\":3988.5,\"sym\":\"%s\",\"t\":5}".formatted(sent)))
        .isEqualTo(new LaunchpadValue(Ticker.of(ticker), 3988.5, 5 * MS));
    Aggregate bar =
        (Aggregate)
            only(
                market,
                """
                {"ev":"AM","sym":"%s","o":1,"h":2,"l":0.5,"c":1.5,"v":7,"s":60000,"e":120000}\
                """
                    .formatted(sent));
    assertThat(bar.ticker()).isEqualTo(Ticker.of(ticker));
    assertThat(bar.timespan()).isEqualTo(Timespan.MINUTE);
  }

  @Test
  void readsTradesAndQuotesOfOptions() {
    assertThat(
            only(
                Market.OPTIONS,
                """
                {"ev":"T","sym":"O:AMC210827C00037000","x":65,"p":1.54,"s":1,"c":[233],\
                "t":1629820676333,"q":651921857}\
                """))
        .isEqualTo(
            new Trade(
                Ticker.of("O:AMC210827C00037000"),
                1.54,
                1,
                Conditions.of(233),
                1_629_820_676_333L * MS,
                0,
                65,
                "",
                0,
                651_921_857,
                0,
                0));
    assertThat(
            only(
                Market.OPTIONS,
                """
                {"ev":"Q","sym":"O:SPY241220P00720000","bx":302,"ax":303,"bp":9.71,"ap":9.81,\
                "bs":17,"as":24,"t":1644506128351,"q":844090872}\
                """))
        .isEqualTo(
            new Quote(
                Ticker.of("O:SPY241220P00720000"),
                302,
                9.71,
                17,
                303,
                9.81,
                24,
                Conditions.NONE,
                Conditions.NONE,
                1_644_506_128_351L * MS,
                0,
                0,
                844_090_872));
  }

  @ParameterizedTest
  @CsvSource({"44", "'\"44\"'"})
  void readsQuotesOfForex(String exchange) {
    assertThat(
            only(
                Market.FOREX,
                """
                {"ev":"C","p":"USD/CNH","x":%s,"a":6.83366,"b":6.83363,"t":1536036818784}\
                """
                    .formatted(exchange)))
        .isEqualTo(
            new Quote(
                Ticker.of("C:USDCNH"),
                44,
                6.83363,
                0,
                44,
                6.83366,
                0,
                Conditions.NONE,
                Conditions.NONE,
                1_536_036_818_784L * MS,
                0,
                0,
                0));
  }

  @ParameterizedTest
  @CsvSource({"FOREX, CA, USD/EUR, C:USDEUR", "CRYPTO, XA, BTC-USD, X:BTCUSD"})
  void readsMinutesAndSecondsOfPairs(Market market, String code, String pair, String ticker) {
    String minute =
        """
        {"ev":"%s","pair":"%s","o":0.8687,"c":0.86889,"h":0.8689,"l":0.8686,"v":73,"vw":0.8688,\
        "z":4,"s":1539145740000,"e":1539145800000}\
        """
            .formatted(code, pair);
    Aggregate expected =
        new Aggregate(
            Ticker.of(ticker),
            Timespan.MINUTE,
            1_539_145_740_000L,
            1_539_145_800_000L,
            0.8687,
            0.8689,
            0.8686,
            0.86889,
            73,
            0.8688,
            0,
            0,
            0,
            4,
            0,
            0,
            false);
    assertThat(only(market, minute)).isEqualTo(expected);
    Aggregate second =
        (Aggregate)
            only(
                market,
                minute.replace("\"" + code, "\"" + code + "S").replace(",\"e\":1539145800000", ""));
    assertThat(second.timespan()).isEqualTo(Timespan.SECOND);
    assertThat(second.end()).isEqualTo(1_539_145_741_000L);
  }

  @ParameterizedTest
  @CsvSource({
    "191450340, 191450340, 1602092131009, 1602092131010",
    "'\"191450340\"', 191450340, 1602092131009, 1602092131010",
    "'\"\"', '', , 1602092131009"
  })
  void readsTradesOfCrypto(String id, String readId, String received, long sipTime) {
    assertThat(
            only(
                Market.CRYPTO,
                """
                {"ev":"XT","pair":"BTC-USD","p":33021.9,"t":1602092131009,"s":0.01616617,"c":[2],\
                "i":%s,"x":1,"r":%s}\
                """
                    .formatted(id, received == null ? "null" : "1602092131010")))
        .isEqualTo(
            new Trade(
                Ticker.of("X:BTCUSD"),
                33021.9,
                0.01616617,
                Conditions.of(2),
                sipTime * MS,
                1_602_092_131_009L * MS,
                1,
                readId,
                0,
                0,
                0,
                0));
  }

  @Test
  void readsQuotesOfCrypto() {
    assertThat(
            only(
                Market.CRYPTO,
                """
                {"ev":"XQ","pair":"BTC-USD","bp":33052.79,"bs":0.48,"ap":33073.19,"as":0.601,\
                "t":1610462411115,"x":1,"r":1610462411128}\
                """))
        .isEqualTo(
            new Quote(
                Ticker.of("X:BTCUSD"),
                1,
                33052.79,
                0.48,
                1,
                33073.19,
                0.601,
                Conditions.NONE,
                Conditions.NONE,
                1_610_462_411_128L * MS,
                1_610_462_411_115L * MS,
                0,
                0));
  }

  @Test
  void readsOrderBooksOfCrypto() {
    assertThat(
            only(
                Market.CRYPTO,
                """
                {"ev":"XL2","pair":"BTC-USD","t":1610462411115,"r":1610462411128,"x":1,\
                "b":[[33712.7,0.3],[33712,1,"more",[]],["33711.5","2"]],"a":[]}\
                """))
        .isEqualTo(
            new OrderBook(
                Ticker.of("X:BTCUSD"),
                List.of(
                    new OrderBook.Level(33712.7, 0.3),
                    new OrderBook.Level(33712, 1),
                    new OrderBook.Level(33711.5, 2)),
                List.of(),
                1,
                1_610_462_411_115L * MS,
                1_610_462_411_128L * MS));
  }

  @ParameterizedTest
  @CsvSource({
    "'[[1]]'",
    "'[[1,2],3]'",
    "'[1,[1,2]]'",
    "'[[1,\"x\"]]'",
    "'[{}]'",
    "'5'",
    "'[[1,null]]'"
  })
  void tellsWhatIsNoOrderBook(String bids) {
    String book =
        "{\"ev\":\"XL2\",\"pair\":\"BTC-USD\",\"t\":1,\"x\":1,\"b\":%s,\"a\":[[1,2]]}"
            .formatted(bids);
    DecodedMessage decoded = DecodedMessage.of(new WireEvents(Market.CRYPTO), "[" + book + "]");
    assertThat(decoded.events).isEmpty();
    assertThat(decoded.malformed)
        .containsExactly("XL2.BTC-USD: 'b' is not a list of prices and sizes");
  }

  @Test
  void readsValuesAndBarsOfIndices() {
    assertThat(
            only(
                Market.INDICES,
                "{\"ev\":\"V\",\"val\":3988.5,\"T\":\"I:SPX\",\"t\":1678220098130}"))
        .isEqualTo(new IndexValue(Ticker.of("I:SPX"), 3988.5, 1_678_220_098_130L * MS));
    assertThat(
            only(
                Market.INDICES,
                """
                {"ev":"A","sym":"I:SPX","op":3985.67,"o":3985.67,"c":3985.68,"h":3985.7,\
                "l":3985.6,"s":1678220675805,"e":1678220676805}\
                """))
        .isEqualTo(
            new Aggregate(
                Ticker.of("I:SPX"),
                Timespan.SECOND,
                1_678_220_675_805L,
                1_678_220_676_805L,
                3985.67,
                3985.7,
                3985.6,
                3985.68,
                0,
                0,
                0,
                3985.67,
                0,
                0,
                0,
                0,
                false));
  }

  @Test
  void readsTradesQuotesAndBarsOfFutures() {
    assertThat(
            only(
                Market.FUTURES,
                "{\"ev\":\"T\",\"sym\":\"ESZ4\",\"p\":6052,\"s\":2,\"t\":1734484219379,\"q\":5}"))
        .isEqualTo(
            new Trade(
                Ticker.of("ESZ4"),
                6052,
                2,
                Conditions.NONE,
                1_734_484_219_379L * MS,
                0,
                0,
                "",
                0,
                5,
                0,
                0));
    assertThat(
            only(
                Market.FUTURES,
                """
                {"ev":"Q","sym":"ESZ4","bp":6052,"bs":21,"bt":1734484219370,"ap":6052.25,"as":7,\
                "at":1734484219371,"t":1734484219379}\
                """))
        .isEqualTo(
            new Quote(
                Ticker.of("ESZ4"),
                0,
                6052,
                21,
                0,
                6052.25,
                7,
                Conditions.NONE,
                Conditions.NONE,
                1_734_484_219_379L * MS,
                0,
                0,
                0));
    Aggregate bar =
        (Aggregate)
            only(
                Market.FUTURES,
                """
                {"ev":"AM","sym":"ESZ4","v":100,"dv":605200.5,"o":1,"c":1,"h":1,"l":1,"n":12,\
                "s":60000,"e":120000}\
                """);
    assertThat(bar.volume()).isEqualTo(100);
    assertThat(bar.dollarVolume()).isEqualTo(605_200.5);
    assertThat(bar.transactions()).isEqualTo(12);
  }

  @ParameterizedTest
  @CsvSource({"-1, 60000, s, -1", "0, 9223372036855, e, 9223372036855"})
  void refusesABarAtNoTime(long start, long end, String field, long value) {
    DecodedMessage decoded =
        DecodedMessage.of(
            new WireEvents(Market.STOCKS),
            "[{\"ev\":\"AM\",\"sym\":\"X\",\"o\":1,\"c\":1,\"h\":1,\"l\":1,\"s\":%d,\"e\":%d}]"
                .formatted(start, end));
    assertThat(decoded.events).isEmpty();
    assertThat(decoded.malformed)
        .containsExactly("AM.X: '%s' is no time in milliseconds: %d".formatted(field, value));
  }

  @ParameterizedTest
  @CsvSource({
    "FOREX, C, 'p', 'not a pair!'",
    "FOREX, CA, 'pair', 'EUR'",
    "CRYPTO, XT, 'pair', '-'",
    "STOCKS, LULD, 'T', ''",
    "INDICES, V, 'T', 'I:'"
  })
  void namesAnEventWithoutATicker(Market market, String code, String field, String symbol) {
    String event =
        "{\"ev\":\"%s\",\"%s\":\"%s\",\"t\":1,\"s\":1,\"o\":1,\"h\":1,\"l\":1,\"c\":1,\"val\":1}"
            .formatted(code, field, symbol);
    DecodedMessage decoded = DecodedMessage.of(new WireEvents(market), "[" + event + "]");
    assertThat(decoded.events).isEmpty();
    assertThat(decoded.malformed)
        .containsExactly(
            code
                + "."
                + symbol
                + ": "
                + (symbol.isEmpty() ? "no ticker" : "'" + field + "' is not a ticker"));
  }

  @ParameterizedTest
  @EnumSource(Market.class)
  void readsStatusInEveryMarket(Market market) {
    DecodedMessage decoded =
        DecodedMessage.of(
            new WireEvents(market),
            "[{\"ev\":\"status\",\"status\":\"connected\",\"message\":\"Connected"
                + " Successfully\"}]");
    assertThat(decoded.statuses).containsExactly("connected/Connected Successfully");
  }

  private static TickerEvent only(Market market, String event) {
    DecodedMessage decoded = DecodedMessage.of(new WireEvents(market), "[" + event + "]");
    assertThat(decoded.malformed).isEmpty();
    assertThat(decoded.events).hasSize(1);
    return decoded.events.getFirst();
  }
}
