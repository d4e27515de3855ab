package com.alphaxiii.polygon.core;

import java.time.Instant;

/**
 * A value of a moving average or of the relative strength index.
 *
 * @param at start of the bar that it takes in last; whole milliseconds
 * @param value a price in the ticker's currency, or for RSI a number from 0 to 100
 */
public record IndicatorValue(Instant at, double value) {}
