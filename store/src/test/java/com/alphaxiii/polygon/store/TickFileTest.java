package com.alphaxiii.polygon.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alphaxiii.polygon.core.Conditions;
import com.alphaxiii.polygon.core.Quote;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Trade;
import dev.hardwood.Hardwood;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TickFileTest {
  private static final Hardwood HARDWOOD = Hardwood.create();
  private static final Ticker SPY = Ticker.of("SPY");
  private static final LocalDate DAY = LocalDate.parse("2013-10-08");

  private static final double[] EXTREMES = {
    0.0,
    -0.0,
    Double.MIN_VALUE,
    Double.MAX_VALUE,
    Double.POSITIVE_INFINITY,
    Math.nextUp(185.5),
    1e-6,
    700_000.01
  };

  private static <T> TickFile write(Path path, TickColumns<T> columns, List<T> ticks)
      throws IOException {
    try (TickWriter<T> writer = TickWriter.create(path, columns)) {
      for (T tick : ticks) {
        writer.add(tick);
      }
      TickDay day = new TickDay(SPY, columns.kind(), DAY);
      return new TickFile(day, path, writer.rows(), writer.finish());
    }
  }

  private static <T> List<T> read(
      TickFile file, TickColumns<T> columns, @Nullable TimeRange range, boolean newestFirst)
      throws IOException {
    return new StoredTicks<>(
            TickReader.open(HARDWOOD, file, columns),
            damage -> {
              throw new AssertionError(damage);
            },
            range,
            newestFirst)
        .rest()
        .values();
  }

  /** Any trades at all, in any order, whose numbers take every shape. */
  private static List<Trade> anyTrades(long seed, int count) {
    Random random = new Random(seed);
    List<Trade> trades = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      trades.add(
          new Trade(
              SPY,
              real(random),
              real(random),
              anyConditions(random),
              whole(random),
              whole(random),
              small(random),
              text(random),
              small(random),
              whole(random),
              small(random),
              whole(random),
              small(random)));
    }
    return trades;
  }

  private static List<Quote> anyQuotes(long seed, int count) {
    Random random = new Random(seed);
    List<Quote> quotes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      quotes.add(
          new Quote(
              SPY,
              small(random),
              real(random),
              real(random),
              small(random),
              real(random),
              real(random),
              anyConditions(random),
              anyConditions(random),
              whole(random),
              whole(random),
              small(random),
              whole(random),
              whole(random)));
    }
    return quotes;
  }

  private static double real(Random random) {
    return switch (random.nextInt(10)) {
      case 0 -> EXTREMES[random.nextInt(EXTREMES.length)];
      case 1 -> Double.longBitsToDouble(random.nextLong() >>> 2);
      default -> random.nextInt(10_000) / 100.0;
    };
  }

  private static long whole(Random random) {
    return switch (random.nextInt(10)) {
      case 0 -> Long.MAX_VALUE;
      case 1 -> 0;
      case 2 -> random.nextLong();
      default -> 1_381_232_396_477_000_000L + random.nextInt();
    };
  }

  private static int small(Random random) {
    return random.nextInt(10) == 0 ? random.nextInt() : random.nextInt(20);
  }

  private static String text(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> "";
      case 1 -> "é ∂/😀".substring(0, random.nextInt(4));
      default -> Long.toString(random.nextLong(1_000_000));
    };
  }

  private static Conditions anyConditions(Random random) {
    return Conditions.of(random.ints(random.nextInt(5), 0, 60).toArray());
  }

  @Property(tries = 40)
  void tradesComeBackToTheBitAndInTheirOrder(
      @ForAll long seed, @ForAll @IntRange(max = 2_000) int count) throws IOException {
    roundTrip(new TradeColumns(), anyTrades(seed, count));
  }

  @Property(tries = 25)
  void quotesComeBackToTheBitAndInTheirOrder(
      @ForAll long seed, @ForAll @IntRange(max = 2_000) int count) throws IOException {
    roundTrip(new QuoteColumns(), anyQuotes(seed, count));
  }

  private static <T> void roundTrip(TickColumns<T> columns, List<T> ticks) throws IOException {
    Path folder = Files.createTempDirectory("ticks");
    TickFile file = write(folder.resolve("day.parquet"), columns, ticks);
    assertThat(file.look()).isEqualTo(Fingerprint.of(Files.readAllBytes(file.path())));
    assertThat(read(file, columns, null, false)).isEqualTo(ticks);
    assertThat(read(file, columns, null, true)).isEqualTo(ticks.reversed());
    Files.delete(file.path());
    Files.delete(folder);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 16_384, 16_385, 65_535, 65_536, 65_537, 140_000})
  void pagesAndRowGroupsJoinWithoutASeam(int count, @TempDir Path folder) throws IOException {
    List<Trade> trades = ListTicks.someTrades(SPY, DAY, count);
    TickFile file = write(folder.resolve("day.parquet"), new TradeColumns(), trades);
    assertThat(read(file, new TradeColumns(), null, false)).isEqualTo(trades);
  }

  @Test
  void aRangeIsThatPartOfTheWhole(@TempDir Path folder) throws IOException {
    List<Trade> trades = ListTicks.someTrades(SPY, DAY, 150_000);
    TickFile file = write(folder.resolve("day.parquet"), new TradeColumns(), trades);
    Random random = new Random(8);
    for (int i = 0; i < 4; i++) {
      int one = random.nextInt(trades.size());
      int other = random.nextInt(trades.size());
      long from = trades.get(Math.min(one, other)).sipTime();
      long to = trades.get(Math.max(one, other)).sipTime();
      List<Trade> within =
          trades.stream().filter(t -> t.sipTime() >= from && t.sipTime() < to).toList();
      TimeRange range = TimeRange.of(ListTicks.instant(from), ListTicks.instant(to));
      assertThat(read(file, new TradeColumns(), range, false)).isEqualTo(within);
      assertThat(read(file, new TradeColumns(), range, true)).isEqualTo(within.reversed());
    }
  }

  @Test
  void theSameTicksMakeTheSameBytes(@TempDir Path folder) throws IOException {
    List<Trade> trades = ListTicks.someTrades(SPY, DAY, 70_000);
    TickFile one = write(folder.resolve("one.parquet"), new TradeColumns(), trades);
    TickFile other = write(folder.resolve("other.parquet"), new TradeColumns(), trades);
    assertThat(one.look()).isEqualTo(other.look());
  }

  @Test
  void aFlippedByteAndAMissingFileAreNoticed(@TempDir Path folder) throws IOException {
    TickFile file =
        write(
            folder.resolve("day.parquet"),
            new TradeColumns(),
            ListTicks.someTrades(SPY, DAY, 1_000));
    byte[] bytes = Files.readAllBytes(file.path());
    bytes[bytes.length / 2] ^= 1;
    Files.write(file.path(), bytes);
    assertThatThrownBy(() -> TickReader.open(HARDWOOD, file, new TradeColumns()))
        .isInstanceOf(DamagedTicks.class);
    Files.delete(file.path());
    assertThatThrownBy(() -> TickReader.open(HARDWOOD, file, new TradeColumns()))
        .isInstanceOf(DamagedTicks.class);
  }
}
