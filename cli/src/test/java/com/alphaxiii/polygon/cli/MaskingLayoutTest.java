package com.alphaxiii.polygon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskingLayoutTest {
  @Test
  void masksAKnownSecretWhereverItStands() {
    MaskingLayout.mask(new Secret("zq81-known-secret-77"));
    assertThat(MaskingLayout.masked("GET /x?y=zq81-known-secret-77&z (zq81-known-secret-77)"))
        .isEqualTo("GET /x?y=****t-77&z (****t-77)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET https://host/v2/aggs?apiKey=abcDEF123456&limit=5",
        "Authorization: Bearer abcDEF123456",
        "ws://host/ws/me?token=abcDEF123456",
        "X-API-Key: abcDEF123456"
      })
  void masksWhatStandsWhereKeysStand(String line) {
    assertThat(MaskingLayout.masked(line)).contains("****").doesNotContain("abcDEF");
  }

  @Test
  void leavesOtherWordsAlone() {
    String line = "AAPL 1min bars 2014-06-05/2014-06-09, page 2, subscribed to T.AAPL";
    assertThat(MaskingLayout.masked(line)).isEqualTo(line);
  }
}
