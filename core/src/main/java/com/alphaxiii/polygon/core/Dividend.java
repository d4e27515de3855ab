package com.alphaxiii.polygon.core;

import java.time.LocalDate;

/**
 * A cash dividend.
 *
 * @param exDate first New York day on which a buyer no longer receives it
 * @param cash amount a share as declared, unadjusted, in {@code currency}
 */
public record Dividend(Ticker ticker, LocalDate exDate, double cash, String currency) {}
