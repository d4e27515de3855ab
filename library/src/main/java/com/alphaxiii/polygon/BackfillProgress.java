package com.alphaxiii.polygon;

/**
 * How far a backfill is.
 *
 * @param symbols in all
 * @param symbolsDone finished, well or not
 * @param days calendar days of history that were missing at the start, of all symbols together;
 *     what was in the cache does not count
 * @param daysDone of these, fetched or given up
 * @param bars fetched so far
 */
public record BackfillProgress(int symbols, int symbolsDone, long days, long daysDone, long bars) {}
