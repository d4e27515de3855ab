package com.alphaxiii.polygon.core;

import java.time.Instant;

/**
 * A value of the moving average convergence/divergence.
 *
 * @param at start of the bar that it takes in last; whole milliseconds
 * @param value the short average less the long one, in the ticker's currency
 * @param signal the average of {@code value}
 * @param histogram {@code value} less {@code signal}
 */
public record MacdValue(Instant at, double value, double signal, double histogram) {}
