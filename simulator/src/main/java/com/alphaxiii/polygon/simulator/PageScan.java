package com.alphaxiii.polygon.simulator;

/** Collects one page: takes base aggregates in the order asked for until the page is full. */
final class PageScan {
  private final AggregateQuery query;
  private final Windows windows;
  private final Splits splits;
  private final BarColumns bars = new BarColumns();
  private int scanned;
  private long next = -1;

  private boolean filling;
  private long windowStart;
  private long windowEnd;
  private double open;
  private double high;
  private double low;
  private double close;
  private double volume;
  private double turnover;
  private double vwap;
  private long count;

  PageScan(AggregateQuery query, Windows windows, Splits splits) {
    this.query = query;
    this.windows = windows;
    this.splits = splits;
  }

  /** Takes a base aggregate; false when the page was full before it. */
  boolean add(BarColumns base, int i) {
    long at = base.start[i];
    boolean sameWindow = filling && at >= windowStart && at < windowEnd;
    if (scanned >= query.limit() && !(sameWindow && bars.size() == 0)) {
      if (sameWindow) {
        next = query.descending() ? windowEnd - 1 : windowStart;
        filling = false;
      } else {
        flush();
        next = query.descending() ? windows.endOf(at) - 1 : windows.startOf(at);
      }
      return false;
    }
    if (!sameWindow) {
      flush();
      windowStart = windows.startOf(at);
      windowEnd = windows.endOf(at);
    }
    scanned++;
    merge(base, i);
    return true;
  }

  private void merge(BarColumns base, int i) {
    double ratio = splits.ratioAt(base.start[i]);
    double size = base.volume[i] * ratio;
    if (!filling) {
      filling = true;
      open = base.open[i] / ratio;
      close = base.close[i] / ratio;
      high = base.high[i] / ratio;
      low = base.low[i] / ratio;
      volume = 0;
      turnover = 0;
      count = 0;
      vwap = base.vwap[i] / ratio;
    } else {
      vwap = Double.NaN;
      if (query.descending()) {
        open = base.open[i] / ratio;
      } else {
        close = base.close[i] / ratio;
      }
      high = Math.max(high, base.high[i] / ratio);
      low = Math.min(low, base.low[i] / ratio);
    }
    volume += size;
    turnover += base.vwap[i] / ratio * size;
    count = count < 0 || base.count[i] < 0 ? -1 : count + base.count[i];
  }

  private void flush() {
    if (filling) {
      // A window of one base aggregate keeps its vwap to the last bit.
      double average = Double.isNaN(vwap) && volume > 0 ? turnover / volume : vwap;
      bars.add(windowStart, open, high, low, close, volume, average, count);
      filling = false;
    }
  }

  AggregatePage page() {
    flush();
    return new AggregatePage(bars, scanned, next);
  }
}
