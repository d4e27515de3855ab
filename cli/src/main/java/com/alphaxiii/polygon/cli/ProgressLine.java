package com.alphaxiii.polygon.cli;

import com.alphaxiii.polygon.core.NanoClock;
import java.io.PrintStream;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * Shows how far long work is: a bar where a person watches, else a line every ten seconds. Called
 * by one thread at a time.
 */
final class ProgressLine implements AutoCloseable {
  private static final long BETWEEN_LINES = Duration.ofSeconds(10).toNanos();
  private static final int REDRAW_MILLIS = 250;

  private final CommandContext context;
  private final String task;
  private final String unit;
  private final NanoClock clock;
  private final long begun;
  private long lastLine;
  private @Nullable ProgressBar bar;

  /**
   * Nothing is shown yet.
   *
   * @param unit of what is counted, such as {@code days}
   */
  ProgressLine(CommandContext context, String task, String unit) {
    this.context = context;
    this.task = task;
    this.unit = unit;
    this.clock = context.nanoClock();
    this.begun = clock.nanoTime();
    this.lastLine = begun;
  }

  /**
   * Shows it if it is time.
   *
   * @param message beside the bar
   * @param words the line, after so much time
   */
  void show(long done, long all, String message, Function<Duration, String> words) {
    if (context.terminal()) {
      if (bar == null) {
        bar = bar(all, context.err());
      }
      bar.maxHint(all);
      bar.setExtraMessage(" " + message);
      bar.stepTo(done);
    } else if (clock.nanoTime() - lastLine >= BETWEEN_LINES) {
      lastLine = clock.nanoTime();
      context.err().println("polygon: " + words.apply(Duration.ofNanos(lastLine - begun)));
    }
  }

  private ProgressBar bar(long all, PrintStream err) {
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setInitialMax(all)
        .setUnit(" " + unit, 1)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(REDRAW_MILLIS)
        .setSpeedUnit(ChronoUnit.SECONDS)
        .showSpeed()
        .setConsumer(new ConsoleProgressBarConsumer(err))
        .build();
  }

  /** How many a second. */
  static double rate(long done, Duration elapsed) {
    return done * 1000.0 / Math.max(1, elapsed.toMillis());
  }

  /** {@code , about 3 min left}, once it can be known. */
  static String left(long done, long all, Duration elapsed) {
    if (done == 0) {
      return "";
    }
    long seconds = (long) Math.ceil((all - done) / rate(done, elapsed));
    String words =
        seconds < 120
            ? seconds + " s"
            : seconds < 7200
                ? Math.ceilDiv(seconds, 60) + " min"
                : Math.ceilDiv(seconds, 3600) + " h";
    return ", about %s left".formatted(words);
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
