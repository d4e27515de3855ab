package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.Conditions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** Reads the vendor's flat files of trades and quotes. */
final class TickFiles {
  private TickFiles() {}

  /** The ticks of a file by symbol; those of equal time stay in the order of the file. */
  static <T> Map<String, List<T>> read(
      Path file, Function<CsvFile, T> parse, Function<T, String> symbol, ToLongFunction<T> time) {
    var bySymbol = new HashMap<String, List<T>>();
    CsvFile.read(
        file,
        row -> {
          T tick = parse.apply(row);
          bySymbol.computeIfAbsent(symbol.apply(tick), s -> new ArrayList<>()).add(tick);
        });
    bySymbol.values().forEach(ticks -> ticks.sort(Comparator.comparingLong(time)));
    return bySymbol;
  }

  static TradeTick trade(CsvFile row) {
    return new TradeTick(
        row.text("ticker").intern(),
        row.number("price"),
        row.number("size"),
        Conditions.of(row.integers("conditions")),
        row.integer("sip_timestamp", 0),
        row.integer("participant_timestamp", 0),
        row.small("exchange"),
        row.text("id"),
        row.small("tape"),
        row.integer("sequence_number", 0),
        row.small("trf_id"),
        row.integer("trf_timestamp", 0),
        row.small("correction"));
  }

  static QuoteTick quote(CsvFile row) {
    return new QuoteTick(
        row.text("ticker").intern(),
        row.small("bid_exchange"),
        row.number("bid_price"),
        row.number("bid_size"),
        row.small("ask_exchange"),
        row.number("ask_price"),
        row.number("ask_size"),
        Conditions.of(row.integers("conditions")),
        Conditions.of(row.integers("indicators")),
        row.integer("sip_timestamp", 0),
        row.integer("participant_timestamp", 0),
        row.small("tape"),
        row.integer("sequence_number", 0));
  }
}
