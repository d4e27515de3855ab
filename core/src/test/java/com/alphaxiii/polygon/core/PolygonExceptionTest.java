package com.alphaxiii.polygon.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PolygonExceptionTest {
  private static final List<PolygonException> ALL =
      List.of(
          new PolygonException.Unauthorized("m", "id"),
          new PolygonException.NotEntitled("m", "id"),
          new PolygonException.NotYetAvailable("m", "id"),
          new PolygonException.InvalidRequest("m", "id"),
          new PolygonException.NotFound("m", "id"),
          new PolygonException.RateLimited("m", "id", Duration.ofSeconds(3)),
          new PolygonException.Unavailable("m", "id", new IOException("reset")),
          new PolygonException.BadData("m", "id", null),
          new PolygonException.StorageFailure("m", null));

  @Test
  void onlyWhatMayPassIsRetryable() {
    Map<String, Boolean> retryable =
        ALL.stream()
            .collect(
                Collectors.toMap(e -> e.getClass().getSimpleName(), PolygonException::retryable));
    assertThat(retryable)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "Unauthorized", false,
                "NotEntitled", false,
                "NotYetAvailable", false,
                "InvalidRequest", false,
                "NotFound", false,
                "RateLimited", true,
                "Unavailable", true,
                "BadData", true,
                "StorageFailure", false));
  }

  @Test
  void everyTypeIsNamedHere() {
    assertThat(ALL.stream().<Class<?>>map(PolygonException::getClass))
        .containsExactlyInAnyOrder(PolygonException.class.getPermittedSubclasses());
  }

  @Test
  void keepsTheIdOfTheRequestAndTheMessage() {
    for (PolygonException e : ALL) {
      assertThat(e).hasMessage("m");
      boolean local = e instanceof PolygonException.StorageFailure;
      assertThat(e.requestId().isPresent()).isEqualTo(!local);
    }
    assertThat(new PolygonException.BadData("m").requestId()).isEmpty();
  }

  @Test
  void keepsWhatTheCallerNeeds() {
    var limited = new PolygonException.RateLimited("m", null, Duration.ofSeconds(3));
    assertThat(limited.retryAfter()).hasValue(Duration.ofSeconds(3));
    var invalid = new PolygonException.InvalidRequest("symbol", "?", "m");
    assertThat(invalid.field()).hasValue("symbol");
    assertThat(invalid.value()).hasValue("?");
    assertThat(new PolygonException.InvalidRequest("m", "id").field()).isEmpty();
    assertThat(ALL.get(6)).hasCauseInstanceOf(IOException.class);
  }
}
