package com.alphaxiii.polygon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.Timeframe;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BarFormatTest {
  private static final Bars BARS =
      Bars.builder(Ticker.of("AAPL"), Timeframe.parse("1hour"))
          .add(
              Instant.parse("2014-06-06T08:00:00Z").toEpochMilli(),
              648.8 / 28,
              649.35 / 28,
              648.31 / 28,
              23.1786,
              85_260_000,
              Double.NaN,
              -1)
          .add(
              Instant.parse("2014-06-06T09:00:00Z").toEpochMilli(),
              0.12345678,
              1,
              0.1,
              0.5,
              0.25,
              0.3,
              12)
          .build();

  @Test
  void theTableIsAlignedAndRoundedForEyes() throws IOException {
    ByteArrayOutputStream table = new ByteArrayOutputStream();
    BarFormat.TABLE.write(BARS, Market.NEW_YORK, table);
    assertThat(table.toString().lines().map(line -> line.replaceAll(" +", " ")))
        .containsExactly(
            "start (America/New_York) open high low close volume vwap trades",
            "2014-06-06 04:00:00 23.1714 23.1911 23.1539 23.1786 85260000 ",
            "2014-06-06 05:00:00 0.123457 1 0.1 0.5 0.25 0.3 12");
    assertThat(table.toString().lines().map(String::length).distinct()).hasSize(1);
  }

  @Test
  void jsonHasEveryDigitAndNullForWhatIsAbsent() throws IOException {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    BarFormat.JSON.write(BARS.slice(0, 1), Market.NEW_YORK, json);
    assertThat(json.toString())
        .isEqualTo(
            "[{\"timestamp\":\"2014-06-06T04:00:00-04:00\",\"open\":%s,\"high\":%s,\"low\":%s,\"close\":23.1786,\"volume\":85260000,\"vwap\":null,\"transactions\":null}]\n"
                .formatted(648.8 / 28, 649.35 / 28, 648.31 / 28));
  }
}
