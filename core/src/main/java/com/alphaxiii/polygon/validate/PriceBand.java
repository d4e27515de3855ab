package com.alphaxiii.polygon.validate;

import com.alphaxiii.polygon.core.TimeRange;

/**
 * Limits within which a ticker had to trade for a while (limit up, limit down).
 *
 * @param range for how long
 * @param lower lowest price allowed
 * @param upper highest price allowed
 */
public record PriceBand(TimeRange range, double lower, double upper) {}
