package com.alphaxiii.polygon.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;

/** Recorded market data, read here without any code of the product. */
final class MarketDataFolder {
  private final Path root;

  private MarketDataFolder(Path root) {
    this.root = root;
  }

  /** The folder; the test is reported as skipped where there is none. */
  static MarketDataFolder orSkip() {
    Path folder =
        Optional.ofNullable(System.getenv("POLYGON_MARKET_DATA"))
            .map(Path::of)
            .orElse(Path.of(System.getProperty("polygon.root"), "..", "shared", "market-data"))
            .normalize();
    Assumptions.assumeTrue(
        Files.isDirectory(folder.resolve("flatfiles")), () -> "no market data at " + folder);
    return new MarketDataFolder(folder);
  }

  Path root() {
    return root;
  }

  /** Rows of a flat file such as {@code minute_aggs_v1} of a day, of one symbol, by column name. */
  List<Map<String, String>> rows(String type, String day, String symbol) {
    List<Map<String, String>> rows = new ArrayList<>();
    read(type, day, symbol, rows::add);
    return rows;
  }

  /**
   * A day's trades ({@code trades_v1}) or quotes ({@code quotes_v1}) of a symbol between two Unix
   * times, the second excluded, as {@link HubClient} writes them down.
   */
  List<String> tape(String type, String day, String symbol, Instant from, Instant to) {
    List<String> tape = new ArrayList<>();
    read(
        type,
        day,
        symbol,
        row -> {
          long time = Long.parseLong(row.get("sip_timestamp")) / 1_000_000;
          if (time >= from.toEpochMilli() && time < to.toEpochMilli()) {
            tape.add(type.startsWith("trades") ? trade(row) : quote(row));
          }
        });
    return tape;
  }

  private void read(
      String type, String day, String symbol, Consumer<Map<String, String>> consumer) {
    Path file =
        root.resolve(
            "flatfiles/us_stocks_sip/%s/%s/%s/%s.csv.gz"
                .formatted(type, day.substring(0, 4), day.substring(5, 7), day));
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      List<String> names =
          Arrays.stream(reader.readLine().split(",", -1))
              .map(name -> name.toLowerCase(Locale.ROOT))
              .toList();
      String line;
      while ((line = reader.readLine()) != null) {
        if (line.startsWith(symbol + ",")) {
          String[] cells = line.split(",", -1);
          Map<String, String> row = new LinkedHashMap<>();
          for (int i = 0; i < cells.length; i++) {
            row.put(names.get(i), cells[i]);
          }
          consumer.accept(row);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  /** A trade as {@link HubClient} writes it down: id, Unix ms, price, size. */
  private static String trade(Map<String, String> row) {
    return "%s %d %s x %s"
        .formatted(
            row.get("id"),
            Long.parseLong(row.get("sip_timestamp")) / 1_000_000,
            Double.parseDouble(row.get("price")),
            Double.parseDouble(row.get("size")));
  }

  /** A quote as {@link HubClient} writes it down: Unix ms, bid and its size, ask and its size. */
  private static String quote(Map<String, String> row) {
    return "%d %s x %s, %s x %s"
        .formatted(
            Long.parseLong(row.get("sip_timestamp")) / 1_000_000,
            Double.parseDouble(row.get("bid_price")),
            Double.parseDouble(row.get("bid_size")),
            Double.parseDouble(row.get("ask_price")),
            Double.parseDouble(row.get("ask_size")));
  }
}
