package com.alphaxiii.polygon.cli;

import com.alphaxiii.polygon.BackfillProgress;
import com.alphaxiii.polygon.BackfillReport;
import com.alphaxiii.polygon.BackfillReport.Outcome;
import com.alphaxiii.polygon.BackfillReport.Status;
import com.alphaxiii.polygon.BackfillRequest;
import com.alphaxiii.polygon.PolygonConfig;
import com.alphaxiii.polygon.PolygonDataManager;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Timeframe;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code polygon backfill}: history of many symbols into the cache. */
@Command(
    name = "backfill",
    description = {
      "Fetches history of many symbols into the cache, when nobody else needs the budget.",
      "Stopped by ^C or otherwise, the same command goes on where it ended.",
      "Prints what became of each symbol: as CSV when piped."
    },
    versionProvider = Version.class,
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init")
final class BackfillCommand implements Callable<Integer> {
  private final CommandContext context;

  @Mixin private UpstreamOptions upstream;

  @Option(
      names = "--symbols",
      required = true,
      paramLabel = "A,B|@file",
      description = "Tickers, or a file with one or more a line and # before comments.")
  private String symbols;

  @Option(
      names = {"-t", "--timeframe"},
      defaultValue = "1min",
      paramLabel = "TIMEFRAME",
      description = "What it is made of is fetched: second, minute or day bars [1min].")
  private String timeframe;

  @Option(names = "--from", required = true, paramLabel = "D", description = "First day.")
  private String from;

  @Option(names = "--to", required = true, paramLabel = "D", description = "Last day, included.")
  private String to;

  BackfillCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    BackfillRequest request =
        new BackfillRequest(
            SymbolList.parse(symbols, context.folder()),
            Timeframe.parse(timeframe),
            day("--from", from),
            day("--to", to));
    PolygonConfig config = PolygonConfig.from(upstream.settings(context));
    try (PolygonDataManager manager =
        PolygonDataManager.open(config, context.clock(), context.nanoClock())) {
      BackfillReport report = fill(manager, request);
      print(report);
      tell(report, request);
      return code(report);
    }
  }

  private BackfillReport fill(PolygonDataManager manager, BackfillRequest request) {
    try (ProgressLine line = new ProgressLine(context, "backfill", "days");
        StopSignal.Interrupting _ = context.stop().interrupting(Thread.currentThread())) {
      return manager.backfill(
          request,
          progress ->
              line.show(
                  progress.daysDone(),
                  progress.days(),
                  "%d of %d symbols".formatted(progress.symbolsDone(), progress.symbols()),
                  elapsed -> words(progress, elapsed)));
    } finally {
      // Ours came from the signal, and what follows only prints and closes.
      Thread.interrupted();
    }
  }

  /** One line: how much is done, how fast, and how long the rest will take. */
  static String words(BackfillProgress progress, Duration elapsed) {
    return "%d of %d symbols, %d of %d days, %.1f days/s, %.0f bars/s%s"
        .formatted(
            progress.symbolsDone(),
            progress.symbols(),
            progress.daysDone(),
            progress.days(),
            ProgressLine.rate(progress.daysDone(), elapsed),
            ProgressLine.rate(progress.bars(), elapsed),
            ProgressLine.left(progress.daysDone(), progress.days(), elapsed));
  }

  static LocalDate day(String option, String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw new PolygonException.InvalidRequest(
          option, text, "%s: '%s' is not a date such as 2024-01-31".formatted(option, text));
    }
  }

  private void print(BackfillReport report) {
    if (!context.terminal()) {
      context.out().println("symbol,status,bars,reason");
    }
    for (Outcome outcome : report.outcomes()) {
      String reason = reason(outcome);
      if (!context.terminal()) {
        context
            .out()
            .println(
                "%s,%s,%d,%s"
                    .formatted(
                        quoted(outcome.symbol()),
                        outcome.status(),
                        outcome.bars(),
                        quoted(reason)));
      } else if (outcome.status() != Status.FILLED && outcome.status() != Status.CACHED
          || !reason.isEmpty()) {
        context
            .out()
            .println(
                "%-10s %-8s %s"
                    .formatted(outcome.symbol(), outcome.status(), reason)
                    .stripTrailing());
      }
    }
    context.out().flush();
  }

  private static String reason(Outcome outcome) {
    return outcome
        .failure()
        .map(PolygonException::getMessage)
        .orElse(outcome.missing().isEmpty() ? "" : "could not be read: " + outcome.missing());
  }

  static String quoted(String text) {
    return text.matches("[^\",\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  private void tell(BackfillReport report, BackfillRequest request) {
    StringBuilder words = new StringBuilder("polygon: ");
    words.append(
        String.format(
            Locale.ROOT,
            "%d bars fetched; of %d symbols",
            report.bars(),
            report.outcomes().size()));
    for (Status status : Status.values()) {
      if (report.count(status) > 0) {
        words.append(' ').append(report.count(status)).append(' ').append(status).append(',');
      }
    }
    words.setLength(words.length() - 1);
    if (report.count(Status.STOPPED) + report.count(Status.FAILED) > 0) {
      words.append("; the same command goes on with the rest");
    }
    context.err().println(words);
  }

  /** 0 when all went well, 3 when there are no bars at all, else what went wrong for all alike. */
  private static int code(BackfillReport report) {
    List<Integer> failures =
        report.outcomes().stream()
            .map(Outcome::failure)
            .flatMap(Optional::stream)
            .map(ExitCode::of)
            .distinct()
            .toList();
    long done = report.count(Status.FILLED) + report.count(Status.CACHED);
    if (!failures.isEmpty()) {
      return failures.size() == 1 && done == 0 ? failures.getFirst() : ExitCode.FAILED;
    }
    if (report.count(Status.STOPPED) > 0) {
      return ExitCode.FAILED;
    }
    return done == 0 ? ExitCode.EMPTY : ExitCode.OK;
  }
}
