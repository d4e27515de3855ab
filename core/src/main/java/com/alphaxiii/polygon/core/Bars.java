package com.alphaxiii.polygon.core;

import com.alphaxiii.polygon.columnar.ArrowWriter;
import com.alphaxiii.polygon.columnar.ParquetWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.ZoneId;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.RandomAccess;

/**
 * Bars of one ticker and timeframe as columns, in order of time, at most one for each window.
 * Immutable; slices share the arrays. Windows without trades have no row.
 *
 * <p>Columns are read by index; a missing vwap reads as NaN and a missing count of transactions as
 * -1. {@link #row} and {@link #rows} give the same as {@link Bar} with optionals.
 */
public final class Bars {
  private static final Instant FIRST_MILLI = Instant.ofEpochMilli(Long.MIN_VALUE);
  private static final Instant LAST_MILLI = Instant.ofEpochMilli(Long.MAX_VALUE);

  private final Ticker ticker;
  private final Timeframe timeframe;

  // Shared with the algorithms of this package, which read but never write them; the rows of these
  // bars are those from offset on, size in number.
  final long[] start;
  final double[] open;
  final double[] high;
  final double[] low;
  final double[] close;
  final double[] volume;
  final double[] vwap;
  final long[] transactions;
  final int offset;
  final int size;

  private Bars(Bars whole, int offset, int size) {
    this.ticker = whole.ticker;
    this.timeframe = whole.timeframe;
    this.start = whole.start;
    this.open = whole.open;
    this.high = whole.high;
    this.low = whole.low;
    this.close = whole.close;
    this.volume = whole.volume;
    this.vwap = whole.vwap;
    this.transactions = whole.transactions;
    this.offset = offset;
    this.size = size;
  }

  Bars(
      Ticker ticker,
      Timeframe timeframe,
      long[] start,
      double[] open,
      double[] high,
      double[] low,
      double[] close,
      double[] volume,
      double[] vwap,
      long[] transactions,
      int size) {
    this.ticker = ticker;
    this.timeframe = timeframe;
    this.start = start;
    this.open = open;
    this.high = high;
    this.low = low;
    this.close = close;
    this.volume = volume;
    this.vwap = vwap;
    this.transactions = transactions;
    this.offset = 0;
    this.size = size;
    for (int i = 1; i < size; i++) {
      if (start[i] <= start[i - 1]) {
        throw new PolygonException.BadData(
            "%s %s bars out of order: row %d starts at %s after %s"
                .formatted(
                    ticker,
                    timeframe,
                    i,
                    Instant.ofEpochMilli(start[i]),
                    Instant.ofEpochMilli(start[i - 1])));
      }
    }
  }

  /**
   * Wraps whole columns without copying: the arrays must not be touched afterwards.
   *
   * @param start window starts, Unix ms, strictly ascending, else {@link PolygonException.BadData}
   * @param vwap NaN where absent
   * @param transactions -1 where absent
   */
  public static Bars ofColumns(
      Ticker ticker,
      Timeframe timeframe,
      long[] start,
      double[] open,
      double[] high,
      double[] low,
      double[] close,
      double[] volume,
      double[] vwap,
      long[] transactions) {
    int size = start.length;
    if (open.length != size
        || high.length != size
        || low.length != size
        || close.length != size
        || volume.length != size
        || vwap.length != size
        || transactions.length != size) {
      throw new IllegalArgumentException("columns of different lengths");
    }
    return new Bars(
        ticker, timeframe, start, open, high, low, close, volume, vwap, transactions, size);
  }

  /** No bars. */
  public static Bars empty(Ticker ticker, Timeframe timeframe) {
    return builder(ticker, timeframe).build();
  }

  /** Collects rows in order of time. */
  public static BarsBuilder builder(Ticker ticker, Timeframe timeframe) {
    return new BarsBuilder(ticker, timeframe);
  }

  public Ticker ticker() {
    return ticker;
  }

  public Timeframe timeframe() {
    return timeframe;
  }

