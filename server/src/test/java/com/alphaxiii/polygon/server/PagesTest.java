package com.alphaxiii.polygon.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.Secret;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PagesTest {
  private static final Pattern LINK = Pattern.compile("(?:src|href)=\"([^\"]+)\"");

  @Test
  void pagesAndAllThatTheyLoadComeFromThisServer() {
    try (TestServer server = TestServer.start()) {
      for (String page : List.of("/", "/docs")) {
        HttpResponse<String> response = server.get(page);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type"))
            .contains("text/html; charset=utf-8");
        assertThat(response.headers().firstValue("Content-Security-Policy"))
            .hasValueSatisfying(policy -> assertThat(policy).contains("default-src 'none'"));
        assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        Matcher link = LINK.matcher(response.body());
        int links = 0;
        while (link.find()) {
          assertThat(link.group(1)).startsWith("/").doesNotStartWith("//");
          HttpResponse<String> loaded = server.get(link.group(1));
          assertThat(loaded.statusCode()).as(link.group(1)).isEqualTo(200);
          assertThat(loaded.body()).isNotBlank();
          links++;
        }
        assertThat(links).isGreaterThan(1);
      }
    }
  }

  @Test
  void onlyKnownFilesAreGivenOut() {
    try (TestServer server = TestServer.start()) {
      for (String path :
          List.of(
              "/assets/openapi.json",
              "/assets/..%2fopenapi.json",
              "/assets/%2e%2e%2f%2e%2e%2fApi.class",
              "/docs/swagger-ui.js",
              "/docs/..%2f..%2fMETA-INF%2fMANIFEST.MF")) {
        assertThat(server.get(path).statusCode()).as(path).isEqualTo(404);
      }
    }
  }

  @Test
  void pagesAreShownToAnyoneAndDataIsNot() {
    try (TestServer server =
        TestServer.start(config -> config.withTokens(Map.of("desk", new Secret("desk-token"))))) {
      for (String open : List.of("/", "/docs", "/assets/dashboard.js", "/docs/swagger-ui.css")) {
        assertThat(server.get(open).statusCode()).as(open).isEqualTo(200);
      }
      for (String closed : List.of("/health", "/metrics", "/api/v1/rate-limit", "/openapi.json")) {
        assertThat(server.get(closed).statusCode()).as(closed).isEqualTo(401);
      }
    }
  }
}
