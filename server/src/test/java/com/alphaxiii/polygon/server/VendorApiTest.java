package com.alphaxiii.polygon.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.Secret;
import com.alphaxiii.polygon.core.VendorReply;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The vendor's paths: who may ask, what goes on to the vendor, and what comes back. */
class VendorApiTest {
  private static final String TOKEN = "a-token-of-ours";

  private TestServer server = TestServer.start();

  @AfterEach
  void stop() {
    server.close();
  }

  private void withTokens() {
    server.close();
    server = TestServer.start(config -> config.withTokens(Map.of("tests", new Secret(TOKEN))));
  }

  @Test
  void whatTheCacheDoesNotHoldGoesToTheVendorWithoutWhatAuthorises() {
    withTokens();
    HttpResponse<String> answer =
        server.get("/v3/reference/tickers?search=a%26b&apiKey=" + TOKEN + "&limit=3&token=x");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"status\":\"OK\"}");
    assertThat(server.asked).containsExactly("/v3/reference/tickers?search=a%26b&limit=3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Authorization: Bearer " + TOKEN, "X-API-Key: " + TOKEN})
  void tokensMayBeHeaders(String header) {
    withTokens();
    String[] parts = header.split(": ", 2);
    assertThat(server.get("/v1/marketstatus/now", parts).statusCode()).isEqualTo(200);
  }

  @Test
  void aStrangerIsRefusedInTheVendorsForm() {
    withTokens();
    HttpResponse<String> answer = server.get("/v1/marketstatus/now?apiKey=another");
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(TestServer.json(answer).get("status").stringValue()).isEqualTo("ERROR");
    assertThat(TestServer.json(answer).get("error").stringValue()).isEqualTo("Unknown API Key");
    assertThat(TestServer.json(answer).get("message").stringValue()).contains("SERVER_TOKENS");
    assertThat(answer.body()).doesNotContain("another");
    assertThat(server.asked).isEmpty();
  }

  @Test
  void linksLeadBackHereAndCarryNoKey() {
    server.reply =
        new VendorReply(
            200,
            "application/json",
            "{\"results\":[{\"homepage_url\":\"https://www.apple.com/\"}],"
                + "\"next_url\":\"https://api.polygon.io/v3/x?cursor=abc&apiKey=secret\",\"url\":\"http://vendor.test/v2\"}",
            "http://vendor.test");
    String body = server.get("/v3/reference/tickers").body();
    assertThat(body)
        .contains("\"next_url\":\"" + server.server.baseUrl() + "/v3/x?cursor=abc&\"")
        .contains("\"url\":\"" + server.server.baseUrl() + "/v2\"")
        .contains("https://www.apple.com/")
        .doesNotContain("secret");
  }

  @Test
  void theVendorsErrorsPassButItsRefusalOfOurKeyIsOurs() {
    server.reply =
        new VendorReply(
            404, "application/json", "{\"status\":\"NOT_FOUND\"}", "http://vendor.test");
    HttpResponse<String> unknown = server.get("/v3/reference/tickers/NOPE");
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(unknown.body()).isEqualTo("{\"status\":\"NOT_FOUND\"}");
    server.reply = new VendorReply(401, "application/json", "{}", "http://vendor.test");
    HttpResponse<String> refused = server.get("/v3/reference/tickers/NOPE");
    assertThat(refused.statusCode()).isEqualTo(502);
    assertThat(refused.body()).contains("POLYGON_API_KEY");
  }

  @Test
  void anOldAnswerOfAVendorOutOfReachSaysHowOldItIs() {
    String path = "/v3/reference/exchanges";
    assertThat(server.get(path).headers().firstValue("X-Stale-Since")).isEmpty();
    server.reply =
        new VendorReply(
            200, "application/json", "{}", "http://vendor.test", Optional.of(TestServer.NOW));
    assertThat(server.get(path).headers().firstValue("X-Stale-Since"))
        .contains("2024-01-26T16:00:00.012Z");
  }

  @Test
  void barsComeFromTheCacheInPagesThatJoin() {
    String path = "/v2/aggs/ticker/AAPL/range/5/minute/2024-01-02/2024-01-02";
    var whole = TestServer.json(server.get(path + "?limit=50000&adjusted=false"));
    assertThat(server.asked).isEmpty();
    assertThat(whole.get("status").stringValue()).isEqualTo("OK");
    assertThat(whole.get("resultsCount").intValue()).isPositive();
    assertThat(whole.has("next_url")).isFalse();
    for (String sort : List.of("asc", "desc")) {
      var joined = new ArrayList<String>();
      int pages = 0;
      String next = path + "?limit=33&adjusted=false&sort=" + sort;
      while (next != null) {
        var page =
            TestServer.json(server.get(next.replace(server.server.baseUrl().toString(), "")));
        page.get("results").forEach(bar -> joined.add(bar.toString()));
        next = page.has("next_url") ? page.get("next_url").stringValue() : null;
        pages++;
      }
      var expected = new ArrayList<String>();
      whole.get("results").forEach(bar -> expected.add(bar.toString()));
      assertThat(sort.equals("asc") ? joined : joined.reversed()).isEqualTo(expected);
      assertThat(pages).isGreaterThan(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "range/7/minute/2024-01-02/2024-01-02",
        "range/1/fortnight/2024-01-02/2024-01-02",
        "range/1/minute/2024-01-05/2024-01-02",
        "range/1/minute/2024-13-02/2024-01-02",
        "range/1/minute/2024-01-02/2024-01-02?limit=50001",
        "range/1/minute/2024-01-02/2024-01-02?sort=up",
        "range/1/minute/2024-01-02/2024-01-02?unknown=1",
        "range/99999999999/minute/2024-01-02/2024-01-02",
      })
  void whatIsUnusualAboutAQuestionForBarsTheVendorAnswers(String rest) {
    String path = "/v2/aggs/ticker/AAPL/" + rest;
    assertThat(server.get(path).statusCode()).isEqualTo(200);
    assertThat(server.asked).containsExactly(path);
  }

  @Test
  void otherMethodsAndPathsAreNotTheVendors() {
    assertThat(server.post("/v1/marketstatus/now", "{}").statusCode()).isEqualTo(404);
    assertThat(server.get("/v9/nothing").statusCode()).isEqualTo(404);
    assertThat(server.asked).isEmpty();
  }
}
