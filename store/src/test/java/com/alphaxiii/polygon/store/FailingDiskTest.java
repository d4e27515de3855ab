package com.alphaxiii.polygon.store;

import static com.alphaxiii.polygon.store.Samples.AAPL;
import static com.alphaxiii.polygon.store.Samples.days;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.alphaxiii.polygon.core.Adjustment;
import com.alphaxiii.polygon.core.BarAnswer;
import com.alphaxiii.polygon.core.BarRequest;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.TickRequest;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Timeframe;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A cache on a disk of its own that is full, or read-only: each request is answered, from what is
 * there or by the vendor. Skipped where no disk may be mounted, as for most who are not root.
 */
class FailingDiskTest {
  private static final Ticker SPY = Ticker.of("SPY");
  private static final LocalDate TICK_DAY = LocalDate.parse("2013-10-08");
  private static final TimeRange MARCH = days("2014-03-01", "2014-03-31");
  private static final TimeRange APRIL = days("2014-04-01", "2014-04-30");

  @TempDir private Path folder;
  private Path disk;
  private final Samples.TestClock clock = new Samples.TestClock("2014-07-03T16:00:00Z");
  private final ListSource upstream = new ListSource(clock);
  private final ListTicks ticks =
      new ListTicks()
          .addTrades(ListTicks.someTrades(SPY, TICK_DAY, 3_000))
          .addTrades(ListTicks.someTrades(SPY, TICK_DAY.plusDays(1), 3_000));

