package com.alphaxiii.polygon.core;

import java.time.Instant;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * One row of {@link Bars}: prices and volume of the trades in a window.
 *
 * @param start start of the window, whole milliseconds
 * @param volume shares; fractional since 2026 and when adjusted
 * @param vwap volume-weighted average price; absent where the source has none (flat files)
 * @param transactions number of trades; absent where the source has none
 */
public record Bar(
    Instant start,
    double open,
    double high,
    double low,
    double close,
    double volume,
    OptionalDouble vwap,
    OptionalLong transactions) {}
