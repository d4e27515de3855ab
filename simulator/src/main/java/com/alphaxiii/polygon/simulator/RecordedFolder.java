package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.Dividend;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Split;
import com.alphaxiii.polygon.core.Ticker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files of a recorded folder, each read when first asked for. Minute files of the last days
 * used and two days of ticks stay in memory.
 */
final class RecordedFolder {
  private static final String FLAT_FILES = "flatfiles/us_stocks_sip/";
  private static final int MINUTE_DAYS_KEPT = 300;
  private static final int TICK_DAYS_KEPT = 2;
  private static final String SUFFIX = ".csv.gz";

  private final Path root;
  private final NavigableMap<LocalDate, Path> minuteFiles;
  private final NavigableMap<LocalDate, Path> tradeFiles;
  private final NavigableMap<LocalDate, Path> quoteFiles;
  private final Map<LocalDate, Map<String, BarColumns>> minutes = kept(MINUTE_DAYS_KEPT);
  private final Map<LocalDate, Map<String, List<TradeTick>>> trades = kept(TICK_DAYS_KEPT);
  private final Map<LocalDate, Map<String, List<QuoteTick>>> quotes = kept(TICK_DAYS_KEPT);
  private final Map<String, BarColumns> daily = new HashMap<>();
  private final Map<String, BarColumns> hourly = new HashMap<>();
  private @Nullable NavigableSet<String> symbols;
  private @Nullable Map<String, List<Split>> splits;
  private @Nullable Map<String, List<Dividend>> dividends;

  RecordedFolder(Path root) {
    if (!Files.isDirectory(root)) {
      throw new PolygonException.InvalidRequest(
          "data", root.toString(), "there is no folder of market data at " + root);
    }
    this.root = root;
    minuteFiles = dated("minute_aggs_v1");
    tradeFiles = dated("trades_v1");
    quoteFiles = dated("quotes_v1");
  }

