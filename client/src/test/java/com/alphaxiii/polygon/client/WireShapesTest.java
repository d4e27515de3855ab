package com.alphaxiii.polygon.client;

import static com.alphaxiii.polygon.client.ScriptedServer.ok;
import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.CurrencyPair;
import com.alphaxiii.polygon.core.PolygonException.BadData;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.snapshot.NoSnapshot;
import com.alphaxiii.polygon.snapshot.SnapshotItem;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the vendor documents one form and sends another, both are read. */
@Timeout(60)
class WireShapesTest {
  private static Row row(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    return Row.of(Json.document(new ByteArrayInputStream(bytes)), "it");
  }

  @ParameterizedTest
  @CsvSource({
    "\"20240704163000\", 2024-07-04T20:30:00Z",
    "\"20240104163000\", 2024-01-04T21:30:00Z",
    "20240104163000, 2024-01-04T21:30:00Z",
    "\"2024-01-04T16:30:00Z\", 2024-01-04T16:30:00Z"
  })
  void aFilingIsAcceptedByTheClocksOfNewYork(String sent, Instant read) {
    assertThat(WireCompany.report(row("{\"acceptance_datetime\":" + sent + "}")).accepted())
        .contains(read);
  }

  @Test
  void noTimeIsNamed() {
    assertThat(
            Upstream.error(
                BadData.class,
                () -> WireCompany.report(row("{\"acceptance_datetime\":\"20241304163000\"}"))))
        .hasMessageContaining("'acceptance_datetime' that is '20241304163000'");
  }

  @ParameterizedTest
  @CsvSource({"2020-10-09", "2020-10-09T00:00:00.000Z"})
  void theDayOfACryptoPairIsADayOrATime(String sent) {
    LocalDate asked = LocalDate.of(2020, 10, 8);
    assertThat(
            WirePrices.cryptoOpenClose(
                    row("{\"open\":1,\"close\":2,\"day\":\"%s\"}".formatted(sent)),
                    CurrencyPair.parse("BTC-USD"),
                    asked)
                .day())
        .isEqualTo(LocalDate.of(2020, 10, 9));
  }

  @Test
  void aTickerThatTheAnswerPassesOverIsTold() {
    List<Ticker> asked = List.of(Ticker.of("AAPL"), Ticker.of("MSFT"), Ticker.of("XYZ"));
    String answer =
        """
        {"status":"OK","results":[{"ticker":"AAPL","session":{"close":5}},\
        {"ticker":"XYZ","error":"NOT_FOUND","message":"Ticker not found."}]}\
        """;
    try (ScriptedServer server = ScriptedServer.of(ok(answer));
        Upstream upstream = Upstream.of(server)) {
      List<SnapshotItem> items = upstream.client.snapshots().of(asked).values();
      assertThat(items)
          .extracting(SnapshotItem::ticker)
          .containsExactly(Ticker.of("AAPL"), Ticker.of("XYZ"), Ticker.of("MSFT"));
      assertThat(((NoSnapshot) items.getLast()).error()).isEqualTo(NoSnapshot.NOT_SENT);
    }
  }
}
