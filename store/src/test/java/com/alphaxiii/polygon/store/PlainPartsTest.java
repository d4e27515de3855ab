package com.alphaxiii.polygon.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.Timeframe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The short way through part files is held to the library that reads all of them. */
class PlainPartsTest {
  private static final Series SERIES = new Series(Ticker.of("AAPL"), Timeframe.SECOND_1);
  private static final PartKey KEY = new PartKey(SERIES, "2014-06");

  private static byte[] file(Bars bars, int level) throws IOException {
    Path file = Files.createTempDirectory("plain").resolve("part.parquet");
    try {
      PartFileTest.write(file, bars, level);
      return Files.readAllBytes(file);
    } finally {
      Files.delete(file);
      Files.delete(file.getParent());
    }
  }

  private static Optional<Bars> plain(List<byte[]> files, int processors) {
    try (PlainParts parts = new PlainParts(Crew.computing(processors), processors)) {
      return parts.read(SERIES, files);
    }
  }

  /** What the library reads, by way of the verifier's reading. */
  private static Bars library(byte[] bytes, int rows) throws IOException {
    Path file = Files.write(Files.createTempFile("plain", ".parquet"), bytes);
    try (PartReader reader = new PartReader(key -> file)) {
      return reader.whole(new Part(KEY, rows, Fingerprint.of(bytes), null)).bars();
    } finally {
      Files.delete(file);
    }
  }

  @Property(tries = 60)
  void readsWhatTheLibraryReads(@ForAll long seed, @ForAll @IntRange(max = 40_000) int rows)
      throws IOException {
    Bars bars = PartFileTest.random(seed, rows);
    byte[] file = file(bars, 1 + Math.floorMod(seed, 3));
    assertThat(plain(List.of(file), 1)).contains(bars);
    assertThat(library(file, rows)).isEqualTo(bars);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8})
  void joinsFilesWhateverHelpThereIs(int processors) throws IOException {
    Bars bars = PartFileTest.random(7, 300_000);
    List<byte[]> files = new ArrayList<>();
    for (int[] rows : new int[][] {{0, 1}, {1, 1}, {1, 140_000}, {140_000, 300_000}}) {
      files.add(file(bars.slice(rows[0], rows[1]), PartWriter.OPEN_LEVEL));
    }
    assertThat(plain(files, processors)).contains(bars);
  }

  @Test
  void filesOutOfOrderAreAnError() throws IOException {
    Bars bars = PartFileTest.random(3, 60_000);
    byte[] early = file(bars.slice(0, 30_000), PartWriter.OPEN_LEVEL);
    byte[] late = file(bars.slice(30_000, 60_000), PartWriter.OPEN_LEVEL);
    assertThatThrownBy(() -> plain(List.of(late, early), 2)).isInstanceOf(RuntimeException.class);
  }

  /** The same rows and columns, in an encoding of its own. */
  @Test
  void leavesFilesOfOtherWriters(@TempDir Path folder) throws IOException, SQLException {
    Path ours = Files.write(folder.resolve("ours.parquet"), file(PartFileTest.random(1, 500), 1));
    Path theirs = folder.resolve("theirs.parquet");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "COPY (FROM '%s') TO '%s' (FORMAT parquet, COMPRESSION zstd)".formatted(ours, theirs));
    }
    assertThat(plain(List.of(Files.readAllBytes(theirs)), 1)).isEmpty();
  }

  /** Of what is altered nothing is promised but an end: the checksum has told of it before. */
  @Property(tries = 400)
  void anyBytesComeToAnEnd(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    byte[] file = Damaged.FILE.clone();
    for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
      file[random.nextInt(file.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
    }
    byte[] cut = random.nextInt(4) == 0 ? Arrays.copyOf(file, random.nextInt(file.length)) : file;
    try {
      plain(List.of(cut), 1).ifPresent(bars -> assertThat(bars.size()).isNotNegative());
    } catch (RuntimeException e) {
      assertThat(e).isNotInstanceOf(NullPointerException.class);
    }
  }

  private static final class Damaged {
    static final byte[] FILE = make();

    private static byte[] make() {
      try {
        return file(PartFileTest.random(11, 2_000), PartWriter.OPEN_LEVEL);
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }
}
