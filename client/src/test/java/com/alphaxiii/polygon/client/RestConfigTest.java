package com.alphaxiii.polygon.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Secret;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RestConfigTest {
  private static final Secret KEY = new Secret("abcdefghijklmnop");

  @Test
  void printsWithoutTheKey() {
    assertThat(RestConfig.of(RestConfig.VENDOR, KEY).toString())
        .contains("https://api.massive.com", "****mnop")
        .doesNotContain("abcdefgh");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://api.example",
        "api.example",
        "https:///x",
        "https://api.example?apiKey=abcdefghijklmnop",
        "https://api.example#x",
        "https://me:abcdefghijklmnop@api.example"
      })
  void refusesWhatIsNoPlainAddress(String base) {
    assertThatThrownBy(() -> RestConfig.of(URI.create(base), KEY))
        .isInstanceOf(PolygonException.InvalidRequest.class)
        .message()
        .doesNotContain("abcdefgh");
  }

  @Test
  void refusesImpossibleNumbersAndKeys() {
    assertThatThrownBy(() -> new RestConfig(RestConfig.VENDOR, KEY, Duration.ZERO, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RestConfig(RestConfig.VENDOR, KEY, Duration.ofSeconds(1), 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RestConfig.of(RestConfig.VENDOR, new Secret("two\nlines-of-key")))
        .isInstanceOf(PolygonException.InvalidRequest.class)
        .message()
        .doesNotContain("two");
  }
}
