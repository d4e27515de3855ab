package com.alphaxiii.polygon.simulator;

/**
 * One page of bars.
 *
 * @param scanned base aggregates that count against the limit
 * @param next where the next page begins (ascending: its first ms, descending: its last), or -1
 */
record AggregatePage(BarColumns bars, int scanned, long next) {}
