package com.alphaxiii.polygon.cli;

import com.alphaxiii.polygon.core.NanoClock;
import java.io.Console;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Starts the command line in this process: the one class that reads the machine's clock and ends
 * it.
 */
public final class Main {
  private static final long STOP_SECONDS = 15;
  private static final long MOMENT_SECONDS = 1;

  private Main() {}

  /** Runs a command and exits with its code. */
  public static void main(String[] args) {
    Console console = System.console();
    StopSignal stop = new StopSignal();
    CommandContext context =
        new CommandContext(
            System.out,
            System.err,
            System.getenv(),
            Path.of(""),
            console != null && console.isTerminal(),
            InstantSource.system(),
            NanoClock.system(),
            stop);
    AtomicBoolean ending = new AtomicBoolean();
    CountDownLatch ended = new CountDownLatch(1);
    // On ^C or SIGTERM commands that run until stopped return, close what they opened, and are
    // waited for. Others do not hear of it; their files bear an end at any time.
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  ending.set(true);
                  stop.stop();
                  try {
                    ended.await(stop.isAwaited() ? STOP_SECONDS : MOMENT_SECONDS, TimeUnit.SECONDS);
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                }));
    int code = CommandLineProgram.run(args, context);
    System.out.flush();
    ended.countDown();
    // Once the process is ending, asking for its end would wait for itself.
    if (!ending.get()) {
      System.exit(code);
    }
  }
}
