package com.alphaxiii.polygon.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BaseUrlTest {
  @ParameterizedTest
  @CsvSource({
    "https://api.massive.com, https://api.massive.com/v3/x?cursor=a,"
        + " https://api.massive.com/v3/x?cursor=a",
    "https://api.massive.com, https://api.massive.com:443/v3/x?cursor=a,"
        + " https://api.massive.com/v3/x?cursor=a",
    "https://api.massive.com, https://api.polygon.io/v3/x?cursor=a,"
        + " https://api.massive.com/v3/x?cursor=a",
    "https://api.polygon.io, https://api.massive.com:443/v3/x, https://api.polygon.io/v3/x",
    "https://API.Polygon.io, HTTPS://api.massive.com/v3/x, https://API.Polygon.io/v3/x",
    "http://127.0.0.1:8300, http://127.0.0.1:8300/v3/x?a=%2F&apiKey=k&b=2,"
        + " http://127.0.0.1:8300/v3/x?a=%2F&b=2"
  })
  void whatIsTheSameDoorIsFollowed(String base, String next, String followed) {
    assertThat(new BaseUrl(URI.create(base)).following(next)).contains(URI.create(followed));
  }

  @ParameterizedTest
  @CsvSource({
    "https://api.massive.com, http://api.polygon.io/v3/x",
    "https://api.massive.com, https://api.polygon.io:8443/v3/x",
    "https://api.massive.com, https://files.massive.com/v3/x",
    "https://api.massive.com, https://api.massive.com.evil.example/v3/x",
    "https://api.massive.com, https://api.polygon.io@evil.example/v3/x",
    "https://proxy.example, https://api.polygon.io/v3/x",
    "http://api.massive.com, http://api.polygon.io/v3/x",
    "http://127.0.0.1:8300, http://localhost:8300/v3/x"
  })
  void anyOtherIsNot(String base, String next) {
    assertThat(new BaseUrl(URI.create(base)).following(next)).isEmpty();
  }
}
