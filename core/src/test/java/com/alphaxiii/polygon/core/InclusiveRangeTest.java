package com.alphaxiii.polygon.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InclusiveRangeTest {
  @ParameterizedTest
  @CsvSource({
    "2014-06-05, 2014-06-05, 2014-06-05T04:00:00Z/2014-06-06T04:00:00Z",
    // The day on which clocks go forward has 23 hours.
    "2014-03-09, 2014-03-09, 2014-03-09T05:00:00Z/2014-03-10T04:00:00Z",
    "2014-06-05T13:30:00Z, 2014-06-05T14:00:00Z, 2014-06-05T13:30:00Z/2014-06-05T14:00:00.001Z",
    "2014-06-05T09:30:00-04:00, 2014-06-05, 2014-06-05T13:30:00Z/2014-06-06T04:00:00Z",
    "2014-06-05 09:30, 2014-06-05T10:00, 2014-06-05T13:30:00Z/2014-06-05T14:00:00.001Z",
  })
  void includesBothEnds(String start, String end, String range) {
    assertThat(InclusiveRange.parse(start, end, Market.NEW_YORK)).hasToString(range);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "yesterday", "2014-02-30", "2014-6-5", "20140605", "2014-06-05T25:00"})
  void namesTheFieldAtFault(String text) {
    assertThatThrownBy(() -> InclusiveRange.parse("2014-06-05", text, Market.NEW_YORK))
        .isInstanceOfSatisfying(
            PolygonException.InvalidRequest.class,
            e -> {
              assertThat(e.field()).hasValue("end_date");
              assertThat(e.value()).hasValue(text);
            });
  }

  @Test
  void refusesARangeTurnedRound() {
    assertThatThrownBy(() -> InclusiveRange.parse("2014-06-06", "2014-06-05", Market.NEW_YORK))
        .hasMessageContaining("before it starts");
  }
}
