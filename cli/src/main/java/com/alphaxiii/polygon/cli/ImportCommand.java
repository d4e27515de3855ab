package com.alphaxiii.polygon.cli;

import com.alphaxiii.polygon.FlatFiles;
import com.alphaxiii.polygon.ImportProgress;
import com.alphaxiii.polygon.ImportReport;
import com.alphaxiii.polygon.ImportReport.Outcome;
import com.alphaxiii.polygon.ImportReport.Status;
import com.alphaxiii.polygon.ImportRequest;
import com.alphaxiii.polygon.PolygonConfig;
import com.alphaxiii.polygon.client.FlatFileDataset;
import com.alphaxiii.polygon.client.FlatFileFolder;
import com.alphaxiii.polygon.client.FlatFileStore;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Secret;
import com.alphaxiii.polygon.core.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code polygon import}: flat files into the cache. */
@Command(
    name = "import",
    description = {
      "Brings the vendor's flat files into the cache, by default of bars: those that",
      "are new, or have been issued again. Stopped by ^C or otherwise, the same command",
      "goes on where it ended. Prints what became of each file: as CSV when piped."
    },
    versionProvider = Version.class,
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init")
final class ImportCommand implements Callable<Integer> {
  private static final int MISSING_SHOWN = 10;

  private final CommandContext context;

  @Mixin private UpstreamOptions upstream;

  @Parameters(
      paramLabel = "PATH|s3",
      description = {
        "A folder with us_stocks_sip/minute_aggs_v1/2024/01/2024-01-02.csv.gz and such,",
        "or what POLYGON_FLATFILES_URL names."
      })
  private String path;

  @Option(
      names = "--dataset",
      paramLabel = "NAME",
      description =
          "minute_aggs, day_aggs, trades, quotes, or with the market: us_stocks_sip/day_aggs_v1"
              + " [all bars].")
  private @Nullable String dataset;

  @Option(names = "--from", paramLabel = "D", description = "First day [all].")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "D", description = "Last day, included [all].")
  private @Nullable String to;

  @Option(names = "--symbols", paramLabel = "A,B|@file", description = "Only these tickers [all].")
  private @Nullable String symbols;

  @Option(names = "--again", description = "Also files that were imported and look as they did.")
  private boolean again;

  ImportCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    ImportRequest request = request();
    Settings settings = upstream.settings(context);
    Path cacheDir = PolygonConfig.cacheDir(settings);
    OptionalLong mostBytes = PolygonConfig.cacheMaxBytes(settings);
    try (FlatFileStore files = files(settings, cacheDir)) {
      ImportReport report = run(cacheDir, mostBytes, files, request);
      print(report);
      tell(report);
      return code(report);
    }
  }

  private FlatFileStore files(Settings settings, Path cacheDir) {
    if (!path.equals("s3")) {
      settings.check();
      return FlatFileFolder.open(context.folder().resolve(path));
    }
    settings.text("POLYGON_S3_SECRET_KEY").map(Secret::new).ifPresent(MaskingLayout::mask);
    if (dataset == null || from == null) {
      throw new PolygonException.InvalidRequest(
          "--dataset",
          null,
          "the store holds all markets since 2003: say with --dataset and --from what to bring"
              + " here");
    }
    return FlatFiles.store(
        settings, cacheDir.resolve("import"), context.clock(), context.nanoClock());
  }

  private ImportRequest request() {
    return new ImportRequest(
        dataset == null ? FlatFileDataset.bars() : datasets(dataset),
        Optional.ofNullable(from).map(text -> BackfillCommand.day("--from", text)),
        Optional.ofNullable(to).map(text -> BackfillCommand.day("--to", text)),
        symbols == null ? Set.of() : Set.copyOf(SymbolList.parse(symbols, context.folder())),
        again);
  }

  private static List<FlatFileDataset> datasets(String names) {
    return Stream.of(names.split(",", -1))
        .flatMap(
            name -> {
              List<FlatFileDataset> found =
                  FlatFileDataset.all().stream().filter(one -> named(one, name.strip())).toList();
              if (found.isEmpty()) {
                throw new PolygonException.InvalidRequest(
                    "--dataset",
                    name,
                    "'%s' is no dataset: minute_aggs, day_aggs, trades, quotes, or one of %s"
                        .formatted(
                            name,
                            FlatFileDataset.all().stream()
                                .map(FlatFileDataset::toString)
                                .collect(Collectors.joining(", "))));
              }
              return found.stream();
            })
        .distinct()
        .toList();
  }

  private static boolean named(FlatFileDataset one, String name) {
    return Set.of(one.toString(), one.prefix(), one.type(), one.type().replace("_v1", ""))
        .contains(name);
  }

  private ImportReport run(
      Path cacheDir, OptionalLong mostBytes, FlatFileStore files, ImportRequest request) {
    try (ProgressLine line = new ProgressLine(context, "import", "files");
        StopSignal.Interrupting _ = context.stop().interrupting(Thread.currentThread())) {
      return FlatFiles.importInto(
          cacheDir,
          mostBytes,
          files,
          request,
          context.clock(),
          progress ->
              line.show(
                  progress.filesDone(),
                  progress.files(),
                  "%d rows".formatted(progress.rows()),
                  elapsed -> words(progress, elapsed)));
    } finally {
      // Ours came from the signal, and what follows only prints.
      Thread.interrupted();
    }
  }

  private static String words(ImportProgress progress, Duration elapsed) {
    return "%d of %d files, %d rows, %.0f rows/s%s"
        .formatted(
            progress.filesDone(),
            progress.files(),
            progress.rows(),
            ProgressLine.rate(progress.rows(), elapsed),
            ProgressLine.left(progress.filesDone(), progress.files(), elapsed));
  }

  private void print(ImportReport report) {
    if (!context.terminal()) {
      context.out().println("file,status,rows,reason");
    }
    for (Outcome outcome : report.outcomes()) {
      String reason = reason(outcome);
      if (!context.terminal()) {
        context
            .out()
            .println(
                "%s,%s,%d,%s"
                    .formatted(
                        outcome.file(),
                        outcome.status(),
                        outcome.rows(),
                        BackfillCommand.quoted(reason)));
      } else if (outcome.status() == Status.UNSETTLED || !reason.isEmpty()) {
        context
            .out()
            .println(
                "%s %s %s".formatted(outcome.file(), outcome.status(), reason).stripTrailing());
      }
    }
    context.out().flush();
  }

  private static String reason(Outcome outcome) {
    return outcome
        .failure()
        .map(PolygonException::getMessage)
        .orElse(
            outcome.unusable().isEmpty()
                ? ""
                : "left out, since no ticker is named so: " + outcome.unusable());
  }

  private void tell(ImportReport report) {
    String ends =
        Stream.of(Status.values())
            .filter(status -> report.count(status) > 0)
            .map(status -> "%d %s".formatted(report.count(status), status))
            .collect(Collectors.joining(", "));
    boolean rest = report.count(Status.STOPPED) + report.count(Status.FAILED) > 0;
    context
        .err()
        .println(
            "polygon: %d rows stored; of %d files %s%s"
                .formatted(
                    report.rows(),
                    report.outcomes().size(),
                    ends.isEmpty() ? "none" : ends,
                    rest ? "; the same command goes on with the rest" : ""));
    report
        .missing()
        .forEach(
            (set, days) -> {
              if (!days.isEmpty()) {
                context
                    .err()
                    .println(
                        "polygon: %s has no file for %d trading days in between: %s%s"
                            .formatted(
                                set,
                                days.size(),
                                days.stream()
                                    .limit(MISSING_SHOWN)
                                    .map(Object::toString)
                                    .collect(Collectors.joining(", ")),
                                days.size() > MISSING_SHOWN ? ", …" : ""));
              }
            });
  }

  /** 0 when all files are in the cache, 3 when there was none, else what went wrong. */
  private static int code(ImportReport report) {
    List<Integer> failures =
        report.outcomes().stream()
            .map(Outcome::failure)
            .flatMap(Optional::stream)
            .map(ExitCode::of)
            .distinct()
            .toList();
    if (!failures.isEmpty()) {
      boolean all = report.count(Status.FAILED) == report.outcomes().size();
      return failures.size() == 1 && all ? failures.getFirst() : ExitCode.FAILED;
    }
    if (report.count(Status.STOPPED) > 0) {
      return ExitCode.FAILED;
    }
    return report.outcomes().isEmpty() ? ExitCode.EMPTY : ExitCode.OK;
  }
}
