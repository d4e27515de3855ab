package com.alphaxiii.polygon.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small recordings of days that the large ones do not hold. */
class RecordingsTest {
  @TempDir private Path folder;

  private void write(String file, String content) throws IOException {
    Path path = folder.resolve("flatfiles/us_stocks_sip").resolve(file);
    Files.createDirectories(path.getParent());
    try (var out = new GZIPOutputStream(Files.newOutputStream(path))) {
      out.write(content.getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void endsADayAtItsEarlyClose() throws Exception {
    write(
        "minute_aggs_v1/2013/11/2013-11-29.csv.gz",
        """
        ticker,volume,open,close,high,low,window_start,transactions
        XYZ,100,10,11,12,9,1385735400000000000,1
        XYZ,200,11,10.5,11,10,1385747940000000000,2
        XYZ,300,20,30,40,1,1385748300000000000,3
        """);
    try (var simulator = Simulator.start(Scenario.builder().data(folder).build());
        var web = new Web(simulator)) {
      assertThat(web.all("/v2/aggs/ticker/XYZ/range/1/day/2013-11-29/2013-11-29"))
          .singleElement()
          .satisfies(
              day ->
                  assertThat(day)
                      .containsEntry("o", 10L)
                      .containsEntry("h", 12L)
                      .containsEntry("l", 9L)
                      .containsEntry("c", 10.5)
                      .containsEntry("v", 600L));
    }
  }

  @Test
  void spellsALargeSizeWithoutAnExponent() throws Exception {
    write(
        "trades_v1/2013/10/2013-10-08.csv.gz",
        """
        ticker,conditions,exchange,id,participant_timestamp,price,sequence_number,sip_timestamp,size
        XYZ,,11,1,1381239000000000000,10.5,1,1381239000000000000,12000000
        """);
    try (var simulator = Simulator.start(Scenario.builder().data(folder).build());
        var web = new Web(simulator)) {
      assertThat(web.all("/v3/trades/XYZ?timestamp=2013-10-08"))
          .singleElement()
          .satisfies(trade -> assertThat(trade).containsEntry("decimal_size", "12000000.0"));
      @SuppressWarnings("unchecked")
      var last = (Map<String, Object>) web.json("/v2/last/trade/XYZ").get("results");
      assertThat(last).containsEntry("ds", "12000000.0").containsEntry("s", 12_000_000L);
    }
  }
}