  private static boolean run(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @BeforeEach
  void mount() throws IOException {
    disk = Files.createDirectory(folder.resolve("disk"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", disk.toString()),
        "no disk may be mounted here");
    upstream.put(Samples.minutes(AAPL, TimeRange.of(MARCH.start(), APRIL.end()), 3));
  }

  @AfterEach
  void unmount() {
    run("umount", "-l", disk.toString());
  }

  private BarStore open(Path root) {
    return BarStore.open(root, upstream, new ListReference(), clock, Samples.CALENDAR);
  }

  /** Asks and compares; true when the vendor was not asked. */
  private boolean ask(BarStore store, TimeRange range) {
    BarRequest request = BarRequest.raw(AAPL, Timeframe.MINUTE_1, range);
    BarAnswer answer = store.bars(request);
    assertThat(answer.bars()).isEqualTo(upstream.plain(request));
    return answer.cached();
  }

  private void askForTicks(BarStore store, LocalDate day) {
    TickRequest request = TickRequest.ofDay(SPY, day);
    assertThat(store.ticks(ticks).trades(request).rest().values())
        .isEqualTo(ticks.plainTrades(request));
  }

  /** Leaves no room on the disk but some bytes. */
  private Path fill(int left) throws IOException {
    Path filler = disk.resolve("filler");
    try (OutputStream out = Files.newOutputStream(filler)) {
      byte[] block = new byte[4_096];
      while (disk.toFile().getUsableSpace() > left) {
        out.write(block);
      }
    }
    return filler;
  }

  private static BarRequest adjusted(TimeRange range) {
    return new BarRequest(AAPL, Timeframe.MINUTE_1, range, Adjustment.SPLIT, null, true);
  }

  @Test
  void aDiskThatFillsUpCostsRequestsAndNoAnswers() throws IOException {
    try (BarStore store = open(disk)) {
      ask(store, MARCH);
      Path filler = fill(8_192);
      assertThat(ask(store, APRIL)).isFalse();
      askForTicks(store, TICK_DAY);
      assertThat(ask(store, APRIL)).isFalse();
      assertThat(ask(store, MARCH)).isTrue();
      assertThat(store.bars(adjusted(APRIL)).bars().size()).isPositive();
      Files.delete(filler);
      // With room again it is stored as usual.
      ask(store, APRIL);
      assertThat(ask(store, APRIL)).isTrue();
      askForTicks(store, TICK_DAY);
    }
    assertThat(CacheFolder.verify(disk, false, clock).damages()).isEmpty();
  }

  @Test
  void aFullDiskIsOpenedAndAnswered() throws IOException {
    try (BarStore store = open(disk)) {
      ask(store, MARCH);
    }
    Path filler = fill(0);
    try (BarStore store = open(disk)) {
      assertThat(ask(store, MARCH)).isTrue();
      assertThat(ask(store, APRIL)).isFalse();
      askForTicks(store, TICK_DAY);
      assertThat(store.bars(adjusted(MARCH)).bars().size()).isPositive();
    }
    Files.delete(filler);
    try (BarStore store = open(disk)) {
      ask(store, APRIL);
      assertThat(ask(store, APRIL)).isTrue();
    }
    assertThat(CacheFolder.verify(disk, false, clock).damages()).isEmpty();
  }

  @Test
  void aReadOnlyDiskServesWhatItHas() {
    try (BarStore store = open(disk)) {
      ask(store, MARCH);
      askForTicks(store, TICK_DAY);
    }
    assumeTrue(run("mount", "-o", "remount,ro", disk.toString()), "it cannot be made read-only");
    try (BarStore store = open(disk)) {
      assertThat(ask(store, MARCH)).isTrue();
      assertThat(ask(store, APRIL)).isFalse();
      assertThat(ask(store, APRIL)).isFalse();
      int asked = ticks.asked().size();
      askForTicks(store, TICK_DAY);
      assertThat(ticks.asked()).hasSize(asked);
      askForTicks(store, TICK_DAY.plusDays(1));
      assertThat(store.bars(adjusted(MARCH)).bars().size()).isPositive();
      assertThat(store.statistics().bytes()).isPositive();
      assertThatThrownBy(() -> store.clear(Optional.of(AAPL), OptionalInt.empty()))
          .isInstanceOf(PolygonException.StorageFailure.class)
          .hasMessageContaining("may be written");
    }
  }

  @Test
  void aDiskThatIsWritableAgainIsWrittenWithoutAStart() {
    try (BarStore store = open(disk)) {
      ask(store, MARCH);
    }
    assumeTrue(run("mount", "-o", "remount,ro", disk.toString()), "it cannot be made read-only");
    try (BarStore store = open(disk)) {
      assertThat(ask(store, MARCH)).isTrue();
      assertThat(ask(store, APRIL)).isFalse();
      clock.set(clock.instant().plusSeconds(11));
      // Looked at, and still not to be written.
      assertThat(ask(store, APRIL)).isFalse();
      assertThat(store.status().problem()).isPresent();
      assertThat(run("mount", "-o", "remount,rw", disk.toString())).isTrue();
      assertThat(ask(store, APRIL)).isFalse();
      assertThat(store.status().problem()).isPresent();
      clock.set(clock.instant().plusSeconds(11));
      assertThat(ask(store, APRIL)).isFalse();
      assertThat(ask(store, APRIL)).isTrue();
      assertThat(ask(store, MARCH)).isTrue();
      assertThat(store.status().problem()).isEmpty();
      askForTicks(store, TICK_DAY);
      int asked = ticks.asked().size();
      askForTicks(store, TICK_DAY);
      assertThat(ticks.asked()).hasSize(asked);
    }
    assertThat(CacheFolder.verify(disk, false, clock).damages()).isEmpty();
  }

  @Test
  void whatWasWrittenLastIsReadFromAReadOnlyDiskToo() throws IOException {
    Path root = folder.resolve("cache");
    try (BarStore store = open(root)) {
      ask(store, MARCH);
      // As a program that was killed leaves it: part of the catalog is in its log.
      assertThat(run("cp", "-r", root.toString(), disk.toString())).isTrue();
    }
    Path copy = disk.resolve("cache");
    Path wal = copy.resolve("cache/polygon_cache.db-wal");
    assertThat(Files.size(wal)).isPositive();
    Files.deleteIfExists(copy.resolve("cache/polygon_cache.db-shm"));
    assumeTrue(run("mount", "-o", "remount,ro", disk.toString()), "it cannot be made read-only");
    try (BarStore store = open(copy)) {
      assertThat(ask(store, MARCH)).isTrue();
    }
  }

  @Test
  void aDiskWithoutACacheThatCannotHoldOneIsToldSo() {
    assumeTrue(run("mount", "-o", "remount,ro", disk.toString()), "it cannot be made read-only");
    assertThatThrownBy(() -> open(disk.resolve("new")))
        .isInstanceOf(PolygonException.StorageFailure.class)
        .hasMessageContaining("set CACHE_DIR to one that may be written");
  }
}
