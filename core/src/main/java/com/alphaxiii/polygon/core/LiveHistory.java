package com.alphaxiii.polygon.core;

/**
 * Where what a stream missed a moment ago is asked for: the vendor itself, past any cache, since
 * what is kept of the present may lack the last seconds. Both are safe for many threads.
 */
public record LiveHistory(TickSource ticks, BarSource bars) {}
