package com.alphaxiii.polygon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alphaxiii.polygon.client.StreamConfig;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Settings;
import com.alphaxiii.polygon.core.Tier;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PolygonConfigTest {
  @Test
  void hasTheDocumentedDefaults() {
    PolygonConfig config = PolygonConfig.builder().apiKey("abcdefghijkl").build();
    assertThat(config.tier()).isEqualTo(Tier.ADVANCED);
    assertThat(config.baseUrl()).hasToString("https://api.massive.com");
    assertThat(config.streamUrl()).hasToString("wss://socket.massive.com");
    assertThat(config.cacheDir()).isEqualTo(Path.of("polygon_cache"));
    assertThat(config.toString()).contains("****ijkl").doesNotContain("abcdefgh");
  }

  @Test
  void thePlanDecidesTheStreamUnlessSaidOtherwise() {
    assertThat(from(Map.of("POLYGON_API_KEY", "k", "POLYGON_TIER", "starter")).streamUrl())
        .hasToString("wss://delayed.massive.com");
    assertThat(
            from(Map.of(
                    "MASSIVE_API_KEY", "k",
                    "POLYGON_TIER", "starter",
                    "POLYGON_STREAM_URL", "ws://127.0.0.1:9"))
                .streamUrl())
        .isEqualTo(URI.create("ws://127.0.0.1:9"));
  }

  @Test
  void currenciesAreNeverDelayed() {
    StreamConfig delayed = from(Map.of("POLYGON_API_KEY", "k", "POLYGON_TIER", "starter")).stream();
    assertThat(delayed.base()).hasToString("wss://delayed.massive.com");
    assertThat(delayed.addresses())
        .containsOnly(
            Map.entry(Market.FOREX, URI.create("wss://socket.massive.com/forex")),
            Map.entry(Market.CRYPTO, URI.create("wss://socket.massive.com/crypto")));
    StreamConfig business =
        from(Map.of("POLYGON_API_KEY", "k", "POLYGON_TIER", "business")).stream();
    assertThat(business.base()).hasToString("wss://delayed-business.massive.com");
    assertThat(business.addresses())
        .containsEntry(Market.CRYPTO, URI.create("wss://business.massive.com/crypto"));
    for (String own : List.of("wss://socket.massive.com", "ws://delayed.example")) {
      assertThat(
              from(Map.of("POLYGON_API_KEY", "k", "POLYGON_STREAM_URL", own)).stream().addresses())
          .isEmpty();
    }
  }

  @Test
  void theStreamGoesThroughAProxyOnlyIfToldTo() {
    assertThat(from(Map.of("POLYGON_API_KEY", "k")).stream().proxy()).isEmpty();
    assertThat(
            from(Map.of("POLYGON_API_KEY", "k", "POLYGON_STREAM_PROXY", "socks5://localhost:1080"))
                .stream()
                .proxy())
        .contains(URI.create("socks5://localhost:1080"));
    assertThatThrownBy(
            () -> from(Map.of("POLYGON_API_KEY", "k", "POLYGON_STREAM_PROXY", "ftp://x:1")))
        .hasMessageContaining("POLYGON_STREAM_PROXY")
        .hasMessageContaining("http or socks5");
  }

  @Test
  void namesEveryProblemAtOnceAndNoSecret() {
    assertThatThrownBy(
            () ->
                from(
                    Map.of(
                        "POLYGON_TIER", "gold",
                        "POLYGON_BASE_URL", "https://user:secret@host",
                        "POLYGON_STREAM_URL", "http://host")))
        .isInstanceOf(PolygonException.InvalidRequest.class)
        .hasMessageContaining("POLYGON_API_KEY not found")
        .hasMessageContaining("POLYGON_TIER")
        .hasMessageContaining("POLYGON_BASE_URL")
        .hasMessageContaining("POLYGON_STREAM_URL")
        .hasMessageNotContaining("secret");
  }

  @Test
  void aKeyIsNeeded() {
    assertThatThrownBy(() -> PolygonConfig.builder().build()).hasMessageContaining("API key");
  }

  private static PolygonConfig from(Map<String, String> values) {
    return PolygonConfig.from(Settings.of(values));
  }

  @Test
  void theCachesSizeTakesASuffix() {
    for (Map.Entry<String, Long> size :
        Map.of(
                "500000000000",
                500_000_000_000L,
                "7K",
                7L << 10,
                "500M",
                500L << 20,
                "20G",
                20L << 30)
            .entrySet()) {
      PolygonConfig config =
          PolygonConfig.from(
              Settings.of(Map.of("POLYGON_API_KEY", "key", "CACHE_MAX_BYTES", size.getKey())));
      assertThat(config.cacheMaxBytes()).hasValue(size.getValue());
    }
    for (String size :
        new String[] {"0", "-1", "5X", "many", "99999999999999999999", "9999999999T"}) {
      assertThatThrownBy(
              () ->
                  PolygonConfig.from(
                      Settings.of(Map.of("POLYGON_API_KEY", "key", "CACHE_MAX_BYTES", size))))
          .as(size)
          .hasMessageContaining("CACHE_MAX_BYTES")
          .hasMessageContaining("500M");
    }
  }
}
