package com.alphaxiii.polygon.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.Conditions;
import com.alphaxiii.polygon.core.FairMarketValue;
import com.alphaxiii.polygon.core.Imbalance;
import com.alphaxiii.polygon.core.IndexValue;
import com.alphaxiii.polygon.core.LaunchpadValue;
import com.alphaxiii.polygon.core.LimitUpLimitDown;
import com.alphaxiii.polygon.core.OrderBook;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TickerEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventLinesTest {
  private static final long AT = 1_706_284_800_123_456_789L;

  private final EventLines lines = new EventLines();

  private String line(TickerEvent event) {
    return new String(lines.line(event), StandardCharsets.UTF_8);
  }

  @Test
  void writesPriceBands() {
    assertThat(
            line(
                new LimitUpLimitDown(
                    Ticker.of("MSFT"), 218.96, 198.11, Conditions.of(21, 5), AT, 3, 290_317)))
        .isEqualTo(
            """
            {"event_type":"luld","symbol":"MSFT","timestamp":1706284800123,"upper":218.96,\
            "lower":198.11,"indicators":[21,5]}
            """);
  }

  @Test
  void writesImbalances() {
    assertThat(line(new Imbalance(Ticker.of("IBM"), 930, "M", -480, 440, 25.03, 10, AT, 44)))
        .isEqualTo(
            """
            {"event_type":"imbalance","symbol":"IBM","timestamp":1706284800123,"auction_time":930,\
            "auction":"M","imbalance":-480,"paired":440,"clearing_price":25.03,"exchange":10}
            """);
  }

  @Test
  void writesValues() {
    assertThat(line(new IndexValue(Ticker.of("I:SPX"), 4_890.97, AT)))
        .isEqualTo(
            """
            {"event_type":"value","symbol":"I:SPX","timestamp":1706284800123,"value":4890.97}
            """);
    assertThat(line(new FairMarketValue(Ticker.of("AAPL"), 189.22, AT)))
        .startsWith("{\"event_type\":\"fair_market_value\",\"symbol\":\"AAPL\"");
    assertThat(line(new LaunchpadValue(Ticker.of("AAPL"), 189.22, AT)))
        .startsWith("{\"event_type\":\"launchpad_value\",\"symbol\":\"AAPL\"");
  }

  @Test
  void writesBooks() {
    OrderBook book =
        new OrderBook(
            Ticker.of("X:BTCUSD"),
            List.of(new OrderBook.Level(33_712.7, 0.5), new OrderBook.Level(33_712, 2)),
            List.of(),
            2,
            AT,
            0);
    assertThat(line(book))
        .isEqualTo(
            """
            {"event_type":"book","symbol":"X:BTCUSD","timestamp":1706284800123,"exchange":2,\
            "bids":[[33712.7,0.5],[33712,2]],"asks":[]}
            """);
  }
}
