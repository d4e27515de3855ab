package com.alphaxiii.polygon.validate;

import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.Timeframe;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** Ways in which real days get damaged. Each damages one day of a series, or says all of it. */
enum Mutation {
  DROP_A_MINUTE(d -> d.rows.remove(d.regular())),
  DROP_TEN_MINUTES(d -> d.remove(d.regular(30), 10)),
  DROP_AN_HOUR(d -> d.remove(d.regular(90), 60)),
  DROP_THE_OPEN(d -> d.remove(d.regularFrom, 45)),
  HALF_DAY(d -> d.remove(d.regularFrom + 195, d.to - d.regularFrom - 195)),
  DROP_THE_DAY(d -> d.remove(d.from, d.to - d.from)),
  SWAP_ROWS(d -> Collections.swap(d.rows, d.regular(), d.regularFrom)),
  DUPLICATE_A_ROW(d -> d.rows.add(d.regular(), d.rows.get(d.regular()).copy())),
  DUPLICATE_THE_DAY(d -> d.rows.addAll(d.to, d.rows.subList(d.from, d.to).stream().toList())),
  COPY_ONTO_THE_NEXT(d -> d.repeat(d.regular(30), 2)),
  STAND_STILL(d -> d.repeat(d.regular(30), 6)),
  COPY_THE_DAY_BEFORE(Damage::copyTheDayBefore),
  NAN_PRICE(d -> d.any().close = Double.NaN),
  INFINITE_PRICE(d -> d.any().high = Double.POSITIVE_INFINITY),
  ZERO_PRICE(d -> d.any().low = 0),
  NEGATIVE_PRICES(d -> d.any().scale(-1)),
  HIGH_AND_LOW_SWAPPED(
      d ->
          d.day()
              .forEach(
                  r -> {
                    double high = r.high;
                    r.high = r.low;
                    r.low = high;
                  })),
  CLOSE_ABOVE_HIGH(d -> d.any().close *= 1.02),
  SCALE_THE_DAY_BY_7(d -> d.day().forEach(r -> r.scale(7))),
  CENTS_FOR_DOLLARS(d -> d.day().forEach(r -> r.scale(100))),
  SCALE_A_BAR_BY_7(d -> d.any().scale(7)),
  SPIKE_OF_3_PERCENT(d -> d.any().high *= 1.03),
  DIP_OF_5_PERCENT(d -> d.any().low *= 0.95),
  LEAP_OF_5_PERCENT(d -> d.rows.subList(d.regular(60), d.to).forEach(r -> r.scale(1.05))),
  STUCK_PRICE(d -> d.stuck(d.regular(60), 20)),
  SHIFT_THE_DAY_BY_AN_HOUR(d -> d.day().forEach(r -> r.start += 3_600_000)),
  SHIFT_ALL_BY_4_HOURS(d -> d.rows.forEach(r -> r.start += 4 * 3_600_000)),
  SHIFT_ALL_BY_MINUS_5_HOURS(d -> d.rows.forEach(r -> r.start -= 5 * 3_600_000)),
  SHIFT_ALL_BY_8_HOURS(d -> d.rows.forEach(r -> r.start += 8 * 3_600_000)),
  STAMPED_ON_A_SUNDAY(Damage::stampOnSunday),
  A_BAR_AT_NIGHT(Damage::barAtNight),
  OFF_THE_GRID(d -> d.day().forEach(r -> r.start += 17_000)),
  SECONDS_FOR_MILLIS(d -> d.rows.forEach(r -> r.start /= 1_000)),
  NEGATIVE_VOLUME(d -> d.any().volume *= -1),
  VOLUME_BURST(d -> d.any().volume *= 3_000),
  LOTS_FOR_SHARES(d -> d.day().forEach(r -> r.volume = Math.ceil(r.volume / 100))),
  FILLED_UP_WITH_ZEROS(
      d -> {
        Row bar = d.any();
        bar.open = bar.high = bar.low = bar.close;
        bar.volume = 0;
      }),
  MORE_TRADES_THAN_SHARES(
      d -> {
        Row bar = d.any();
        bar.transactions = (long) bar.volume + 1;
      }),
  VWAP_OUTSIDE(
      d -> {
        Row bar = d.any();
        bar.vwap = bar.high * 1.01;
      }),
  ANOTHER_TICKERS_DAY(d -> d.day().forEach(r -> r.scale(0.4))),
  SPLIT_FORGOTTEN(d -> d.rows.subList(d.from, d.rows.size()).forEach(r -> r.scale(1 / 3.0)));

  private final Consumer<Damage> damage;

  Mutation(Consumer<Damage> damage) {
    this.damage = damage;
  }

  /** The rows damaged at one of the days; others than this one may be the first or the last. */
  BarColumns apply(Bars bars, LocalDate day, long seed) {
    Damage rows = new Damage(bars, day, new Random(seed));
    damage.accept(rows);
    return rows.columns(bars.ticker(), bars.timeframe());
  }

