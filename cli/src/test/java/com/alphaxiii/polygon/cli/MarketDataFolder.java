package com.alphaxiii.polygon.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
    Path file =
        root.resolve(
            "flatfiles/us_stocks_sip/%s/%s/%s/%s.csv.gz"
                .formatted(type, day.substring(0, 4), day.substring(5, 7), day));
    List<Map<String, String>> rows = new ArrayList<>();
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
          rows.add(row);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
    return rows;
  }
}
