package com.alphaxiii.polygon.snapshot;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The last minute in which anything happened.
 *
 * @param start start of the minute; absent in the forms that do not tell
 * @param volume shares, contracts or coins of the minute; of forex the number of quotes
 * @param vwap volume-weighted average price of the minute
 * @param transactions trades of the minute
 * @param accumulatedVolume volume of the day up to then
 */
public record MinuteFigures(
    Optional<Instant> start,
    OptionalDouble open,
    OptionalDouble high,
    OptionalDouble low,
    OptionalDouble close,
    OptionalDouble volume,
    OptionalDouble vwap,
    OptionalLong transactions,
    OptionalDouble accumulatedVolume) {}
