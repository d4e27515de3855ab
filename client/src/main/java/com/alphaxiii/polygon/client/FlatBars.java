package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.BarsBuilder;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Ticker;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The bars of a flat file, ticker after ticker in the order of their spelling. The vendor sorts its
 * files so, and then one ticker's bars are in memory at a time; a file in another order is read as
 * a whole and put in order, such as one of crypto whose pairs are spelled with a dash there.
 *
 * <p>Files have no volume-weighted prices. Not for use by several threads.
 */
public final class FlatBars implements AutoCloseable {
  private static final int ODD_KEPT = 20;

  /**
   * What a file holds.
   *
   * @param tickers how many different ones
   * @param sorted by ticker and time
   * @param unusable some of the names that no ticker has; their rows are left out
   */
  public record Contents(long rows, int tickers, boolean sorted, List<String> unusable) {
    public Contents {
      unusable = List.copyOf(unusable);
    }
  }

  private record Row(
      long start,
      double opened,
      double highest,
      double lowest,
      double closed,
      double traded,
      long counted) {
    static Row of(FlatRows rows) {
      return new Row(
          rows.start(),
          rows.opened(),
          rows.highest(),
          rows.lowest(),
          rows.closed(),
          rows.traded(),
          rows.counted());
    }

    void addTo(BarsBuilder bars) {
      bars.add(start, opened, highest, lowest, closed, traded, Double.NaN, counted);
    }
  }

  private final FlatFile file;
  private final Optional<FlatRows> rows;
  private final Iterator<Map.Entry<String, List<Row>>> sorted;

  /** Whether the row that the reader stands on begins the next ticker. */
  private boolean pending;

  /** The spelling of the ticker before, in a file that was found sorted. */
  private String before = "";

  private Optional<Bars> current = Optional.empty();

  private FlatBars(FlatFile file, Optional<FlatRows> rows, Map<String, List<Row>> sorted) {
    this.file = file;
    this.rows = rows;
    this.sorted = sorted.entrySet().iterator();
    this.pending = rows.isPresent() && rows.get().next();
  }

  /**
   * Reads all of a file, so that it is known to be whole and well formed.
   *
   * @throws PolygonException.BadData when it is not, with the line
   */
  public static Contents check(FlatFileStore.Local local) {
    try (FlatRows rows = FlatRows.open(local)) {
      TreeSet<String> tickers = new TreeSet<>();
      TreeSet<String> unusable = new TreeSet<>();
      boolean sorted = true;
      String before = "";
      long start = Long.MIN_VALUE;
      long count = 0;
      while (rows.next()) {
        count++;
        if (rows.otherSymbol()) {
          String symbol = symbol(rows, local.file());
          sorted &= symbol.compareTo(before) > 0;
          if (tickers.add(symbol) && usable(symbol).isEmpty() && unusable.size() < ODD_KEPT) {
            unusable.add(symbol);
          }
          before = symbol;
        } else if (rows.start() == start) {
          throw rows.twice();
        } else {
          sorted &= rows.start() > start;
        }
        start = rows.start();
      }
      return new Contents(count, tickers.size(), sorted, List.copyOf(unusable));
    } catch (IOException e) {
      throw closing(local.file(), e);
    }
  }

  private static PolygonException.StorageFailure closing(FlatFile file, IOException e) {
    return new PolygonException.StorageFailure(
        "%s cannot be read (%s): see that the disk is well".formatted(file, e), e);
  }

  /** As the rest of the vendor spells it: files have a dash within pairs, {@code X:BTC-USD}. */
  private static String symbol(FlatRows rows, FlatFile file) {
    Market market = file.dataset().market();
    return market == Market.CRYPTO || market == Market.FOREX
        ? rows.symbol().replace("-", "")
        : rows.symbol();
  }

  private static Optional<Ticker> usable(String symbol) {
    try {
      return Optional.of(Ticker.of(symbol));
    } catch (PolygonException.InvalidRequest e) {
      return Optional.empty();
    }
  }

  /**
   * Begins to read a file that {@link #check} found well.
   *
   * @throws PolygonException.BadData when a window comes twice in a file out of order
   */
  public static FlatBars open(FlatFileStore.Local local, Contents contents) {
    FlatRows rows = FlatRows.open(local);
    if (contents.sorted()) {
      return new FlatBars(local.file(), Optional.of(rows), Map.of());
    }
    try (rows) {
      return new FlatBars(local.file(), Optional.empty(), sorted(rows, local.file()));
    } catch (IOException e) {
      throw closing(local.file(), e);
    }
  }

  private static Map<String, List<Row>> sorted(FlatRows rows, FlatFile file) {
    Map<String, List<Row>> all = new TreeMap<>();
    while (rows.next()) {
      all.computeIfAbsent(symbol(rows, file), s -> new ArrayList<>()).add(Row.of(rows));
    }
    for (Map.Entry<String, List<Row>> one : all.entrySet()) {
      List<Row> ordered = one.getValue();
      ordered.sort(Comparator.comparingLong(Row::start));
      for (int i = 1; i < ordered.size(); i++) {
        if (ordered.get(i).start() == ordered.get(i - 1).start()) {
          throw new PolygonException.BadData(
              "%s: %s has the window of %s twice; nothing of this file was imported: fetch it again"
                  .formatted(file, one.getKey(), Instant.ofEpochMilli(ordered.get(i).start())));
        }
      }
    }
    return all;
  }

  /** Moves to the next ticker; false when there is none. */
  public boolean next() {
    do {
      current = rows.isPresent() ? run(rows.get()) : whole();
    } while (current.isEmpty() && (pending || sorted.hasNext()));
    return current.isPresent();
  }

  /** The rows that follow with the same ticker; empty when it is none. */
  private Optional<Bars> run(FlatRows from) {
    if (!pending) {
      return Optional.empty();
    }
    String symbol = symbol(from, file);
    if (symbol.compareTo(before) <= 0) {
      throw from.outOfOrder();
    }
    before = symbol;
    Optional<BarsBuilder> bars =
        usable(symbol).map(ticker -> Bars.builder(ticker, file.dataset().timeframe()));
    do {
      bars.ifPresent(builder -> Row.of(from).addTo(builder));
      pending = from.next();
    } while (pending && !from.otherSymbol());
    return bars.map(BarsBuilder::build);
  }

  private Optional<Bars> whole() {
    if (!sorted.hasNext()) {
      return Optional.empty();
    }
    Map.Entry<String, List<Row>> next = sorted.next();
    return usable(next.getKey())
        .map(
            ticker -> {
              BarsBuilder bars = Bars.builder(ticker, file.dataset().timeframe());
              next.getValue().forEach(row -> row.addTo(bars));
              return bars.build();
            });
  }

  /** The bars of the ticker that {@link #next} moved to. */
  public Bars bars() {
    return current.orElseThrow();
  }

  @Override
  public void close() {
    if (rows.isPresent()) {
      try {
        rows.get().close();
      } catch (IOException e) {
        throw closing(file, e);
      }
    }
  }
}
