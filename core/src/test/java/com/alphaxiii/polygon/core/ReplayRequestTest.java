package com.alphaxiii.polygon.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayRequestTest {
  @Test
  void readsDaysAndTimesInNewYorkAndInstants() {
    Instant morning = Instant.parse("2013-10-08T13:30:00Z");
    assertThat(ReplayRequest.time("replay", "2013-10-08T09:30")).isEqualTo(morning);
    assertThat(ReplayRequest.time("replay", "2013-10-08T13:30:00Z")).isEqualTo(morning);
    assertThat(ReplayRequest.time("replay", "2013-10-08T15:30:00 02:00")).isEqualTo(morning);
    assertThat(ReplayRequest.time("replay", "2013-10-08T09:30:00-04:00")).isEqualTo(morning);
    assertThat(ReplayRequest.time("replay", "2013-10-08"))
        .isEqualTo(Instant.parse("2013-10-08T04:00:00Z"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "now", "today", "9:30", "2013-10-8", "1066-10-14", "2013-10-08T25:00"})
  void refusesAnythingElseAsItWasWritten(String text) {
    assertThatThrownBy(() -> ReplayRequest.time("replay", text))
        .isInstanceOf(PolygonException.InvalidRequest.class)
        .hasMessageStartingWith("'%s' is not a time: write".formatted(text));
  }
}
