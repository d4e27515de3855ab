package com.alphaxiii.polygon.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.Conditions;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.PolygonException.BadData;
import com.alphaxiii.polygon.core.Quote;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.Trade;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.ByteRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WireTicksTest {
  private static final Ticker AAPL = Ticker.of("AAPL");
  private static final String TRADES =
      """
      {"results":[{"conditions":[12,41],"correction":1,"exchange":11,"id":"1","participant_timestamp":1517562000015577001,\
      "price":171.55,"sequence_number":1063,"sip_timestamp":1517562000016036601,"size":100,"decimal_size":"100.5","tape":3,\
      "trf_id":202,"trf_timestamp":1517562000015577002},\
      {"conditions":null,"exchange":12.0,"id":7,"participant_timestamp":1.517562000015577e18,"price":"171.5",\
      "sequence_number":"1064","sip_timestamp":1517562000016036602.0,"x":{"y":[1,{}]},"tape":3}],\
      "status":"OK","request_id":1,"next_url":null}\
      """;

  private static Rows<Trade> trades(byte[] body, Ticker ticker) {
    WireTicks ticks = new WireTicks(ticker);
    TickPage<Trade> page = new TickPage<>("trades", ticks::trade);
    Envelope.read(new ByteArrayInputStream(body), page.where(), page);
    return page.content();
  }

  private static Rows<Trade> trades(String body) {
    return trades(body.getBytes(StandardCharsets.UTF_8), AAPL);
  }

  private static Rows<Quote> quotes(String list, String symbol) {
    WireTicks ticks = new WireTicks(Ticker.of(symbol));
    TickPage<Quote> page = new TickPage<>("quotes", ticks::quote);
    byte[] body = ("{\"results\":" + list + "}").getBytes(StandardCharsets.UTF_8);
    Envelope.read(new ByteArrayInputStream(body), page.where(), page);
    return page.content();
  }

  @Test
  void readsTradesToTheNanosecondInAllSpellings() {
    Rows<Trade> rows = trades(TRADES);

    assertThat(rows.faults()).isEmpty();
    assertThat(rows.values())
        .containsExactly(
            new Trade(
                AAPL,
                171.55,
                100.5,
                Conditions.of(12, 41),
                1_517_562_000_016_036_601L,
                1_517_562_000_015_577_001L,
                11,
                "1",
                3,
                1063,
                202,
                1_517_562_000_015_577_002L,
                1),
            new Trade(
                AAPL,
                171.5,
                0,
                Conditions.NONE,
                1_517_562_000_016_036_602L,
                1_517_562_000_015_577_000L,
                12,
                "7",
                3,
                1064,
                0,
                0));
  }

  @Test
  void cryptoTradesHaveNoSip() {
    String body =
        """
        {"results":[{"conditions":[1],"exchange":1,"id":"191450340","participant_timestamp":1625097600103000001,\
        "price":35060,"size":1.0434526}]}\
        """;
    Trade trade =
        trades(body.getBytes(StandardCharsets.UTF_8), Ticker.of("X:BTCUSD")).values().getFirst();

    assertThat(trade.sipTime()).isEqualTo(1_625_097_600_103_000_001L);
    assertThat(trade.participantTime()).isEqualTo(1_625_097_600_103_000_001L);
    assertThat(trade.size()).isEqualTo(1.0434526);
  }

  @Test
  void readsQuotesOfAllMarkets() {
    Quote stock =
        quotes(
                """
                [{"ask_exchange":8,"ask_price":102.7,"ask_size":60,"bid_exchange":11,"bid_size":0,\
                "conditions":[1],"indicators":[604],"participant_timestamp":1517562000065321201,\
                "sequence_number":2060,"sip_timestamp":1517562000065700261,"tape":3}]\
                """,
                "AAPL")
            .values()
            .getFirst();
    assertThat(stock)
        .isEqualTo(
            new Quote(
                AAPL,
                11,
                0,
                0,
                8,
                102.7,
                60,
                Conditions.of(1),
                Conditions.of(604),
                1_517_562_000_065_700_261L,
                1_517_562_000_065_321_201L,
                3,
                2060));
    Quote pair =
        quotes(
                "[{\"ask_exchange\":48,\"ask_price\":1.18565,\"bid_exchange\":48,\"bid_price\":1.18558,\"participant_timestamp\":1625097600000000000}]",
                "C:EURUSD")
            .values()
            .getFirst();
    assertThat(pair.sipTime()).isEqualTo(1_625_097_600_000_000_000L);
    assertThat(pair.bidPrice()).isEqualTo(1.18558);
    assertThat(quotes("[{\"ask_price\":1}]", "C:EURUSD").faults().getFirst().reason())
        .isEqualTo("has no 'participant_timestamp'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"sip_timestamp\":1}|has no 'price'",
        "{\"price\":1}|has no 'sip_timestamp'",
        "{\"price\":{\"a\":[{}]},\"sip_timestamp\":1}|'price' is an object",
        "{\"price\":\"1x\",\"sip_timestamp\":1}|'price' is a text",
        "{\"price\":1,\"sip_timestamp\":99999999999999999999}|'sip_timestamp' is larger",
        "{\"price\":1,\"sip_timestamp\":1.5}|'sip_timestamp' is 1.5",
        "{\"price\":1,\"sip_timestamp\":1,\"conditions\":[[1]]}|'conditions' is a list",
        "{\"price\":1,\"sip_timestamp\":1,\"exchange\":3000000000}|'exchange' is 3000000000",
        "{\"price\":1,\"sip_timestamp\":1,\"id\":{}}|'id' is not a text",
        "7|is not an object",
        "[{\"price\":1,\"sip_timestamp\":1}]|is not an object",
        "null|is not an object"
      })
  void aBadTradeCostsNoOther(String bad, String reason) {
    String good = "{\"price\":5,\"sip_timestamp\":9}";
    Rows<Trade> rows = trades("{\"results\":[%s,%s,%s]}".formatted(good, bad, good));

    assertThat(rows.values()).hasSize(2).allMatch(trade -> trade.price() == 5);
    assertThat(rows.faults()).hasSize(1);
    assertThat(rows.faults().getFirst().index()).isEqualTo(2);
    assertThat(rows.faults().getFirst().reason()).startsWith(reason);
  }

  @Property(tries = 2_000)
  void aMutatedBodyIsTradesOrAnErrorOfTheFamily(
      @ForAll @IntRange(min = 0, max = 100_000) int place,
      @ForAll @IntRange(min = 0, max = 100_000) int other,
      @ForAll @ByteRange(min = Byte.MIN_VALUE, max = Byte.MAX_VALUE) byte value) {
    byte[] body = TRADES.getBytes(StandardCharsets.UTF_8);
    body[place % body.length] = value;
    body[other % body.length] = body[(other / 7) % body.length];

    try {
      Rows<Trade> rows = trades(body, AAPL);
      assertThat(rows.values().size() + rows.faults().size()).isBetween(0, 4);
    } catch (PolygonException e) {
      assertThat(e).isInstanceOf(BadData.class);
    }
  }
}
