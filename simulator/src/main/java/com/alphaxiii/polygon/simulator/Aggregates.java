package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.Market;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Answers requests for bars as the vendor does: base aggregates are scanned in the order asked for
 * until the limit, grouped into windows, adjusted for splits. A window that the limit cuts is left
 * to the next page, unless it is the page's first: then it is completed, so that every page gets
 * on.
 */
final class Aggregates {
  private static final LocalTime SESSION_END = LocalTime.of(16, 0);

  private final MarketData data;
  private final InstantSource clock;

  Aggregates(MarketData data, InstantSource clock) {
    this.data = data;
    this.clock = clock;
  }

  AggregatePage page(AggregateQuery query) {
    if (!data.knows(query.symbol())) {
      return new AggregatePage(BarColumns.EMPTY, 0, -1);
    }
    var windows =
        new Windows(
            query.timespan(),
            query.multiplier(),
            AggregateQuery.zone(query.symbol()),
            query.from());
    long start = windows.start();
    long end = windows.endOf(query.to());
    LocalDate first = dayOf(query, start);
    LocalDate last = dayOf(query, end - 1);
    List<Days> portions = new ArrayList<>(data.portions(query.symbol(), query.base(), first, last));
    if (query.descending()) {
      Collections.reverse(portions);
    }
    var splits =
        new Splits(
            query.adjusted() ? data.splits(query.symbol()) : List.of(),
            LocalDate.ofInstant(clock.instant(), Market.NEW_YORK));
    var scan = new PageScan(query, windows, splits);
    for (Days portion : portions) {
      BarColumns bars = data.bars(query.symbol(), query.base(), portion).between(start, end);
      for (int i = 0; i < bars.size(); i++) {
        if (!scan.add(bars, query.descending() ? bars.size() - 1 - i : i)) {
          return scan.page();
        }
      }
    }
    return scan.page();
  }

  /**
   * The newest day bar before the clock's day, stamped with 16:00 New York as the vendor does here;
   * empty when there is none.
   */
  BarColumns lastDay(String symbol, boolean adjusted) {
    var last = new BarColumns(1);
    if (!data.knows(symbol)) {
      return last;
    }
    ZoneId zone = AggregateQuery.zone(symbol);
    LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
    List<Days> portions = data.portions(symbol, Base.DAY, LocalDate.EPOCH, today.minusDays(1));
    for (Days portion : portions.reversed()) {
      BarColumns bars = data.bars(symbol, Base.DAY, portion);
      if (bars.size() > 0) {
        int i = bars.size() - 1;
        double ratio = adjusted ? new Splits(data.splits(symbol), today).ratioAt(bars.start[i]) : 1;
        last.add(
            LocalDate.ofInstant(Instant.ofEpochMilli(bars.start[i]), zone)
                .atTime(SESSION_END)
                .atZone(Market.NEW_YORK)
                .toInstant()
                .toEpochMilli(),
            bars.open[i] / ratio,
            bars.high[i] / ratio,
            bars.low[i] / ratio,
            bars.close[i] / ratio,
            bars.volume[i] * ratio,
            bars.vwap[i] / ratio,
            bars.count[i]);
        return last;
      }
    }
    return last;
  }

  private static LocalDate dayOf(AggregateQuery query, long at) {
    return LocalDate.ofInstant(Instant.ofEpochMilli(at), AggregateQuery.zone(query.symbol()));
  }
}
