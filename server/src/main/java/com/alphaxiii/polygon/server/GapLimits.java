package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.PolygonException;
import java.time.Duration;

/**
 * How much of what the stream missed is fetched afterwards.
 *
 * @param newestFirst which end of a gap is filled where not all of it can be, and which of several
 *     gaps comes first
 * @param events most events of one gap, all topics together; 0 fills none
 * @param longest most of the vendor's time that is filled of one gap
 * @param symbols of a gap of all symbols of a channel so many are filled, those of which most came
 */
public record GapLimits(boolean newestFirst, int events, Duration longest, int symbols) {
  /** The newest 50,000 events of the last hour; of {@code *} a hundred symbols. */
  public static final GapLimits DEFAULT = new GapLimits(true, 50_000, Duration.ofHours(1), 100);

  /** Throws {@link PolygonException.InvalidRequest} naming the setting at fault. */
  public GapLimits {
    if (events < 0) {
      throw new PolygonException.InvalidRequest(
          "GAP_FILL_EVENTS",
          Integer.toString(events),
          "write 0 to fill no gaps, or how many events");
    }
    if (symbols < 0) {
      throw new PolygonException.InvalidRequest(
          "GAP_FILL_SYMBOLS",
          Integer.toString(symbols),
          "write 0 to fill only symbols that clients name, or how many more");
    }
    if (longest.isNegative() || longest.isZero()) {
      throw new PolygonException.InvalidRequest(
          "GAP_FILL_MINUTES", longest.toString(), "at least a minute of a gap can be filled");
    }
  }
}
