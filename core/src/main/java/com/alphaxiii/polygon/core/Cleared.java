package com.alphaxiii.polygon.core;

/**
 * What was removed from the cache.
 *
 * @param symbols tickers of which something was removed
 * @param parts files removed
 * @param bytes that became free
 */
public record Cleared(long symbols, long parts, long bytes) {}
