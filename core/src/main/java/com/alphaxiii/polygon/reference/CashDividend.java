package com.alphaxiii.polygon.reference;

import com.alphaxiii.polygon.core.Dividend;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A cash dividend with its dates, all New York days.
 *
 * @param type the vendor's code: CD regular, SC special, LT and ST long- and short-term capital
 *     gain
 * @param frequency times a year; 0 for a single one
 * @param declared when it was announced
 * @param record whose holders receive it
 * @param paid when they receive it
 */
public record CashDividend(
    Dividend dividend,
    Optional<String> id,
    Optional<String> type,
    OptionalInt frequency,
    Optional<LocalDate> declared,
    Optional<LocalDate> record,
    Optional<LocalDate> paid) {}
