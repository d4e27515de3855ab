package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Timeframe;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Brings files of a whole market's bars into the cache: some days at a time, ticker after ticker.
 *
 * <p>What a file says of a ticker on its day is all there is, so the day is covered. A ticker that
 * is not in a file had no trades that day, if it came in files before and after: then that day is
 * covered too. Before the first and after the last file that has it, nothing is known, since the
 * files have no ticker that is traded elsewhere.
 *
 * <p>Parts are written many at a time, each batch with its coverage in one transaction; the files
 * count as imported in the end. Not for use by several threads.
 */
public final class BarImport implements AutoCloseable {
  private static final int BATCH_PARTS = 512;
  private static final int BATCH_ROWS = 500_000;

  /** What a part and its rows take on the disk, and rather less, as an estimate. */
  private static final int PART_BYTES = 3_000;

  private static final int ROW_BYTES = 32;

  /** Most of a small file's time goes by waiting for the disk. */
  private static final int WRITERS = 16;

  private final PartStore parts;
  private final ImportTable table;
  private final Eviction.Importing room;
  private final String dataset;
  private final Timeframe base;
  private final ZoneId zone;
  private final Instant settled;
  private final Instant now;
  private final NavigableMap<LocalDate, ImportedFile> files;
  private final Map<String, ImportTable.Span> spans;
  private final ExecutorService writers =
      Executors.newFixedThreadPool(
          WRITERS, Thread.ofPlatform().name("polygon-import-", 0).daemon(true).factory());

  private final List<PartAddition> batch = new ArrayList<>();
  private int batchRows;

  // Of the days that are being imported.
  private NavigableSet<LocalDate> days = new TreeSet<>();
  private Set<String> wanted = Set.of();
  private final Set<String> came = new TreeSet<>();
  private final Map<String, ImportTable.Span> grown = new HashMap<>();
  private Set<String> names = Set.of();
  private long withdrawals;

  BarImport(
      PartStore parts,
      ImportTable table,
      Eviction.Importing room,
      String dataset,
      Market market,
      Timeframe base,
      Instant settled,
      Instant now) {
    this.parts = parts;
    this.table = table;
    this.room = room;
    this.dataset = dataset;
    this.base = base;
    this.zone = market.zone();
    this.settled = settled;
    this.now = now;
    this.files = table.files(dataset);
    this.spans = table.spans(dataset);
  }

  /**
   * Whether a file that looks so has been imported.
   *
   * @param symbols that are wanted of it; empty for all
   */
  public boolean has(LocalDate day, String fingerprint, Set<String> symbols) {
    ImportedFile known = files.get(day);
    return known != null && known.serves(fingerprint, symbols);
  }

  /** Whether a day is over and its bars no longer change, so that they may be stored. */
  public boolean isSettled(LocalDate day) {
    return !range(day).end().isAfter(settled);
  }

  private TimeRange range(LocalDate day) {
    return TimeRange.ofDays(day, day, zone);
  }

  /**
   * Begins with some days. Bars of them that are stored are replaced.
   *
   * @param symbols that are taken; empty for all
   */
  public void begin(Collection<LocalDate> some, Set<String> symbols) {
    days = new TreeSet<>(some);
    wanted = Set.copyOf(symbols);
    came.clear();
    grown.clear();
    batch.clear();
    batchRows = 0;
    Series any = new Series(Ticker.of("A"), base);
    names =
        days.stream()
            .flatMap(day -> PartKey.of(any, range(day)).stream())
            .map(PartKey::name)
            .collect(Collectors.toSet());
    withdrawals = table.withdrawals();
  }

  /**
   * All bars of a ticker on these days.
   *
   * @param on the days that have some
   */
  public void add(Bars bars, Collection<LocalDate> on) {
    String symbol = bars.ticker().symbol();
    came.add(symbol);
    ImportTable.Span before = spans.get(symbol);
    ImportTable.Span after = before;
    for (LocalDate day : on) {
      after = after == null ? new ImportTable.Span(day, day) : after.with(day);
    }
    if (after != null) {
      if (!after.equals(before)) {
        grown.put(symbol, after);
      }
      add(bars, before, after);
    }
  }

  private void add(Bars bars, ImportTable.@Nullable Span before, ImportTable.Span after) {
    List<TimeRange> covered =
        days.subSet(after.first(), true, after.last(), true).stream().map(this::range).toList();
    List<TimeRange> quiet =
        files.subMap(after.first(), true, after.last(), true).values().stream()
            .filter(file -> file.symbols().isEmpty() && !days.contains(file.day()))
            .filter(file -> before == null || !before.holds(file.day()))
            .map(file -> range(file.day()))
            .toList();
    List<PartAddition> additions =
        PartAddition.of(
            new Series(bars.ticker(), base),
            TimeRange.union(covered),
            TimeRange.union(quiet),
            Replacement.KEEPING_AVERAGES,
            bars);
    batch.addAll(additions);
    batchRows += bars.size();
    if (batch.size() >= BATCH_PARTS || batchRows >= BATCH_ROWS) {
      flush();
    }
  }

  private void flush() {
    if (!batch.isEmpty()) {
      room.require((long) batch.size() * PART_BYTES + (long) batchRows * ROW_BYTES);
      parts.write(List.copyOf(batch), writers, settled, now);
      batch.clear();
      batchRows = 0;
    }
  }

  /**
   * Ends with the days: tickers that came in files before and after and not in these have no bars,
   * and the files count as imported.
   *
   * @return false when some of what was stored has been withdrawn meanwhile (cleared, evicted,
   *     found damaged): then the files do not count, and it is to be begun with them again
   */
  public boolean end(List<ImportedFile> imported) {
    Set<String> symbols = new TreeSet<>(came);
    for (Map.Entry<String, ImportTable.Span> span : spans.entrySet()) {
      String symbol = span.getKey();
      boolean silent =
          !came.contains(symbol)
              && (wanted.isEmpty() || wanted.contains(symbol))
              && days.stream().anyMatch(span.getValue()::holds);
      if (silent) {
        symbols.add(symbol);
        add(Bars.empty(Ticker.of(symbol), base), span.getValue(), span.getValue());
      }
    }
    flush();
    List<ImportedFile> all =
        imported.stream().map(file -> file.with(files.get(file.day()))).toList();
    var stored = new ImportTable.Stored(base.toString(), names, symbols, withdrawals);
    boolean whole = table.record(dataset, stored, all, grown, now);
    if (whole) {
      all.forEach(file -> files.put(file.day(), file));
    }
    spans.putAll(grown);
    return whole;
  }

  /**
   * Gives up the days: what was not yet stored of them is dropped, and that their tickers came is
   * remembered, so that a later import of these days takes back what it does not have.
   */
  public void abandon() {
    batch.clear();
    batchRows = 0;
    // Nothing is withdrawn of no names, so this only remembers tickers.
    var nothing = new ImportTable.Stored(base.toString(), Set.of(), Set.of(), withdrawals);
    table.record(dataset, nothing, List.of(), grown, now);
    spans.putAll(grown);
  }

  @Override
  public void close() {
    writers.shutdownNow();
    room.close();
  }
}
