package com.alphaxiii.polygon.core;

import java.time.LocalDate;

/**
 * The bar of one day of one of many tickers.
 *
 * @param day in the zone of the ticker's market: New York, or UTC for crypto
 * @param bar starts with the day, as day bars of a range do, though the vendor stamps these with
 *     the close of the session
 * @param otc true for a ticker traded over the counter
 */
public record DayBar(Ticker ticker, LocalDate day, Bar bar, boolean otc) {}
