package com.alphaxiii.polygon.validate;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.Conditions;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Trade;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActivityTest {
  private static final Instant START = Instant.parse("2014-06-05T14:00:00Z");
  private static final long MINUTE = 60_000;

  /** Stamped late in the first minute, and received in the second. */
  private static Trade trade(String symbol, int condition) {
    long received = (START.toEpochMilli() + MINUTE + 10) * 1_000_000;
    return new Trade(
        Ticker.of(symbol),
        100,
        1,
        Conditions.of(condition),
        received,
        received - 20_000_000,
        1,
        "",
        0,
        0,
        0,
        0);
  }

  @ParameterizedTest
  @CsvSource({
    // Condition 2 is an average price of stocks, and a buyer of crypto.
    "AAPL, 2, 0, 0",
    "AAPL, 14, 0, 1",
    "X:BTCUSD, 2, 1, 0",
    "X:BTCUSD, 1, 1, 0",
  })
  void conditionsAndTimesAreThoseOfTheMarket(String symbol, int condition, int first, int second) {
    TimeRange hour = TimeRange.of(START, START.plusSeconds(3_600));
    Activity activity = Activity.ofTrades(hour, List.of(trade(symbol, condition)));
    long start = START.toEpochMilli();
    assertThat(activity.count(start, start + MINUTE)).isEqualTo(first);
    assertThat(activity.count(start + MINUTE, start + 2 * MINUTE)).isEqualTo(second);
  }
}
