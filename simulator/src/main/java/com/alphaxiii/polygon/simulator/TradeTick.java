package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.Conditions;

/**
 * One trade as the tape has it. Times are Unix ns.
 *
 * @param conditions the vendor's ids
 */
record TradeTick(
    String symbol,
    double price,
    double size,
    Conditions conditions,
    long sipTime,
    long participantTime,
    int exchange,
    String id,
    int tape,
    long sequence,
    int trfId,
    long trfTime,
    int correction) {}
