package com.alphaxiii.polygon.store;

import static com.alphaxiii.polygon.store.Samples.AAPL;
import static com.alphaxiii.polygon.store.Samples.days;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.alphaxiii.polygon.core.Adjustment;
import com.alphaxiii.polygon.core.BarRequest;
import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.BarsBuilder;
import com.alphaxiii.polygon.core.Split;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Timeframe;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real minutes around Apple's split of 2014-06-09, seven for one. */
class RecordedSplitTest {
  private static final TimeRange RANGE = days("2014-06-05", "2014-06-09");

  @Test
  void theSplitLeavesNoStepInAdjustedPrices(@TempDir Path root) throws IOException {
    Path data = marketData();
    var clock = new Samples.TestClock("2014-07-03T16:00:00Z");
    ListReference reference = new ListReference();
    readSplits(data, reference);
    Bars recorded = minutes(data);
    ListSource upstream = new ListSource(clock).put(recorded);
    try (BarStore store = BarStore.open(root, upstream, reference, clock, Samples.CALENDAR)) {
      assertThat(store.bars(BarRequest.raw(AAPL, Timeframe.MINUTE_1, RANGE)).bars())
          .isEqualTo(recorded);
      upstream.clear();

      // As known before Apple's next split, of 2020.
      LocalDate asOf = LocalDate.parse("2014-07-03");
      Bars adjusted =
          store
              .bars(new BarRequest(AAPL, Timeframe.MINUTE_1, RANGE, Adjustment.SPLIT, asOf, true))
              .bars();
      assertThat(upstream.requests()).isEmpty();
      int monday = adjusted.indexAtOrAfter(days("2014-06-09", "2014-06-09").start().toEpochMilli());
      // Closes, since the first print of that Monday was still an old price.
      assertThat(recorded.close(monday) / recorded.close(monday - 1))
          .isCloseTo(1 / 7.0, within(0.02));
      assertThat(adjusted.close(monday) / adjusted.close(monday - 1)).isCloseTo(1, within(0.02));
      assertThat(adjusted.slice(monday, adjusted.size()))
          .isEqualTo(recorded.slice(monday, recorded.size()));
    }
  }

  private static void readSplits(Path data, ListReference reference) throws IOException {
    for (String line : Files.readAllLines(data.resolve("splits.csv"))) {
      String[] fields = line.split(",", -1);
      if (fields[0].equals("AAPL")) {
        reference.splits.add(
            new Split(
                AAPL,
                LocalDate.parse(fields[1]),
                Double.parseDouble(fields[2]),
                Double.parseDouble(fields[3])));
      }
    }
  }

  private static Bars minutes(Path data) throws IOException {
    BarsBuilder bars = Bars.builder(AAPL, Timeframe.MINUTE_1);
    for (String day : List.of("2014-06-05", "2014-06-06", "2014-06-09")) {
      Path file = data.resolve("flatfiles/us_stocks_sip/minute_aggs_v1/2014/06/" + day + ".csv.gz");
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(
                  new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
        lines.lines().map(line -> line.split(",", -1)).forEach(fields -> add(bars, fields));
      }
    }
    return bars.build();
  }

  /** ticker,volume,open,close,high,low,window_start,transactions. */
  private static void add(BarsBuilder bars, String[] fields) {
    if (fields[0].equals("AAPL")) {
      bars.add(
          Long.parseLong(fields[6]) / 1_000_000,
          Double.parseDouble(fields[2]),
          Double.parseDouble(fields[4]),
          Double.parseDouble(fields[5]),
          Double.parseDouble(fields[3]),
          Double.parseDouble(fields[1]),
          Double.NaN,
          fields[7].isEmpty() ? -1 : Long.parseLong(fields[7]));
    }
  }

  static Path marketData() {
    Path start = Path.of(System.getProperty("polygon.root", ".")).toAbsolutePath().normalize();
    for (@Nullable Path folder = start; folder != null; folder = folder.getParent()) {
      Path data = folder.resolve("../shared/market-data").normalize();
      if (Files.isDirectory(data)) {
        return data;
      }
    }
    String named = System.getenv("POLYGON_MARKET_DATA");
    if (named != null && Files.isDirectory(Path.of(named))) {
      return Path.of(named);
    }
    return Assumptions.abort("no market data at ../shared/market-data of " + start);
  }
}
