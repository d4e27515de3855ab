package com.alphaxiii.polygon.snapshot;

import java.util.OptionalDouble;

/**
 * A day of one ticker, until now or whole.
 *
 * @param volume shares, contracts or coins; of forex the number of quotes
 * @param vwap volume-weighted average price; not of forex and indices
 * @param previousClose of the day before
 * @param price the latest of the day
 * @param early change in the session before the regular one
 * @param regular change in the regular session
 * @param late change in the session after it
 */
public record DayFigures(
    OptionalDouble open,
    OptionalDouble high,
    OptionalDouble low,
    OptionalDouble close,
    OptionalDouble volume,
    OptionalDouble vwap,
    OptionalDouble previousClose,
    OptionalDouble price,
    Change early,
    Change regular,
    Change late) {}
