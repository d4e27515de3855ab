package com.alphaxiii.polygon.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SymbolApiTest {
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static JsonNode get(String path) {
    HttpResponse<String> response = server.get("/api/v1/" + path);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return TestServer.json(response);
  }

  @Test
  void tellsTheQuoteWithItsExactTime() {
    JsonNode quote = get("quote/AAPL");
    assertThat(quote.get("symbol").asString()).isEqualTo("AAPL");
    assertThat(quote.get("bid_price").asDouble()).isLessThan(quote.get("ask_price").asDouble());
    assertThat(quote.get("timestamp_ns").asString()).hasSize(19);
  }

  @Test
  void tellsTheStateOfAnyMarketAndNullForWhatIsAbsent() {
    JsonNode stock = get("snapshot/AAPL");
    assertThat(stock.get("price").asDouble()).isEqualTo(185.5);
    assertThat(stock.get("name").asString()).isEqualTo("Apple \"Inc.\"");
    assertThat(stock.at("/day/high").asDouble()).isEqualTo(186.5);
    assertThat(stock.at("/day/vwap").isNull()).isTrue();
    assertThat(stock.get("previous_day").isNull()).isTrue();
    assertThat(stock.at("/minute/transactions").intValue()).isEqualTo(12);
    assertThat(stock.at("/last_trade/price").asDouble()).isEqualTo(185.5);

    JsonNode option = get("snapshot/O:AAPL240216C00185000");
    assertThat(option.at("/option/greeks/delta").asDouble()).isEqualTo(0.5);
    assertThat(option.at("/option/greeks/gamma").isNull()).isTrue();
    assertThat(option.at("/option/underlying/symbol").asString()).isEqualTo("AAPL");
  }

  @Test
  void anUnknownSymbolIsNotFoundWhereOneThingWasNamed() {
    for (String path : List.of("quote/NOPE", "snapshot/NOPE")) {
      HttpResponse<String> response = server.get("/api/v1/" + path);
      assertThat(response.statusCode()).as(path).isEqualTo(404);
      assertThat(TestServer.json(response).get("detail").asString()).contains("NOPE");
    }
    assertThat(get("splits/NOPE").get("count").intValue()).isZero();
    assertThat(server.get("/api/v1/splits/!").statusCode()).isEqualTo(422);
  }

  @Test
  void listsSplitsAndDividends() {
    JsonNode splits = get("splits/AAPL");
    assertThat(splits.get("count").intValue()).isEqualTo(2);
    assertThat(splits.at("/splits/0").toString())
        .isEqualTo("{\"execution_date\":\"2014-06-09\",\"split_from\":1,\"split_to\":7}");
    assertThat(get("dividends/AAPL").at("/dividends/0").toString())
        .isEqualTo(
            "{\"ex_dividend_date\":\"2023-11-10\",\"cash_amount\":0.24,\"currency\":\"USD\"}");
  }

  @Test
  void tellsTheSessionAndWhatComesNext() {
    JsonNode market = get("market");
    assertThat(market.get("market").asString()).isEqualTo("open");
    assertThat(market.get("session").asString()).isEqualTo("regular");
    assertThat(market.get("next_close").asString()).isEqualTo("2024-01-26T16:00:00-05:00");
    assertThat(market.get("next_open").asString()).isEqualTo("2024-01-29T09:30:00-05:00");
  }

  @Test
  void listsTradingDaysWithTheirHours() {
    JsonNode calendar = get("calendar?start=2024-11-27&end=2024-12-02");
    assertThat(calendar.get("days").valueStream().map(day -> day.get("date").asString()))
        .containsExactly("2024-11-27", "2024-11-29", "2024-12-02");
    assertThat(calendar.at("/days/1/early_close").asBoolean()).isTrue();
    assertThat(calendar.at("/days/1/close").asString()).isEqualTo("2024-11-29T13:00:00-05:00");

    for (String bad :
        List.of(
            "",
            "?start=2024-01-02",
            "?start=2024-01-02&end=2024-01-01",
            "?start=0001-01-01&end=2024-01-01",
            "?start=1990-01-01&end=2024-01-01",
            "?start=2024-01-02&end=2024-01-03&x=1")) {
      assertThat(server.get("/api/v1/calendar" + bad).statusCode()).as(bad).isEqualTo(422);
    }
  }
}
