package com.alphaxiii.polygon.cli;

import com.alphaxiii.polygon.PolygonConfig;
import com.alphaxiii.polygon.PolygonDataManager;
import com.alphaxiii.polygon.core.Adjustment;
import com.alphaxiii.polygon.core.BarRequest;
import com.alphaxiii.polygon.core.InclusiveRange;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.Timeframe;
import com.alphaxiii.polygon.validate.DayQuality;
import com.alphaxiii.polygon.validate.Finding;
import com.alphaxiii.polygon.validate.QualityAnswer;
import com.alphaxiii.polygon.validate.Severity;
import com.alphaxiii.polygon.validate.ValidationReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code polygon validate}: how good the bars of a symbol are. */
@Command(
    name = "validate",
    description = {
      "How good the bars of symbols are: findings as a table on a terminal, CSV when piped.",
      "Exit code 1 when there is an error among them, 3 when there are no bars."
    },
    versionProvider = Version.class,
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init")
final class ValidateCommand implements Callable<Integer> {
  private static final int MOST_ROWS = 40;

  private final CommandContext context;

  @Mixin private UpstreamOptions upstream;

  @Parameters(
      arity = "1..*",
      paramLabel = "SYMBOL",
      description = "Tickers such as AAPL, case matters; @file names a file of them.")
  private List<String> symbols;

  @Option(
      names = {"-t", "--timeframe"},
      defaultValue = "1min",
      paramLabel = "TIMEFRAME",
      description = "A number and sec, min, hour, day, week, month, quarter or year [1min].")
  private String timeframe;

  @Option(
      names = "--from",
      required = true,
      paramLabel = "D",
      description = "First day (2024-01-31) or time (2024-01-31T14:30:00Z).")
  private String from;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "D",
      description = "Last day or time, included.")
  private String to;

  @Option(
      names = "--adjust",
      defaultValue = "none",
      paramLabel = "none|split|total",
      description = "What the judged bars are corrected for [none].")
  private String adjust;

  @Option(names = "--html", paramLabel = "FILE", description = "Write a page with charts as well.")
  private @Nullable Path html;

  @Option(names = "--no-cache", description = "Fetch anew and replace what is cached.")
  private boolean noCache;

  ValidateCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    List<BarRequest> requests =
        symbols.stream()
            .flatMap(
                given ->
                    given.startsWith("@")
                        ? SymbolList.parse(given, context.folder()).stream()
                        : Stream.of(given))
            .map(symbol -> request(Ticker.of(symbol)))
            .toList();
    if (html != null && requests.size() > 1) {
      throw new PolygonException.InvalidRequest(
          "--html",
          html.toString(),
          "a page shows one symbol; %d are given".formatted(requests.size()));
    }
    PolygonConfig config = PolygonConfig.from(upstream.settings(context));
    try (PolygonDataManager manager =
        PolygonDataManager.open(config, context.clock(), context.nanoClock())) {
      if (!context.terminal()) {
        context.out().println("code,severity,start,end,evidence,suggestion,symbol");
      }
      int worst = ExitCode.OK;
      for (BarRequest request : requests) {
        int code = judge(manager, request);
        // An error of one is worth more than that another has no bars.
        worst = code == ExitCode.FAILED || worst == ExitCode.OK ? code : worst;
      }
      return worst;
    }
  }

  private BarRequest request(Ticker ticker) {
    return new BarRequest(
        ticker,
        Timeframe.parse(timeframe),
        InclusiveRange.parse(from, to, ticker.market().zone()),
        Adjustment.parse(adjust),
        null,
        !noCache);
  }

  private int judge(PolygonDataManager manager, BarRequest request) {
    QualityAnswer judged = manager.quality(request);
    if (html != null) {
      page(html, request, judged);
    }
    ValidationReport report = judged.report();
    if (context.terminal()) {
      table(report, request.ticker().market().zone());
    } else {
      csv(report);
    }
    summary(judged);
    if (report.count(Severity.ERROR) > 0) {
      return ExitCode.FAILED;
    }
    return judged.answer().bars().isEmpty() ? ExitCode.EMPTY : ExitCode.OK;
  }

  private void page(Path file, BarRequest request, QualityAnswer judged) {
    try (var out = Files.newBufferedWriter(file)) {
      new QualityPage(request, judged.answer().bars(), judged.report(), context.clock().instant())
          .writeTo(out);
    } catch (IOException e) {
      throw new PolygonException.StorageFailure(
          "cannot write %s (%s): is there such a folder, and may you write to it?"
              .formatted(file, e.getClass().getSimpleName()),
          e);
    }
    context.err().println("polygon: wrote " + file);
  }

  private void table(ValidationReport report, ZoneId zone) {
    int rows = 0;
    for (Finding issue : report.issues()) {
      if (rows++ == MOST_ROWS) {
        break;
      }
      context
          .out()
          .println(
              "%-7s  %s  %-26s %s"
                  .formatted(
                      issue.severity(), local(issue.at(), zone), issue.code(), issue.evidence()));
    }
    if (report.issueCount() > rows) {
      context
          .out()
          .println(
              "… and %d more; --html FILE shows them, and so does a pipe"
                  .formatted(report.issueCount() - MOST_ROWS));
    }
    worstDays(report);
  }

  private void worstDays(ValidationReport report) {
    for (DayQuality day :
        report.days().stream()
            .filter(day -> day.score() < 1)
            .sorted(Comparator.comparingDouble(DayQuality::score))
            .limit(5)
            .toList()) {
      context
          .out()
          .println(
              "%s  %-9s %.4f  %d bars, %d wrong, %d doubtful, %d lost, %d unknown (by %s)"
                  .formatted(
                      day.day(),
                      day.quality(),
                      day.score(),
                      day.bars(),
                      day.wrong(),
                      day.doubtful(),
                      day.lost(),
                      day.unknown(),
                      day.judgedBy()));
    }
  }

  private static String local(Instant at, ZoneId zone) {
    return at.atZone(zone).toLocalDateTime().toString();
  }

  private void csv(ValidationReport report) {
    for (Finding issue : report.issues()) {
      context
          .out()
          .println(
              "%s,%s,%s,%s,%s,%s,%s"
                  .formatted(
                      issue.code(),
                      issue.severity(),
                      issue.range().start(),
                      issue.range().end(),
                      quoted(issue.evidence()),
                      quoted(issue.suggestion()),
                      report.ticker()));
    }
  }

  private static String quoted(String text) {
    return '"' + text.replace("\"", "\"\"") + '"';
  }

  private void summary(QualityAnswer judged) {
    ValidationReport report = judged.report();
    if (report.isEmpty()) {
      context
          .err()
          .println(
              "polygon: %s %s: no bars, and nothing tells that there should be any"
                  .formatted(report.ticker(), report.timeframe()));
      return;
    }
    context
        .err()
        .println(
            "polygon: %s %s: %s, score %.4f; %d bars on %d days; %d errors, %d warnings, %d worth knowing%s"
                .formatted(
                    report.ticker(),
                    report.timeframe(),
                    report.overallQuality(),
                    report.score(),
                    judged.answer().bars().size(),
                    report.days().size(),
                    report.count(Severity.ERROR),
                    report.count(Severity.WARNING),
                    report.count(Severity.INFO),
                    judged.answer().complete()
                        ? ""
                        : "; not all bars could be had: " + judged.answer().missing()));
  }
}
