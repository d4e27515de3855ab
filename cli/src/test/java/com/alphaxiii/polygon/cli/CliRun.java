package com.alphaxiii.polygon.cli;

import com.alphaxiii.polygon.core.NanoClock;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** What a command left behind: its exit code, its data, its words. */
record CliRun(int code, String out, String err) {
  static CliRun of(Path folder, Map<String, String> environment, String... args) {
    return of(folder, environment, new StopSignal(), args);
  }

  static CliRun of(Path folder, Map<String, String> environment, StopSignal stop, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        CommandLineProgram.run(args, context(folder, environment, stop, stream(out), stream(err)));
    return new CliRun(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  static CommandContext context(
      Path folder,
      Map<String, String> environment,
      StopSignal stop,
      PrintStream out,
      PrintStream err) {
    return new CommandContext(
        out, err, environment, folder, false, InstantSource.system(), NanoClock.system(), stop);
  }

  static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  /** The lines of data. */
  List<String> lines() {
    return out.lines().toList();
  }
}
