package com.alphaxiii.polygon.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Secret;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamConfigTest {
  private static final Secret KEY = new Secret("a-secret-key-1234");
  private static final URI BASE = URI.create("wss://socket.massive.com");

  @ParameterizedTest
  @CsvSource({
    "wss://socket.massive.com,wss://socket.massive.com/stocks",
    "wss://socket.massive.com/,wss://socket.massive.com/stocks",
    "ws://127.0.0.1:8080,ws://127.0.0.1:8080/stocks",
    "ws://127.0.0.1:8080/feed,ws://127.0.0.1:8080/feed/stocks"
  })
  void appendsTheMarket(URI base, URI address) {
    assertThat(StreamConfig.of(base, KEY).address(Market.STOCKS)).isEqualTo(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://socket.massive.com",
        "socket.massive.com",
        "wss:/stocks",
        "wss://user@host",
        "wss://host?apiKey=x",
        "wss://host#x"
      })
  void refusesOtherAddresses(String base) {
    assertThatThrownBy(() -> StreamConfig.of(URI.create(base), KEY))
        .isInstanceOf(PolygonException.InvalidRequest.class)
        .hasMessageContaining("base");
  }

  @Test
  void refusesImpossibleSettings() {
    assertRefused("silence", builder().staleness(Duration.ofSeconds(30), Duration.ofSeconds(30)));
    assertRefused("pingInterval", builder().staleness(Duration.ZERO, Duration.ofSeconds(30)));
    assertRefused("maxBackoff", builder().backoff(Duration.ofSeconds(3), Duration.ofSeconds(2)));
    assertRefused("firstBackoff", builder().backoff(Duration.ZERO, Duration.ofSeconds(2)));
    assertRefused("crowdedBackoff", builder().crowdedBackoff(Duration.ofSeconds(-1)));
    assertRefused("connectTimeout", builder().connectTimeout(Duration.ZERO));
    assertRefused("connectTimeout", builder().connectTimeout(Duration.ofDays(25)));
    assertRefused("confirmTimeout", builder().confirmTimeout(Duration.ZERO));
    assertRefused("proxy", builder().proxy(URI.create("ftp://proxy:21")));
    assertRefused("quiet", builder().quiet(Duration.ZERO));
    assertRefused("addresses", builder().address(Market.CRYPTO, URI.create("https://host/crypto")));
    assertThatThrownBy(() -> builder().futuresOf("lse"))
        .isInstanceOf(PolygonException.InvalidRequest.class)
        .hasMessageContaining("'lse'");
  }

  @Test
  void everyMarketHasItsAddress() {
    StreamConfig config =
        builder()
            .address(Market.FOREX, URI.create("wss://fx.example/forex"))
            .futuresOf("cbot")
            .build();
    assertThat(config.address(Market.CRYPTO)).hasToString("wss://socket.massive.com/crypto");
    assertThat(config.address(Market.FOREX)).hasToString("wss://fx.example/forex");
    assertThat(config.address(Market.FUTURES)).hasToString("wss://socket.massive.com/futures/cbot");
    assertThat(builder().build().address(Market.FUTURES))
        .hasToString("wss://socket.massive.com/futures");
  }

  @Test
  void delayedHostsLagAQuarterOfAnHour() {
    assertThat(builder().build().delay(Market.STOCKS)).isZero();
    for (String host : new String[] {"delayed", "Delayed-business"}) {
      URI base = URI.create("wss://" + host + ".massive.com");
      assertThat(StreamConfig.of(base, KEY).delay(Market.STOCKS)).isEqualTo(Duration.ofMinutes(15));
    }
  }

  @Test
  void neverPrintsTheKey() {
    assertThat(StreamConfig.of(BASE, KEY).toString()).doesNotContain("a-secret").contains("****");
  }

  private static StreamConfig.Builder builder() {
    return StreamConfig.builder(BASE, KEY);
  }

  private static void assertRefused(String field, StreamConfig.Builder builder) {
    assertThatThrownBy(builder::build)
        .isInstanceOfSatisfying(
            PolygonException.InvalidRequest.class,
            refusal -> assertThat(refusal.field()).contains(field));
  }
}
