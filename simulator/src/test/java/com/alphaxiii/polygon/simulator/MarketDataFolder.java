package com.alphaxiii.polygon.simulator;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Finds the recorded market data beside the repository, or skips the test that needs it. */
final class MarketDataFolder {
  private MarketDataFolder() {}

  static Path orSkip() {
    Path beside =
        Path.of(System.getProperty("polygon.root", "."))
            .resolve("../shared/market-data")
            .toAbsolutePath()
            .normalize();
    if (Files.isDirectory(beside)) {
      return beside;
    }
    String configured = System.getenv("POLYGON_MARKET_DATA");
    if (configured != null && Files.isDirectory(Path.of(configured))) {
      return Path.of(configured);
    }
    return Assumptions.abort("no market data at " + beside);
  }
}
