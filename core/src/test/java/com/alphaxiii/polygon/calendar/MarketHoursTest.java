package com.alphaxiii.polygon.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.Market;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarketHoursTest {
  private final MarketHours hours = MarketHours.usual();

  @ParameterizedTest
  @CsvSource({
    // Wednesday, New York
    "STOCKS,2024-03-13T03:59,CLOSED",
    "STOCKS,2024-03-13T04:00,EXTENDED",
    "STOCKS,2024-03-13T09:30,OPEN",
    "STOCKS,2024-03-13T16:00,EXTENDED",
    "STOCKS,2024-03-13T20:00,CLOSED",
    "OPTIONS,2024-03-13T09:29,CLOSED",
    "OPTIONS,2024-03-13T09:30,OPEN",
    "INDICES,2024-03-13T16:00,CLOSED",
    "OPTIONS,2024-07-03T13:00,CLOSED",
    "STOCKS,2024-12-25T10:00,CLOSED",
    "CRYPTO,2024-12-25T03:00,OPEN",
    // Friday to Sunday
    "FOREX,2024-03-15T16:59,OPEN",
    "FOREX,2024-03-15T17:00,CLOSED",
    "FOREX,2024-03-16T12:00,CLOSED",
    "FOREX,2024-03-17T16:59,CLOSED",
    "FOREX,2024-03-17T17:00,OPEN",
    "FOREX,2024-03-13T03:00,OPEN",
    "FOREX,2024-12-25T03:00,CLOSED",
    "FOREX,2025-01-01T03:00,CLOSED",
  })
  void inNewYorkTime(Market market, LocalDateTime local, MarketPhase phase) {
    assertThat(hours.phase(market, at(local, Market.NEW_YORK))).isEqualTo(phase);
  }

  @ParameterizedTest
  @CsvSource({
    "2024-03-15T15:59,OPEN",
    "2024-03-15T16:00,CLOSED",
    "2024-03-15T17:00,CLOSED",
    "2024-03-16T12:00,CLOSED",
    "2024-03-17T16:59,CLOSED",
    "2024-03-17T17:00,OPEN",
    "2024-03-18T16:30,CLOSED",
    "2024-03-18T17:00,OPEN",
    // The eve, and the day, of a day without equities
    "2024-12-24T18:00,CLOSED",
    "2024-12-25T10:00,CLOSED",
    "2024-12-25T17:00,OPEN",
  })
  void ofFuturesInChicagoTime(LocalDateTime local, MarketPhase phase) {
    assertThat(hours.phase(Market.FUTURES, at(local, Market.CHICAGO))).isEqualTo(phase);
  }

  private static Instant at(LocalDateTime local, ZoneId zone) {
    return local.atZone(zone).toInstant();
  }
}
