package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.Conditions;

/** One change of the best bid and offer. Times are Unix ns. */
record QuoteTick(
    String symbol,
    int bidExchange,
    double bidPrice,
    double bidSize,
    int askExchange,
    double askPrice,
    double askSize,
    Conditions conditions,
    Conditions indicators,
    long sipTime,
    long participantTime,
    int tape,
    long sequence) {}
