package com.alphaxiii.polygon.core;

import java.time.LocalDate;
import java.util.OptionalDouble;

/**
 * A day of a stock, option or index with its sessions.
 *
 * @param day New York day
 * @param volume shares or contracts; absent for indices
 * @param preMarket first price before the regular session; absent when there was none
 * @param afterHours last price after the regular session; absent when there was none
 * @param otc true for a ticker traded over the counter
 */
public record OpenClose(
    Ticker ticker,
    LocalDate day,
    double open,
    double high,
    double low,
    double close,
    OptionalDouble volume,
    OptionalDouble preMarket,
    OptionalDouble afterHours,
    boolean otc) {}