  /** Whether a day can be damaged so: some need a day before. */
  boolean fits(int index, int days) {
    return switch (this) {
      case COPY_THE_DAY_BEFORE, SPLIT_FORGOTTEN -> index > 0;
      case SCALE_THE_DAY_BY_7, CENTS_FOR_DOLLARS, ANOTHER_TICKERS_DAY ->
          index > 0 && index < days - 1;
      default -> true;
    };
  }

  /** One row that can be changed. */
  private static final class Row {
    private long start;
    private double open;
    private double high;
    private double low;
    private double close;
    private double volume;
    private double vwap;
    private long transactions;

    private Row(Bars bars, int i) {
      start = bars.start(i);
      open = bars.open(i);
      high = bars.high(i);
      low = bars.low(i);
      close = bars.close(i);
      volume = bars.volume(i);
      vwap = bars.vwap(i);
      transactions = bars.transactions(i);
    }

    private Row() {}

    private Row copy() {
      Row copy = new Row();
      copy.start = start;
      copy.become(this);
      return copy;
    }

    /** All but the time of another. */
    private void become(Row other) {
      open = other.open;
      high = other.high;
      low = other.low;
      close = other.close;
      volume = other.volume;
      vwap = other.vwap;
      transactions = other.transactions;
    }

    private void scale(double by) {
      open *= by;
      high *= by;
      low *= by;
      close *= by;
      vwap *= by;
    }
  }

  /** The rows of a series, and where the day to damage lies. */
  private static final class Damage {
    private final List<Row> rows = new ArrayList<>();
    private final LocalDate day;
    private final Random random;
    private final int from;
    private final int to;
    private final int regularFrom;
    private final int regularTo;

    private Damage(Bars bars, LocalDate day, Random random) {
      this.day = day;
      this.random = random;
      for (int i = 0; i < bars.size(); i++) {
        rows.add(new Row(bars, i));
      }
      from = bars.indexAtOrAfter(at(0));
      to = bars.indexAtOrAfter(at(24 * 60));
      regularFrom = bars.indexAtOrAfter(at(9 * 60 + 30));
      regularTo = bars.indexAtOrAfter(at(16 * 60));
    }

    private long at(int minute) {
      return day.atStartOfDay(Market.NEW_YORK).plusMinutes(minute).toInstant().toEpochMilli();
    }

    private List<Row> day() {
      return rows.subList(from, to);
    }

    /** A row of the regular session, not at its ends. */
    private int regular() {
      return regular(5);
    }

    private int regular(int margin) {
      return regularFrom + 5 + random.nextInt(regularTo - regularFrom - 5 - margin);
    }

    private Row any() {
      return rows.get(regular());
    }

    private void remove(int first, int count) {
      rows.subList(first, Math.min(first + count, rows.size())).clear();
    }

    private void repeat(int first, int count) {
      for (int i = first + 1; i < first + count; i++) {
        rows.get(i).become(rows.get(first));
      }
    }

    private void stuck(int first, int count) {
      double price = rows.get(first).close;
      for (Row row : rows.subList(first + 1, first + count)) {
        row.open = row.high = row.low = row.close = price;
        row.vwap = Double.NaN;
      }
    }

    private void copyTheDayBefore() {
      long hour = 3_600_000;
      int before = from;
      long yesterday = rows.get(from - 1).start / (24 * hour);
      while (before > 0
          && rows.get(before - 1).start / (24 * hour) >= yesterday - 1
          && rows.get(from).start - rows.get(before - 1).start < 4 * 24 * hour
          && sameDay(rows.get(before - 1).start, rows.get(from - 1).start)) {
        before--;
      }
      List<Row> copies = new ArrayList<>();
      long days = daysBetween(rows.get(before).start, rows.get(from).start);
      for (Row row : rows.subList(before, from)) {
        Row copy = row.copy();
        copy.start += days * 24 * hour;
        copies.add(copy);
      }
      day().clear();
      rows.addAll(before + copies.size(), copies);
    }

    private static LocalDate date(long start) {
      return LocalDate.ofInstant(Instant.ofEpochMilli(start), Market.NEW_YORK);
    }

    private static boolean sameDay(long a, long b) {
      return date(a).equals(date(b));
    }

    private static long daysBetween(long a, long b) {
      return date(b).toEpochDay() - date(a).toEpochDay();
    }

    private void stampOnSunday() {
      long days = 7 - day.getDayOfWeek().getValue();
      day().forEach(row -> row.start += days * 24 * 3_600_000);
      rows.sort((a, b) -> Long.compare(a.start, b.start));
    }

    private void barAtNight() {
      Row bar = rows.get(regular()).copy();
      bar.start = at(2 * 60);
      rows.add(from, bar);
    }

    private BarColumns columns(Ticker ticker, Timeframe timeframe) {
      BarColumns columns = BarColumns.ofSize(ticker, timeframe, rows.size());
      for (int i = 0; i < rows.size(); i++) {
        Row row = rows.get(i);
        columns.start()[i] = row.start;
        columns.open()[i] = row.open;
        columns.high()[i] = row.high;
        columns.low()[i] = row.low;
        columns.close()[i] = row.close;
        columns.volume()[i] = row.volume;
        columns.vwap()[i] = row.vwap;
        columns.transactions()[i] = row.transactions;
      }
      return columns;
    }
  }
}
