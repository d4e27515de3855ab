package com.alphaxiii.polygon.cli;

import com.alphaxiii.polygon.BackfillProgress;
import com.alphaxiii.polygon.core.NanoClock;
import java.io.PrintStream;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * Shows how far a backfill is: a bar where a person watches, else a line every ten seconds. Called
 * by one thread at a time.
 */
final class BackfillProgressLine implements AutoCloseable {
  private static final long BETWEEN_LINES = Duration.ofSeconds(10).toNanos();
  private static final int REDRAW_MILLIS = 250;

  private final CommandContext context;
  private final NanoClock clock;
  private final long begun;
  private long lastLine;
  private @Nullable ProgressBar bar;

  BackfillProgressLine(CommandContext context) {
    this.context = context;
    this.clock = context.nanoClock();
    this.begun = clock.nanoTime();
    this.lastLine = begun;
  }

  void show(BackfillProgress progress) {
    if (context.terminal()) {
      draw(progress);
    } else if (clock.nanoTime() - lastLine >= BETWEEN_LINES) {
      lastLine = clock.nanoTime();
      context.err().println("polygon: " + line(progress, Duration.ofNanos(lastLine - begun)));
    }
  }

  private void draw(BackfillProgress progress) {
    if (bar == null) {
      bar = bar(progress.days(), context.err());
    }
    bar.setExtraMessage(" %d of %d symbols".formatted(progress.symbolsDone(), progress.symbols()));
    bar.stepTo(progress.daysDone());
  }

  private static ProgressBar bar(long days, PrintStream err) {
    return new ProgressBarBuilder()
        .setTaskName("backfill")
        .setInitialMax(days)
        .setUnit(" days", 1)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(REDRAW_MILLIS)
        .setSpeedUnit(ChronoUnit.SECONDS)
        .showSpeed()
        .setConsumer(new ConsoleProgressBarConsumer(err))
        .build();
  }

  /** One line of words: how much is done, how fast, and how long the rest will take. */
  static String line(BackfillProgress progress, Duration elapsed) {
    double seconds = Math.max(1, elapsed.toMillis()) / 1000.0;
    double daysPerSecond = progress.daysDone() / seconds;
    String rest =
        progress.daysDone() == 0
            ? ""
            : ", about %s left"
                .formatted(
                    words(
                        (long) Math.ceil((progress.days() - progress.daysDone()) / daysPerSecond)));
    return "%d of %d symbols, %d of %d days, %.1f days/s, %.0f bars/s%s"
        .formatted(
            progress.symbolsDone(),
            progress.symbols(),
            progress.daysDone(),
            progress.days(),
            daysPerSecond,
            progress.bars() / seconds,
            rest);
  }

  private static String words(long seconds) {
    return seconds < 120
        ? seconds + " s"
        : seconds < 7200 ? Math.ceilDiv(seconds, 60) + " min" : Math.ceilDiv(seconds, 3600) + " h";
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
