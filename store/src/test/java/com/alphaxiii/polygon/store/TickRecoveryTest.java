package com.alphaxiii.polygon.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.TickRequest;
import com.alphaxiii.polygon.core.Ticker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After the loss of a catalog, files of ticks that prove themselves are not fetched again. */
class TickRecoveryTest {
  private static final Ticker SPY = Ticker.of("SPY");
  private static final LocalDate MONDAY = LocalDate.parse("2013-10-07");
  private static final LocalDate TUESDAY = LocalDate.parse("2013-10-08");

  @TempDir private Path root;
  private final Samples.TestClock clock = new Samples.TestClock("2013-10-11T16:00:00Z");
  private final ListTicks vendor =
      new ListTicks()
          .addTrades(ListTicks.someTrades(SPY, MONDAY, 2_000))
          .addTrades(ListTicks.someTrades(SPY, TUESDAY, 70_000))
          .addQuotes(ListTicks.someQuotes(SPY, TUESDAY, 3_000));

  private BarStore open() {
    return BarStore.open(
        root,
        request -> {
          throw new AssertionError("asked for bars " + request);
        },
        new ListReference(),
        clock,
        Samples.CALENDAR);
  }

  /** Reads all three days; tells how often the vendor was asked. */
  private int read() {
    int before = vendor.asked().size();
    try (BarStore store = open()) {
      TickStore ticks = store.ticks(vendor);
      for (LocalDate day : List.of(MONDAY, TUESDAY)) {
        TickRequest request = TickRequest.ofDay(SPY, day);
        assertThat(ticks.trades(request).rest().values()).isEqualTo(vendor.plainTrades(request));
      }
      TickRequest request = TickRequest.ofDay(SPY, TUESDAY);
      assertThat(ticks.quotes(request).rest().values()).isEqualTo(vendor.plainQuotes(request));
    }
    return vendor.asked().size() - before;
  }

  private Path file(String kind, LocalDate day) {
    return root.resolve("parquet/symbols/SPY/SPY_%s.parquet/%s.parquet".formatted(kind, day));
  }

  private void loseCatalog() throws IOException {
    try (Stream<Path> all = Files.list(root.resolve("cache"))) {
      for (Path file : all.filter(path -> path.toString().contains(".db")).toList()) {
        Files.delete(file);
      }
    }
  }

  @BeforeEach
  void fill() throws IOException {
    assertThat(read()).isEqualTo(3);
    loseCatalog();
  }

  @Test
  void wholeFilesAreNotFetchedAgain() {
    assertThat(read()).isZero();
    assertThat(CacheFolder.verify(root, false, clock).damages()).isEmpty();
    try (BarStore store = open()) {
      assertThat(store.statistics().ticks().rows()).isEqualTo(75_000);
    }
  }

  @Test
  void verifyingMakesTheCatalogAnewOfThem() {
    assertThat(CacheFolder.verify(root, true, clock).damages())
        .extracting(Damage::kind)
        .containsExactly(Damage.Kind.CATALOG_MISSING);
    assertThat(read()).isZero();
  }

  @Test
  void anyByteThatWasAlteredMakesAFileUnproven() throws IOException {
    Path file = file("trades", TUESDAY);
    byte[] whole = Files.readAllBytes(file);
    int footer = whole.length - 8 - 200;
    for (int at : new int[] {4, whole.length / 3, whole.length / 2, footer}) {
      loseCatalog();
      byte[] bytes = whole.clone();
      bytes[at] ^= 0x10;
      Files.write(file, bytes);
      // What is read is right in any case: read() compares it.
      assertThat(read()).as("byte " + at).isLessThanOrEqualTo(1);
      Files.write(file, whole);
    }
    loseCatalog();
    whole[whole.length / 2] ^= 1;
    Files.write(file, whole);
    assertThat(read()).isOne();
  }

  @Test
  void aFileUnderAnotherDaysNameIsNotBelieved() throws IOException {
    Files.copy(
        file("trades", TUESDAY), file("trades", MONDAY), StandardCopyOption.REPLACE_EXISTING);
    assertThat(read()).isOne();
  }
}
