package com.alphaxiii.polygon;

import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Timeframe;
import java.time.LocalDate;
import java.util.List;

/**
 * History of many symbols that is to be in the cache.
 *
 * @param symbols each once, in this order; one that cannot be a ticker is reported, and costs no
 *     other
 * @param timeframe the raw bars that it is made of are stored
 * @param from first day, in the zone of each symbol's market
 * @param to last day, included
 */
public record BackfillRequest(
    List<String> symbols, Timeframe timeframe, LocalDate from, LocalDate to) {
  /**
   * Throws {@link PolygonException.InvalidRequest} when there is no symbol, the days are the wrong
   * way round, or the timeframe is not made of stored bars.
   */
  public BackfillRequest {
    symbols = symbols.stream().distinct().toList();
    if (symbols.isEmpty()) {
      throw new PolygonException.InvalidRequest("symbols", "", "a backfill needs a symbol");
    }
    if (to.isBefore(from)) {
      throw new PolygonException.InvalidRequest(
          "to", to.toString(), "the last day (%s) lies before the first (%s)".formatted(to, from));
    }
    if (timeframe.base().isEmpty()) {
      throw new PolygonException.InvalidRequest(
          "timeframe",
          timeframe.toString(),
          "%s bars are not cached, since they cannot be made of second, minute or day bars: use one that divides the hour or the day, such as 5min"
              .formatted(timeframe));
    }
  }
}
