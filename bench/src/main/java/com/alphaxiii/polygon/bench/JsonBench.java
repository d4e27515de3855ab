package com.alphaxiii.polygon.bench;

import com.alphaxiii.polygon.client.BarsDoor;
import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.BarsBuilder;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Timeframe;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** A page of bars from the vendor's bytes to columns. */
final class JsonBench {
  private static final Ticker TICKER = Ticker.of("AAPL");
  private static final int ROWS = 40_000;

  private JsonBench() {}

  /** A page as the vendor writes it. */
  static byte[] page(Bars bars) {
    StringBuilder body =
        new StringBuilder("{\"ticker\":\"AAPL\",\"queryCount\":")
            .append(bars.size())
            .append(",\"resultsCount\":")
            .append(bars.size())
            .append(",\"adjusted\":false,\"results\":[");
    for (int i = 0; i < bars.size(); i++) {
      body.append(i == 0 ? "{\"v\":" : ",{\"v\":").append((long) bars.volume(i));
      if (!Double.isNaN(bars.vwap(i))) {
        body.append(",\"vw\":").append(bars.vwap(i));
      }
      body.append(",\"o\":").append(bars.open(i)).append(",\"c\":").append(bars.close(i));
      body.append(",\"h\":").append(bars.high(i)).append(",\"l\":").append(bars.low(i));
      body.append(",\"t\":").append(bars.start(i));
      if (bars.transactions(i) >= 0) {
        body.append(",\"n\":").append(bars.transactions(i));
      }
      body.append('}');
    }
    return body.append("],\"status\":\"OK\",\"request_id\":\"5585acde-3f\",\"count\":")
        .append(bars.size())
        .append('}')
        .toString()
        .getBytes(StandardCharsets.UTF_8);
  }

  /** The usual way: a tree of everything, and then the columns out of it. */
  static Bars tree(ObjectMapper mapper, byte[] body) {
    BarsBuilder bars = Bars.builder(TICKER, Timeframe.MINUTE_1);
    for (JsonNode bar : mapper.readTree(body).get("results")) {
      bars.add(
          bar.get("t").asLong(),
          bar.get("o").asDouble(),
          bar.get("h").asDouble(),
          bar.get("l").asDouble(),
          bar.get("c").asDouble(),
          bar.get("v").asDouble(),
          bar.has("vw") ? bar.get("vw").asDouble() : Double.NaN,
          bar.has("n") ? bar.get("n").asLong() : -1);
    }
    return bars.build();
  }

  static void run() throws Exception {
    TimeRange months =
        TimeRange.ofDays(
            LocalDate.parse("2023-01-03"), LocalDate.parse("2023-03-31"), Market.NEW_YORK);
    Bars bars = ModelBars.minutes(TICKER, months).slice(0, ROWS);
    byte[] body = page(bars);
    ObjectMapper mapper = new ObjectMapper();
    if (!BarsDoor.decoded(body, TICKER).equals(bars) || !tree(mapper, body).equals(bars)) {
      throw new IllegalStateException("the page was read as something else");
    }
    CacheBench.say("a page of JSON, %,d bars in %,d bytes, to columns:", ROWS, body.length);
    double tree = Stopwatch.millis(30, 30, () -> tree(mapper, body).size());
    double parsed = Stopwatch.millis(30, 30, () -> BarsDoor.parsed(body, TICKER).size());
    double decoded = Stopwatch.millis(100, 100, () -> BarsDoor.decoded(body, TICKER).size());
    CacheBench.figure("Jackson's tree", tree);
    CacheBench.figure("client, Jackson's stream", parsed);
    CacheBench.figure("client", decoded);
    CacheBench.ratio("  tree to client", tree / decoded, "at least 5");
  }
}