  public int size() {
    return size;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  /** Start of window {@code i}, Unix ms. */
  public long start(int i) {
    return start[at(i)];
  }

  public double open(int i) {
    return open[at(i)];
  }

  public double high(int i) {
    return high[at(i)];
  }

  public double low(int i) {
    return low[at(i)];
  }

  public double close(int i) {
    return close[at(i)];
  }

  /** Shares; for forex the number of quotes; NaN never. */
  public double volume(int i) {
    return volume[at(i)];
  }

  /** Volume-weighted average price; NaN when absent. */
  public double vwap(int i) {
    return vwap[at(i)];
  }

  /** Number of trades; -1 when absent. */
  public long transactions(int i) {
    return transactions[at(i)];
  }

  private int at(int i) {
    return offset + Objects.checkIndex(i, size);
  }

  /** Row {@code i} as a value. */
  public Bar row(int i) {
    double averaged = vwap(i);
    long counted = transactions(i);
    return new Bar(
        Instant.ofEpochMilli(start(i)),
        open(i),
        high(i),
        low(i),
        close(i),
        volume(i),
        Double.isNaN(averaged) ? OptionalDouble.empty() : OptionalDouble.of(averaged),
        counted < 0 ? OptionalLong.empty() : OptionalLong.of(counted));
  }

  /** All rows as values, made when asked for. */
  public List<Bar> rows() {
    return new Rows();
  }

  private final class Rows extends AbstractList<Bar> implements RandomAccess {
    @Override
    public Bar get(int index) {
      return row(index);
    }

    @Override
    public int size() {
      return size;
    }
  }

  /**
   * Index of the first bar that starts at or after an instant (Unix ms); {@link #size} if none
   * does.
   */
  public int indexAtOrAfter(long epochMillis) {
    int found = Arrays.binarySearch(start, offset, offset + size, epochMillis);
    return (found < 0 ? -found - 1 : found) - offset;
  }

  /** Rows {@code from} (included) to {@code to} (excluded), without copying. */
  public Bars slice(int from, int to) {
    Objects.checkFromToIndex(from, to, size);
    return new Bars(this, offset + from, to - from);
  }

  /** The bars that start within a range, without copying. */
  public Bars slice(TimeRange range) {
    int from = indexAtOrAfter(ceilMillis(range.start()));
    return slice(from, Math.max(from, indexAtOrAfter(ceilMillis(range.end()))));
  }

  private static long ceilMillis(Instant instant) {
    if (instant.isBefore(FIRST_MILLI) || instant.isAfter(LAST_MILLI)) {
      return instant.isBefore(FIRST_MILLI) ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
    return instant.getNano() % 1_000_000 == 0 ? instant.toEpochMilli() : instant.toEpochMilli() + 1;
  }

  /**
   * All parts one after the other; without copying when they are neighbouring slices of the same
   * bars.
   *
   * @param parts all of this ticker and timeframe, else {@link IllegalArgumentException}; in order
   *     of time and apart, else {@link PolygonException.BadData}
   */
  public static Bars concat(Ticker ticker, Timeframe timeframe, List<Bars> parts) {
    for (Bars part : parts) {
      if (!part.ticker.equals(ticker) || !part.timeframe.equals(timeframe)) {
        throw new IllegalArgumentException(
            "%s among bars of %s %s".formatted(part, ticker, timeframe));
      }
    }
    List<Bars> runs = joined(parts);
    if (runs.size() == 1) {
      return runs.getFirst();
    }
    BarsBuilder all = builder(ticker, timeframe);
    all.reserve(runs.stream().mapToInt(Bars::size).sum());
    runs.forEach(all::addAll);
    return all.build();
  }

  /** The parts that have rows, those that lie side by side in the same arrays as one. */
  private static List<Bars> joined(List<Bars> parts) {
    List<Bars> runs = new ArrayList<>();
    for (Bars part : parts) {
      Bars before = runs.isEmpty() ? null : runs.getLast();
      if (before != null && before.isFollowedBy(part)) {
        runs.set(runs.size() - 1, new Bars(before, before.offset, before.size + part.size));
      } else if (part.size > 0) {
        runs.add(part);
      }
    }
    return runs;
  }

  private boolean isFollowedBy(Bars next) {
    return start == next.start && offset + size == next.offset;
  }

  /**
   * These bars, but within {@code range} exactly {@code replacement}, whose bars must start within
   * it, else {@link IllegalArgumentException}.
   */
  public Bars replace(TimeRange range, Bars replacement) {
    if (replacement.slice(range).size != replacement.size) {
      throw new IllegalArgumentException("%s exceed %s".formatted(replacement, range));
    }
    Bars before = slice(0, indexAtOrAfter(ceilMillis(range.start())));
    Bars after = slice(indexAtOrAfter(ceilMillis(range.end())), size);
    return concat(ticker, timeframe, List.of(before, replacement, after));
  }

  /**
   * Longer bars made of these: open of the first, highest high, lowest low, close of the last, sums
   * of volume and transactions, vwap weighted by volume. A window without rows gets no bar; a
   * window of which only some rows are here gets a bar of those.
   *
   * <p>Transactions are absent when a row lacks them. The vwap is absent when a row with volume
   * lacks it, or when no row has volume; rows without volume weigh nothing. It is exact but for
   * rounding: with positive prices within 1e-12 of its value.
   *
   * @param target what this timeframe {@link Timeframe#divides}, else {@link
   *     PolygonException.InvalidRequest}
   */
  public Bars resample(Timeframe target) {
    return target.equals(timeframe) ? this : Resampling.resample(this, target);
  }

  /**
   * These raw bars with prices, vwap and volume corrected; the same object when nothing is to be
   * corrected.
   *
   * @throws PolygonException.InvalidRequest for bars longer than a day, whose windows may hold both
   *     sides of a split: adjust days, then {@link #resample}
   */
  public Bars adjust(AdjustmentFactors factors) {
    return factors.applyTo(this);
  }

  /**
   * Writes a header and a line a bar: {@code
   * timestamp,open,high,low,close,volume,vwap,transactions}. The timestamp is the start of the
   * window in ISO 8601 with its offset ({@code 2014-06-05T09:30:00-04:00}); numbers are plain
   * decimals in the fewest digits that read back as the same double; what is absent is empty.
   *
   * @param zone the zone of the timestamps
   * @throws IOException when {@code out} fails
   */
  public void writeCsv(Appendable out, ZoneId zone) throws IOException {
    BarsCsv.write(this, out, zone);
  }

  /**
   * Writes an array with an object a bar, whose members are called as the columns of {@link
   * #writeCsv} and written alike; what is absent is {@code null}.
   *
   * @param zone the zone of the timestamps
   * @throws IOException when {@code out} fails
   */
  public void writeJson(Appendable out, ZoneId zone) throws IOException {
    BarsJson.write(this, out, zone);
  }

  /**
   * Writes an Arrow IPC stream with the columns of {@link BarTable}.
   *
   * @param zone in which readers show the timestamps, which are UTC in any case
   * @throws IOException when {@code out} fails, which is not closed
   */
  public void writeArrow(OutputStream out, ZoneId zone) throws IOException {
    ArrowWriter.writeStream(out, BarTable.ascending(this, zone));
  }

  /** The same as an Arrow file (Feather 2), which programs open by its name. */
  public void writeArrowFile(OutputStream out, ZoneId zone) throws IOException {
    ArrowWriter.writeFile(out, BarTable.ascending(this, zone));
  }

  /**
   * Writes a Parquet file with the columns of {@link BarTable}, not compressed.
   *
   * @param zone in which readers that know Arrow's zones show the timestamps, which are UTC
   * @throws IOException when {@code out} fails, which is not closed
   */
  public void writeParquet(OutputStream out, ZoneId zone) throws IOException {
    ParquetWriter.write(out, BarTable.ascending(this, zone));
  }

  /**
   * Copies the columns into arrays that have room for all rows.
   *
   * @param starts window starts, Unix ms
   * @param vwaps NaN where absent
   * @param counts transactions, -1 where absent
   */
  public void copyTo(
      long[] starts,
      double[] opens,
      double[] highs,
      double[] lows,
      double[] closes,
      double[] volumes,
      double[] vwaps,
      long[] counts) {
    System.arraycopy(start, offset, starts, 0, size);
    System.arraycopy(open, offset, opens, 0, size);
    System.arraycopy(high, offset, highs, 0, size);
    System.arraycopy(low, offset, lows, 0, size);
    System.arraycopy(close, offset, closes, 0, size);
    System.arraycopy(volume, offset, volumes, 0, size);
    System.arraycopy(vwap, offset, vwaps, 0, size);
    System.arraycopy(transactions, offset, counts, 0, size);
  }

  void copyInto(BarsBuilder target) {
    target.addColumns(start, open, high, low, close, volume, vwap, transactions, offset, size);
  }

  /** Equal ticker, timeframe and rows, numbers by their bits. */
  @Override
  public boolean equals(Object other) {
    if (!(other instanceof Bars that)
        || size != that.size
        || !ticker.equals(that.ticker)
        || !timeframe.equals(that.timeframe)) {
      return false;
    }
    int from = offset;
    int to = offset + size;
    int thatFrom = that.offset;
    int thatTo = that.offset + size;
    return Arrays.equals(start, from, to, that.start, thatFrom, thatTo)
        && Arrays.equals(open, from, to, that.open, thatFrom, thatTo)
        && Arrays.equals(high, from, to, that.high, thatFrom, thatTo)
        && Arrays.equals(low, from, to, that.low, thatFrom, thatTo)
        && Arrays.equals(close, from, to, that.close, thatFrom, thatTo)
        && Arrays.equals(volume, from, to, that.volume, thatFrom, thatTo)
        && Arrays.equals(vwap, from, to, that.vwap, thatFrom, thatTo)
        && Arrays.equals(transactions, from, to, that.transactions, thatFrom, thatTo);
  }

  @Override
  public int hashCode() {
    int hash = 31 * ticker.hashCode() + timeframe.hashCode();
    for (int i = 0; i < size; i++) {
      hash = 31 * hash + Long.hashCode(start(i));
      hash = 31 * hash + Double.hashCode(close(i));
    }
    return hash;
  }

  @Override
  public String toString() {
    return size == 0
        ? "%s %s: no bars".formatted(ticker, timeframe)
        : "%s %s: %d bars from %s to %s"
            .formatted(
                ticker,
                timeframe,
                size,
                Instant.ofEpochMilli(start(0)),
                Instant.ofEpochMilli(start(size - 1)));
  }
}
