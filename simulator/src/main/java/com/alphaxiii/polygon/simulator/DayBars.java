package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.Market;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Single days of symbols, found without making the years around them. */
final class DayBars {
  private static final int NEAR = 10;

  private final MarketData data;
  private final InstantSource clock;

  DayBars(MarketData data, InstantSource clock) {
    this.data = data;
    this.clock = clock;
  }

  /** The clock's day in a symbol's market. */
  LocalDate today(String symbol) {
    return LocalDate.ofInstant(clock.instant(), AggregateQuery.zone(symbol));
  }

  /** The bar of a day, raw; empty when the symbol did not trade or is unknown. */
  Optional<DayBar> on(String symbol, LocalDate day) {
    if (!data.knows(symbol)) {
      return Optional.empty();
    }
    return data.portions(symbol, Base.DAY, day, day).reversed().stream()
        .flatMap(portion -> last(symbol, portion, day).stream())
        .filter(bar -> bar.day().equals(day))
        .findFirst();
  }

  /** The newest bar before a day, raw. */
  Optional<DayBar> before(String symbol, LocalDate day) {
    if (!data.knows(symbol)) {
      return Optional.empty();
    }
    for (int i = 1; i <= NEAR; i++) {
      Optional<DayBar> bar = on(symbol, day.minusDays(i));
      if (bar.isPresent()) {
        return bar;
      }
    }
    List<Days> portions = data.portions(symbol, Base.DAY, LocalDate.EPOCH, day.minusDays(NEAR + 1));
    return portions.reversed().stream()
        .flatMap(portion -> last(symbol, portion, portion.last()).stream())
        .findFirst();
  }

  /** What splits executed by the clock's day have made of a bar. */
  DayBar adjusted(String symbol, DayBar bar) {
    LocalDate today = Days.dayOf(clock.millis());
    return bar.divided(new Splits(data.splits(symbol), today).ratioAt(Days.startOf(bar.day())));
  }

  /** The minutes of a day, raw; of futures with the evening before. */
  BarColumns minutes(String symbol, LocalDate day) {
    LocalDate first = Universe.isOf(Market.FUTURES, symbol) ? day.minusDays(1) : day;
    var all = new BarColumns();
    for (Days portion : data.portions(symbol, Base.MINUTE, first, day)) {
      BarColumns bars = data.bars(symbol, Base.MINUTE, portion);
      for (int i = 0; i < bars.size(); i++) {
        all.add(bars, i);
      }
    }
    return all;
  }

  private Optional<DayBar> last(String symbol, Days portion, LocalDate until) {
    BarColumns bars = data.bars(symbol, Base.DAY, portion);
    ZoneId zone = AggregateQuery.zone(symbol);
    for (int i = bars.size() - 1; i >= 0; i--) {
      LocalDate day = LocalDate.ofInstant(Instant.ofEpochMilli(bars.start[i]), zone);
      if (!day.isAfter(until)) {
        return Optional.of(
            new DayBar(
                day,
                bars.open[i],
                bars.high[i],
                bars.low[i],
                bars.close[i],
                bars.volume[i],
                bars.vwap[i],
                bars.count[i]));
      }
    }
    return Optional.empty();
  }
}
