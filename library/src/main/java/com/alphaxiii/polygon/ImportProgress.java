package com.alphaxiii.polygon;

/**
 * How far an import is.
 *
 * @param files to be imported, in all
 * @param filesDone imported or given up
 * @param rows stored so far
 */
public record ImportProgress(int files, int filesDone, long rows) {}
