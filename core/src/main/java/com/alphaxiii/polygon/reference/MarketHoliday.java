package com.alphaxiii.polygon.reference;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * A coming day on which an exchange is closed or closes early.
 *
 * @param exchange such as NYSE
 * @param day New York day
 * @param status the vendor's word: closed or early-close
 * @param open of the regular session, when there is one
 * @param close of the regular session, when there is one
 */
public record MarketHoliday(
    String exchange,
    String name,
    LocalDate day,
    String status,
    Optional<Instant> open,
    Optional<Instant> close) {}
