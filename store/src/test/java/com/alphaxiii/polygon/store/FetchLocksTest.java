package com.alphaxiii.polygon.store;

import static com.alphaxiii.polygon.store.Samples.AAPL;
import static com.alphaxiii.polygon.store.Samples.days;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Timeframe;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FetchLocksTest {
  private static final Series MINUTES = new Series(AAPL, Timeframe.MINUTE_1);
  private static final TimeRange MAY = days("2014-05-01", "2014-05-31");

  @TempDir private Path folder;

  private FetchLocks open() {
    return new FetchLocks(folder.resolve("fetch.lock"));
  }

  private static FutureTask<Boolean> holding(FetchLocks locks, Series series, TimeRange stretch) {
    FutureTask<Boolean> task =
        new FutureTask<>(
            () -> {
              try (var _ = locks.hold(series, stretch)) {
                return true;
              }
            });
    Thread.ofVirtual().start(task);
    return task;
  }

  @Test
  void onlyWhatOverlapsIsWaitedFor() throws Exception {
    try (FetchLocks one = open();
        FetchLocks other = open()) {
      FutureTask<Boolean> overlapping;
      try (var _ = one.hold(MINUTES, MAY)) {
        overlapping = holding(other, MINUTES, days("2014-05-31", "2014-06-30"));
        assertThat(holding(other, MINUTES, days("2014-06-01", "2014-06-30")).get()).isTrue();
        assertThat(holding(other, MINUTES, days("2014-04-01", "2014-04-30")).get()).isTrue();
        assertThat(holding(other, new Series(AAPL, Timeframe.DAY_1), MAY).get()).isTrue();
        assertThat(holding(other, new Series(Ticker.of("MSFT"), Timeframe.MINUTE_1), MAY).get())
            .isTrue();
        assertThat(overlapping.isDone()).isFalse();
      }
      assertThat(overlapping.get(20, TimeUnit.SECONDS)).isTrue();
      assertThat(Files.size(folder.resolve("fetch.lock"))).isZero();
    }
  }

  @Test
  void closingOneStoreLeavesTheLocksOfAnother() throws Exception {
    try (FetchLocks one = open()) {
      try (var _ = one.hold(MINUTES, MAY)) {
        open().close();
        Process other = start();
        try {
          BufferedReader words = other.inputReader(StandardCharsets.UTF_8);
          assertThat(words.readLine()).isEqualTo("waiting");
          assertThat(other.waitFor(300, TimeUnit.MILLISECONDS)).isFalse();
          assertThat(words.ready()).as("it holds the lock too").isFalse();
        } finally {
          other.destroyForcibly();
        }
      }
    }
  }

  @Test
  void whoIsInterruptedStopsWaitingAndLeavesTheFileOpen() throws Exception {
    try (FetchLocks one = open();
        FetchLocks other = open()) {
      try (var _ = one.hold(MINUTES, MAY)) {
        CountDownLatch started = new CountDownLatch(1);
        FutureTask<Void> task =
            new FutureTask<>(
                () -> {
                  started.countDown();
                  assertThatThrownBy(() -> other.hold(MINUTES, MAY))
                      .isInstanceOf(PolygonException.Unavailable.class)
                      .hasMessageContaining("AAPL");
                  assertThat(Thread.currentThread().isInterrupted()).isTrue();
                  return null;
                });
        Thread waiting = Thread.ofVirtual().start(task);
        assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();
        waiting.interrupt();
        task.get(20, TimeUnit.SECONDS);
      }
      assertThat(holding(other, MINUTES, MAY).get(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aFileThatCannotBeOpenedHoldsNobodyUp() {
    try (FetchLocks locks = new FetchLocks(folder.resolve("none").resolve("fetch.lock"));
        var held = locks.hold(MINUTES, MAY);
        var more = locks.hold(MINUTES, MAY)) {
      assertThat(held).isNotNull();
      assertThat(more).isNotNull();
    }
  }

  @Test
  void whoDiesGivesUpItsLocks() throws Exception {
    Process holder = start();
    try (FetchLocks locks = open()) {
      BufferedReader words = holder.inputReader(StandardCharsets.UTF_8);
      assertThat(words.readLine()).isEqualTo("waiting");
      assertThat(words.readLine()).isEqualTo("holding");
      FutureTask<Boolean> own = holding(locks, MINUTES, MAY);
      assertThatThrownBy(() -> own.get(300, TimeUnit.MILLISECONDS))
          .isInstanceOf(java.util.concurrent.TimeoutException.class);
      holder.destroyForcibly();
      assertThat(own.get(20, TimeUnit.SECONDS)).isTrue();
    } finally {
      holder.destroyForcibly();
    }
  }

  /** A process that takes the locks of May and keeps them until it is killed. */
  static final class Holder {
    public static void main(String[] args) throws Exception {
      try (FetchLocks locks = new FetchLocks(Path.of(args[0]))) {
        System.out.println("waiting");
        try (var _ = locks.hold(MINUTES, MAY)) {
          System.out.println("holding");
          System.in.read();
        }
      }
    }
  }

  private Process start() throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Holder.class.getName(),
            folder.resolve("fetch.lock").toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }
}
