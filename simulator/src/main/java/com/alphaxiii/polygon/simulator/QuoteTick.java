package com.alphaxiii.polygon.simulator;

/** One change of the best bid and offer. Times are Unix ns. */
record QuoteTick(
    String symbol,
    int bidExchange,
    double bidPrice,
    double bidSize,
    int askExchange,
    double askPrice,
    double askSize,
    int[] conditions,
    int[] indicators,
    long sipTime,
    long participantTime,
    int tape,
    long sequence) {}
