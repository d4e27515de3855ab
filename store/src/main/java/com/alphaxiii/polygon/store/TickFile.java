package com.alphaxiii.polygon.store;

import java.nio.file.Path;

/**
 * A day that is stored.
 *
 * @param rows how many ticks it has; 0 = there is no file
 * @param look how the file looks
 */
record TickFile(TickDay day, Path path, long rows, Fingerprint look) {}
