package com.alphaxiii.polygon.store;

/**
 * What compacting brought.
 *
 * @param parts files that were written anew; their rows are the same
 * @param before size of these files before, in bytes
 * @param after their size now
 * @param catalogBefore size of the catalog before, in bytes
 * @param catalogAfter its size now; unchanged when other programs were writing
 */
public record Compacted(
    long parts, long before, long after, long catalogBefore, long catalogAfter) {}
