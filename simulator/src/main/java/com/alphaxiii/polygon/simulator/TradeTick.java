package com.alphaxiii.polygon.simulator;

/**
 * One trade as the tape has it. Times are Unix ns.
 *
 * @param conditions the vendor's ids; shared, never written to
 */
record TradeTick(
    String symbol,
    double price,
    double size,
    int[] conditions,
    long sipTime,
    long participantTime,
    int exchange,
    String id,
    int tape,
    long sequence,
    int trfId,
    long trfTime,
    int correction) {}
