package com.alphaxiii.polygon.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.BarsBuilder;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Timeframe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartFileTest {
  private static final Series SERIES = new Series(Ticker.of("AAPL"), Timeframe.SECOND_1);
  private static final PartKey KEY = new PartKey(SERIES, "2014-06");
  private static final long FIRST = KEY.range().start().toEpochMilli();

  private static final double[] EXTREMES = {
    0.0,
    -0.0,
    Double.MIN_VALUE,
    Double.MIN_NORMAL,
    Double.MAX_VALUE,
    -Double.MAX_VALUE,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Math.nextUp(185.5),
    1e-6,
    700_000.01
  };

  /** Bars whose numbers take every shape that a double has. */
  static Bars random(long seed, int rows) {
    Random random = new Random(seed);
    BarsBuilder bars = Bars.builder(SERIES.ticker(), SERIES.base());
    long start = FIRST;
    double absentVwaps = random.nextInt(3) / 2.0;
    double absentCounts = random.nextInt(3) / 2.0;
    for (int i = 0; i < rows; i++) {
      start += 1_000L * (1 + random.nextInt(i % 100 == 0 ? 20 : 1));
      bars.add(
          start,
          price(random),
          price(random),
          price(random),
          price(random),
          price(random),
          random.nextDouble() < absentVwaps ? Double.NaN : price(random),
          random.nextDouble() < absentCounts ? -1 : count(random));
    }
    return bars.build();
  }

  private static double price(Random random) {
    return switch (random.nextInt(10)) {
      case 0 -> EXTREMES[random.nextInt(EXTREMES.length)];
      case 1 -> {
        double any = Double.longBitsToDouble(random.nextLong());
        yield Double.isNaN(any) ? 1 : any;
      }
      default -> Math.round(random.nextDouble() * 1_000_000) / 10_000.0;
    };
  }

  private static long count(Random random) {
    return switch (random.nextInt(20)) {
      case 0 -> Long.MAX_VALUE;
      case 1 -> 0;
      case 2 -> random.nextLong() >>> 1;
      default -> random.nextInt(1_000);
    };
  }

  static Fingerprint write(Path file, Bars bars, int level) throws IOException {
    return PartWriter.write(file, bars, level, PartProof.of(KEY, List.of(KEY.range()), bars));
  }

  private static Bars written(Path file, Bars bars, TimeRange range) throws IOException {
    Fingerprint look = write(file, bars, PartWriter.OPEN_LEVEL);
    try (PartReader reader = new PartReader(key -> file)) {
      return reader.read(new Part(KEY, bars.size(), look, null), range).bars();
    } finally {
      Files.delete(file);
    }
  }

  @Property(tries = 100)
  void readsWhatWasWrittenToTheBit(@ForAll long seed, @ForAll @IntRange(max = 3_000) int rows)
      throws IOException {
    Path file = Files.createTempDirectory("part").resolve("part.parquet");
    Bars bars = random(seed, rows);
    assertThat(written(file, bars, KEY.range())).isEqualTo(bars);
    Files.delete(file.getParent());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 16_383, 16_384, 16_385, 131_071, 131_072, 131_073, 300_000})
  void pagesAndRowGroupsJoinWithoutASeam(int rows, @TempDir Path folder) throws IOException {
    Bars bars = random(rows, rows);
    assertThat(written(folder.resolve("part.parquet"), bars, KEY.range())).isEqualTo(bars);
  }

  @Property(tries = 15)
  void aRangeIsTheSliceOfTheWhole(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 300_000) int first,
      @ForAll @IntRange(max = 60_000) int length)
      throws IOException {
    Path file = Files.createTempDirectory("part").resolve("part.parquet");
    Bars bars = random(seed, 140_000);
    TimeRange range =
        TimeRange.of(
            Instant.ofEpochMilli(FIRST + first * 1_000L),
            Instant.ofEpochMilli(FIRST + (first + length) * 1_000L));
    assertThat(written(file, bars, range)).isEqualTo(bars.slice(range));
    Files.delete(file.getParent());
  }

  @Test
  void theFingerprintIsThatOfTheFile(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("part.parquet");
    Fingerprint look = write(file, random(1, 5_000), PartWriter.CLOSED_LEVEL);
    assertThat(look).isEqualTo(Fingerprint.of(Files.readAllBytes(file)));
  }

  @Test
  void aReaderThatIsClosedCallsNoFileDamaged(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("part.parquet");
    Part part = new Part(KEY, 5_000, write(file, random(1, 5_000), 1), null);
    PartReader reader = new PartReader(key -> file);
    reader.close();
    assertThatThrownBy(() -> reader.read(part, KEY.range()))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(DamagedPart.class);
  }

  @Test
  void neverWritesOverAFile(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("part.parquet"), "precious");
    assertThatThrownBy(() -> write(file, random(1, 10), PartWriter.OPEN_LEVEL))
        .isInstanceOf(IOException.class);
    assertThat(file).hasContent("precious");
  }
}
