package com.alphaxiii.polygon.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.Aggregate;
import com.alphaxiii.polygon.core.Conditions;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.Quote;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TickerEvent;
import com.alphaxiii.polygon.core.Timespan;
import com.alphaxiii.polygon.core.Trade;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireEventsTest {
  private static final String TRADE =
      """
      {"ev":"T","sym":"MSFT","x":4,"i":"12345","z":3,"p":114.125,"s":100,"c":[0,12],\
      "t":1536036818784,"q":3681328}\
      """;
  private static final Trade MSFT =
      new Trade(
          Ticker.of("MSFT"),
          114.125,
          100,
          Conditions.of(0, 12),
          1_536_036_818_784_000_000L,
          0,
          4,
          "12345",
          3,
          3_681_328,
          0,
          0);

  private final WireEvents decoder = new WireEvents(Market.STOCKS);

  @Test
  void readsATrade() {
    assertThat(only("[" + TRADE + "]")).isEqualTo(MSFT);
  }

  @Test
  void readsAQuote() {
    assertThat(
            only(
                """
                [{"ev":"Q","sym":"MSFT","bx":4,"bp":114.125,"bs":100,"ax":7,"ap":114.128,"as":160,\
                "c":0,"i":[604],"t":1536036818784,"q":50385480,"z":3}]\
                """))
        .isEqualTo(
            new Quote(
                Ticker.of("MSFT"),
                4,
                114.125,
                100,
                7,
                114.128,
                160,
                Conditions.of(0),
                Conditions.of(604),
                1_536_036_818_784_000_000L,
                0,
                3,
                50_385_480));
  }

  @Test
  void readsAMinuteAggregate() {
    assertThat(
            only(
                """
                [{"ev":"AM","sym":"GTE","v":4110,"av":9470157,"op":0.4372,"vw":0.4488,"o":0.4488,\
                "c":0.4486,"h":0.4489,"l":0.4486,"a":0.4352,"z":685,"s":1610144640000,\
                "e":1610144700000}]\
                """))
        .isEqualTo(
            new Aggregate(
                Ticker.of("GTE"),
                Timespan.MINUTE,
                1_610_144_640_000L,
                1_610_144_700_000L,
                0.4488,
                0.4489,
                0.4486,
                0.4486,
                4_110,
                0.4488,
                9_470_157,
                0.4372,
                0.4352,
                685,
                0,
                0,
                false));
  }

  @Test
  void readsASecondAggregateWithDecimalVolumesAndOtc() {
    Aggregate second =
        (Aggregate)
            only(
                """
                [{"ev":"A","sym":"BRK.A","v":4,"dv":"4.25","av":10,"dav":"10.5","o":1,"h":2,"l":1,\
                "c":2,"z":1.5,"s":1610144640000,"otc":true}]\
                """);
    assertThat(second.volume()).isEqualTo(4.25);
    assertThat(second.accumulatedVolume()).isEqualTo(10.5);
    assertThat(second.averageSize()).isEqualTo(1.5);
    assertThat(second.timespan()).isEqualTo(Timespan.SECOND);
    assertThat(second.end()).as("a second after its start").isEqualTo(1_610_144_641_000L);
    assertThat(second.otc()).isTrue();
  }

  @Test
  void readsStatusesBesideEvents() {
    DecodedMessage decoded =
        decode(
            """
            [{"ev":"status","status":"success","message":"subscribed to: T.A"},%s,\
            {"ev":"status","status":"error"}]\
            """
                .formatted(TRADE));
    assertThat(decoded.statuses).containsExactly("success/subscribed to: T.A", "error/");
    assertThat(decoded.events).containsExactly(MSFT);
  }

  @Test
  void takesWhatIsLeftOutForZeroOrEmpty() {
    assertThat(only("[{\"ev\":\"T\",\"sym\":\"X\",\"p\":1,\"t\":1}]"))
        .isEqualTo(
            new Trade(Ticker.of("X"), 1, 0, Conditions.NONE, 1_000_000, 0, 0, "", 0, 0, 0, 0));
    assertThat(only("[{\"ev\":\"Q\",\"sym\":\"X\",\"t\":1}]"))
        .isEqualTo(
            new Quote(
                Ticker.of("X"),
                0,
                0,
                0,
                0,
                0,
                0,
                Conditions.NONE,
                Conditions.NONE,
                1_000_000,
                0,
                0,
                0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"q\":3681328,\"t\":1536036818784,\"c\":[0,12],\"s\":100,\"p\":114.125,\"z\":3,"
            + "\"i\":\"12345\",\"x\":4,\"sym\":\"MSFT\",\"ev\":\"T\"}",
        "{ \"ev\" : \"T\" ,\n \"sym\":\"MSFT\",\"x\":4,\"i\":\"12345\",\"z\":3,\"p\":114.125,"
            + "\"s\":100,\"c\":[0,12],\"t\":1536036818784,\"q\":3681328 }",
        "{\"ev\":\"T\",\"sym\":\"MSFT\",\"x\":4,\"i\":12345.0,\"z\":3,\"p\":114.125,\"s\":100,"
            + "\"c\":[0,12],\"t\":1536036818784,\"q\":3681328}",
        "{\"ev\":\"T\",\"sym\":\"MSFT\",\"x\":4.0,\"i\":12345,\"z\":\"3\",\"p\":\"114.125\","
            + "\"s\":100.0,\"c\":[0.0,\"12\"],\"t\":1.536036818784E12,\"q\":\"3681328\"}",
        "{\"ev\":\"T\",\"sym\":\"MSFT\",\"x\":4,\"i\":\"12345\",\"z\":3,\"p\":114.125,\"s\":100,"
            + "\"c\":[0,null,12],\"t\":1536036818784,\"q\":3681328,\"trfi\":null,\"trft\":null,"
            + "\"ds\":\"\",\"new\":{\"p\":[1,{\"s\":2}]},\"p2\":[[1],{}]}",
        "{\"ev\":\"T\",\"sym\":\"\\u004dSFT\",\"x\":4,\"i\":\"12345\",\"z\":3,\"p\":1.14125e2,"
            + "\"s\":7,\"ds\":\"100.0\",\"c\":[0,12],\"t\":1536036818784,\"q\":3681328}"
      })
  void readsOddSpellingsOfTheSameTrade(String spelling) {
    assertThat(only("[" + spelling + "]")).isEqualTo(MSFT);
  }

  @Test
  void keepsFractionsOfAShareAndLongSequences() {
    Trade trade =
        (Trade)
            only(
                "[{\"ev\":\"T\",\"sym\":\"X\",\"p\":1e-6,\"s\":0,\"ds\":\"0.25\",\"t\":1,"
                    + "\"q\":9007199254740993,\"trfi\":202,\"trft\":5}]");
    assertThat(trade.size()).isEqualTo(0.25);
    assertThat(trade.sequence()).isEqualTo(9_007_199_254_740_993L);
    assertThat(trade.trfId()).isEqualTo(202);
    assertThat(trade.trfTime()).isEqualTo(5_000_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"ev\":\"T\",\"p\":1,\"t\":1}",
        "{\"ev\":\"T\",\"sym\":\"no ticker!\",\"p\":1,\"t\":1}",
        "{\"ev\":\"T\",\"sym\":\"X\",\"t\":1}",
        "{\"ev\":\"T\",\"sym\":\"X\",\"p\":1}",
        "{\"ev\":\"T\",\"sym\":\"X\",\"p\":\"dear\",\"t\":1}",
        "{\"ev\":\"T\",\"sym\":\"X\",\"p\":\"12d\",\"t\":1}",
        "{\"ev\":\"T\",\"sym\":\"X\",\"p\":\"0x1p3\",\"t\":1}",
        "{\"ev\":\"T\",\"sym\":\"X\",\"p\":1,\"t\":\" 1\"}",
        "{\"ev\":\"T\",\"sym\":\"X\",\"p\":1,\"t\":1,\"i\":12.5}",
        "{\"ev\":\"T\",\"sym\":\"X\",\"p\":1e999,\"t\":1}",
        "{\"ev\":\"T\",\"sym\":\"X\",\"p\":true,\"t\":1}",
        "{\"ev\":\"T\",\"sym\":\"X\",\"p\":1,\"t\":1536036818784000000}",
        "{\"ev\":\"T\",\"sym\":\"X\",\"p\":1,\"t\":-1}",
        "{\"ev\":\"T\",\"sym\":\"X\",\"p\":1,\"t\":1,\"x\":4.5}",
        "{\"ev\":\"T\",\"sym\":\"X\",\"p\":1,\"t\":1,\"x\":99999999999}",
        "{\"ev\":\"T\",\"sym\":\"X\",\"p\":1,\"t\":1,\"q\":99999999999999999999999}",
        "{\"ev\":\"T\",\"sym\":\"X\",\"p\":1,\"t\":1,\"c\":[\"a\"]}",
        "{\"ev\":\"T\",\"sym\":\"X\",\"p\":1,\"t\":1,\"c\":{\"a\":1}}",
        "{\"sym\":\"X\"}",
        "{}",
        "17",
        "[1,2]",
        "{\"ev\":\"T\",\"sym\":\"X\",\"p\":1..5,\"t\":1}",
        "{\"ev\":\"T\",\"sym\":\"X\",\"p\":tru,\"t\":1}",
        "{\"ev\":\"T\",\"sym\":\"X\" \"p\":1,\"t\":1}",
        "{\"ev\":\"T\",\"sym\":\"X,\"p\":1,\"t\":1}",
        "{\"ev\":\"T\",\"sym\":\"X\",\"p\":01,\"t\":1}",
        "{\"ev\":\"T\",\"sym\":\"X\",\"p\0\":1,\"t\":1}"
      })
  void losesNoNeighbourOfABadEvent(String bad) {
    DecodedMessage decoded = decode("[" + TRADE + "," + bad + "," + TRADE + "," + TRADE + "]");
    assertThat(decoded.events).as("of %s", decoded.malformed).containsExactly(MSFT, MSFT, MSFT);
    assertThat(decoded.malformed).hasSize(1);
  }

  @Test
  void namesTheEventAndTheFieldAtFault() {
    assertThat(decode("[{\"ev\":\"T\",\"sym\":\"X\",\"p\":\"dear\",\"t\":1}]").malformed)
        .containsExactly("T.X: 'p' is not a number");
  }

  @Test
  void keepsTheEventsBeforeACut() {
    String message = "[" + TRADE + "," + TRADE + "]";
    DecodedMessage decoded = decode(message.substring(0, message.length() - 20));
    assertThat(decoded.events).containsExactly(MSFT);
    assertThat(decoded.malformed).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"ev\":\"C\",\"p\":\"EUR/USD\",\"a\":1.1,\"b\":1.0,\"t\":1536036818784}",
        "{\"ev\":\"V\",\"T\":\"I:SPX\",\"val\":1,\"t\":1536036818784}",
        "{\"ev\":\"something new\",\"p\":{\"deep\":[[[]]]}}"
      })
  void passesOverEventsThatStocksDoNotHave(String other) {
    DecodedMessage decoded = decode("[" + other + "," + TRADE + "]");
    assertThat(decoded.events).containsExactly(MSFT);
    assertThat(decoded.malformed).isEmpty();
  }

  @Test
  void readsASingleEventWithoutAnArray() {
    assertThat(only(TRADE)).isEqualTo(MSFT);
    assertThat(decode("[]").malformed).isEmpty();
    assertThat(decode("").malformed).hasSize(1);
    assertThat(decode("hello").malformed).hasSize(1);
  }

  @Test
  void readsOnBehindAMessageThatEndsEarly() {
    DecodedMessage decoded = decode("[" + TRADE + "][" + TRADE + "," + TRADE + "]");
    assertThat(decoded.events).containsExactly(MSFT, MSFT, MSFT);
    assertThat(decoded.malformed).hasSize(1);
    assertThat(decode(TRADE + " \n").malformed).isEmpty();
    assertThat(decode(TRADE + ",").malformed).hasSize(1);
  }

  @Test
  void sharesTickersAndConditions() {
    DecodedMessage decoded = decode("[" + TRADE + "," + TRADE + "]");
    Trade first = (Trade) decoded.events.get(0);
    Trade second = (Trade) decoded.events.get(1);
    assertThat(second.ticker()).isSameAs(first.ticker());
    assertThat(second.conditions()).isSameAs(first.conditions());
  }

  @Test
  void refusesNestingThatCouldExhaustTheStack() {
    String deep = "[".repeat(100_000) + "]".repeat(100_000);
    DecodedMessage decoded = decode("[{\"ev\":\"T\",\"new\":" + deep + "}," + TRADE + "]");
    assertThat(decoded.events).containsExactly(MSFT);
    assertThat(decoded.malformed).hasSize(1);
    String nested = "{\"a\":".repeat(300) + "1" + "}".repeat(300);
    assertThat(only("[" + TRADE.replace("\"x\":4", "\"new\":" + nested + ",\"x\":4") + "]"))
        .isEqualTo(MSFT);
  }

  @Test
  void givesUpAMessageThatIsBrokenAllOver() {
    DecodedMessage decoded = decode("[" + ",{\"a\" 1}".repeat(100_000) + "]");
    assertThat(decoded.events).isEmpty();
    assertThat(decoded.malformed).hasSizeBetween(2, 300);
  }

  private DecodedMessage decode(String message) {
    return DecodedMessage.of(decoder, message);
  }

  private TickerEvent only(String message) {
    DecodedMessage decoded = decode(message);
    assertThat(decoded.malformed).isEmpty();
    assertThat(decoded.events).hasSize(1);
    return decoded.events.getFirst();
  }
}