  private static <K, V> Map<K, V> kept(int most) {
    return new LinkedHashMap<>(16, 0.75f, true) {
      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > most;
      }
    };
  }

  private NavigableMap<LocalDate, Path> dated(String type) {
    var files = new TreeMap<LocalDate, Path>();
    Path folder = root.resolve(FLAT_FILES + type);
    if (!Files.isDirectory(folder)) {
      return files;
    }
    try (Stream<Path> all = Files.walk(folder, 3)) {
      all.filter(f -> f.getFileName().toString().matches("\\d{4}-\\d\\d-\\d\\d\\.csv\\.gz"))
          .forEach(f -> files.put(LocalDate.parse(f.getFileName().toString().substring(0, 10)), f));
    } catch (IOException e) {
      throw new PolygonException.StorageFailure("cannot list " + folder, e);
    }
    return files;
  }

  NavigableSet<LocalDate> minuteDays() {
    return minuteFiles.navigableKeySet();
  }

  NavigableSet<LocalDate> tradeDays() {
    return tradeFiles.navigableKeySet();
  }

  /** Every symbol with recorded bars; reads all minute files once. */
  synchronized NavigableSet<String> symbols() {
    if (symbols == null) {
      var found = new TreeSet<String>();
      found.addAll(named("daily"));
      found.addAll(named("hourly"));
      minuteFiles.keySet().forEach(day -> found.addAll(minutesOf(day).keySet()));
      if (minuteFiles.isEmpty()) {
        tradeFiles.keySet().forEach(day -> found.addAll(tradesOf(day).keySet()));
      }
      symbols = found;
    }
    return symbols;
  }

  private List<String> named(String folder) {
    Path path = root.resolve(folder);
    if (!Files.isDirectory(path)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(path)) {
      return files
          .map(f -> f.getFileName().toString())
          .filter(name -> name.endsWith(SUFFIX))
          .map(name -> name.substring(0, name.length() - SUFFIX.length()))
          .toList();
    } catch (IOException e) {
      throw new PolygonException.StorageFailure("cannot list " + path, e);
    }
  }

  synchronized BarColumns minutes(LocalDate day, String symbol) {
    return minutesOf(day).getOrDefault(symbol, BarColumns.EMPTY);
  }

  private Map<String, BarColumns> minutesOf(LocalDate day) {
    return load(
        minutes,
        minuteFiles,
        day,
        file -> {
          var bySymbol = new HashMap<String, BarColumns>();
          CsvFile.read(
              file,
              row ->
                  bySymbol
                      .computeIfAbsent(row.text("ticker"), t -> new BarColumns())
                      .add(
                          row.integer("window_start", 0) / 1_000_000,
                          row.number("open"),
                          row.number("high"),
                          row.number("low"),
                          row.number("close"),
                          row.number("volume"),
                          Double.NaN,
                          row.integer("transactions", -1)));
          return bySymbol;
        });
  }

  synchronized List<TradeTick> trades(LocalDate day, String symbol) {
    return tradesOf(day).getOrDefault(symbol, List.of());
  }

  /** A day's trades by symbol, each list in the order of times. */
  synchronized Map<String, List<TradeTick>> tradesOf(LocalDate day) {
    return load(
        trades,
        tradeFiles,
        day,
        file -> TickFiles.read(file, TickFiles::trade, TradeTick::symbol, TradeTick::sipTime));
  }

  synchronized List<QuoteTick> quotes(LocalDate day, String symbol) {
    return quotesOf(day).getOrDefault(symbol, List.of());
  }

  /** A day's quotes by symbol, each list in the order of times. */
  synchronized Map<String, List<QuoteTick>> quotesOf(LocalDate day) {
    return load(
        quotes,
        quoteFiles,
        day,
        file -> TickFiles.read(file, TickFiles::quote, QuoteTick::symbol, QuoteTick::sipTime));
  }

  private static <V> Map<String, V> load(
      Map<LocalDate, Map<String, V>> kept,
      Map<LocalDate, Path> files,
      LocalDate day,
      Function<Path, Map<String, V>> read) {
    Map<String, V> known = kept.get(day);
    if (known == null) {
      Path file = files.get(day);
      known = file == null ? Map.of() : read.apply(file);
      if (file != null) {
        kept.put(day, known);
      }
    }
    return known;
  }

  /** Raw days of the whole recording; empty without a file. */
  synchronized BarColumns daily(String symbol) {
    return daily.computeIfAbsent(
        symbol, s -> bars("daily", s, row -> Days.startOf(LocalDate.parse(row.text("date")))));
  }

  /** Raw hours of the whole recording; empty without a file. */
  synchronized BarColumns hourly(String symbol) {
    return hourly.computeIfAbsent(
        symbol,
        s ->
            bars(
                "hourly",
                s,
                row ->
                    LocalDateTime.parse(row.text("hour_start_new_york"))
                        .atZone(Market.NEW_YORK)
                        .toInstant()
                        .toEpochMilli()));
  }

  private BarColumns bars(String folder, String symbol, Function<CsvFile, Long> start) {
    Path file = root.resolve(folder).resolve(symbol + SUFFIX);
    var bars = new BarColumns();
    if (Files.isRegularFile(file)) {
      CsvFile.read(
          file,
          row ->
              bars.add(
                  start.apply(row),
                  row.number("open"),
                  row.number("high"),
                  row.number("low"),
                  row.number("close"),
                  row.number("volume"),
                  Double.NaN,
                  -1));
    }
    return bars;
  }

  synchronized List<Split> splits(String symbol) {
    if (splits == null) {
      splits =
          events(
              "splits.csv",
              row ->
                  new Split(
                      Ticker.of(row.text("ticker")),
                      LocalDate.parse(row.text("execution_date")),
                      row.number("split_from"),
                      row.number("split_to")),
              Comparator.comparing(Split::executionDate));
    }
    return splits.getOrDefault(symbol, List.of());
  }

  synchronized List<Dividend> dividends(String symbol) {
    if (dividends == null) {
      dividends =
          events(
              "dividends.csv",
              row ->
                  new Dividend(
                      Ticker.of(row.text("ticker")),
                      LocalDate.parse(row.text("ex_dividend_date")),
                      row.number("cash_amount"),
                      "USD"),
              Comparator.comparing(Dividend::exDate));
    }
    return dividends.getOrDefault(symbol, List.of());
  }

  private <E> Map<String, List<E>> events(
      String name, Function<CsvFile, E> parse, Comparator<E> order) {
    var bySymbol = new HashMap<String, List<E>>();
    Path file = root.resolve(name);
    if (Files.isRegularFile(file)) {
      CsvFile.read(
          file,
          row ->
              bySymbol
                  .computeIfAbsent(row.text("ticker"), t -> new ArrayList<>())
                  .add(parse.apply(row)));
    }
    bySymbol.values().forEach(list -> list.sort(order));
    return bySymbol;
  }
}
