package com.alphaxiii.polygon.cli;

import com.alphaxiii.polygon.PolygonConfig;
import com.alphaxiii.polygon.PolygonDataManager;
import com.alphaxiii.polygon.calendar.MarketCalendar;
import com.alphaxiii.polygon.calendar.SessionBars;
import com.alphaxiii.polygon.core.Adjustment;
import com.alphaxiii.polygon.core.BarAnswer;
import com.alphaxiii.polygon.core.BarRequest;
import com.alphaxiii.polygon.core.BarSource;
import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.InclusiveRange;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Session;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.Timeframe;
import com.alphaxiii.polygon.validate.Finding;
import com.alphaxiii.polygon.validate.QualityAnswer;
import com.alphaxiii.polygon.validate.Severity;
import com.alphaxiii.polygon.validate.ValidationReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code polygon bars}: history as a table, or in a file of any form. */
@Command(
    name = "bars",
    description = "History of a symbol: a table on a terminal, CSV when piped.",
    versionProvider = Version.class,
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init")
final class BarsCommand implements Callable<Integer> {
  /** Findings told beside the bars; {@code polygon validate} tells all. */
  private static final int MOST_ISSUES = 10;

  private final CommandContext context;

  @Mixin private UpstreamOptions upstream;

  @Parameters(paramLabel = "SYMBOL", description = "A ticker such as AAPL; case matters.")
  private String symbol;

  @Option(
      names = {"-t", "--timeframe"},
      defaultValue = "1day",
      paramLabel = "TIMEFRAME",
      description = "A number and sec, min, hour, day, week, month, quarter or year [1day].")
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
      defaultValue = "split",
      paramLabel = "none|split|total",
      description = "Correct for nothing, splits, or splits and dividends [split].")
  private String adjust;

  @Option(
      names = "--as-of",
      paramLabel = "D",
      description = "The day whose knowledge of splits and dividends applies [today].")
  private @Nullable String asOf;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write to FILE.csv, .json, .parquet or .arrow instead.")
  private @Nullable Path output;

  @Option(names = "--no-cache", description = "Fetch anew and replace what is cached.")
  private boolean noCache;

  @Option(
      names = "--session",
      defaultValue = "all",
      paramLabel = "all|regular|pre|post",
      description = "Bars of one session of the day only [all].")
  private String session;

  @Option(names = "--validate", description = "Judge the bars and tell what is wrong with them.")
  private boolean validate;

  BarsCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    BarFormat format = format();
    BarRequest request = request();
    PolygonConfig config = PolygonConfig.from(upstream.settings(context));
    try (PolygonDataManager manager =
        PolygonDataManager.open(config, context.clock(), context.nanoClock())) {
      SessionBars.Selection found = find(manager::bars, request);
      write(format, found.bars());
      tell(found.answer(), found.bars());
      if (validate) {
        // What was fetched anew just now is in the cache.
        judge(manager.quality(request.withCache()));
      }
      return found.bars().isEmpty() ? ExitCode.EMPTY : ExitCode.OK;
    }
  }

  private SessionBars.Selection find(BarSource source, BarRequest request) {
    Optional<Session> wanted = Session.parse(session);
    if (wanted.isPresent()) {
      return new SessionBars(source, MarketCalendar.usEquities()).bars(request, wanted.get());
    }
    BarAnswer answer = source.bars(request);
    return new SessionBars.Selection(answer, answer.bars());
  }

  private BarRequest request() {
    Ticker ticker = Ticker.of(symbol);
    ZoneId zone = ticker.market().zone();
    return new BarRequest(
        ticker,
        Timeframe.parse(timeframe),
        InclusiveRange.parse(from, to, zone),
        Adjustment.parse(adjust),
        asOf == null ? null : day(asOf),
        !noCache);
  }

  private static LocalDate day(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw new PolygonException.InvalidRequest(
          "--as-of", text, "'%s' is not a date such as 2024-01-31".formatted(text));
    }
  }

  private BarFormat format() {
    if (output == null) {
      return context.terminal() ? BarFormat.TABLE : BarFormat.CSV;
    }
    String name = output.toString();
    return BarFormat.ofFile(name)
        .orElseThrow(
            () ->
                new PolygonException.InvalidRequest(
                    "-o",
                    name,
                    "'%s': name a file that ends in .csv, .json, .parquet or .arrow"
                        .formatted(output)));
  }

  private void write(BarFormat format, Bars bars) {
    ZoneId zone = bars.ticker().market().zone();
    try {
      if (output == null) {
        format.write(bars, zone, context.out());
        context.out().flush();
      } else {
        try (var file = Files.newOutputStream(output)) {
          format.write(bars, zone, file);
        }
      }
    } catch (IOException e) {
      throw new PolygonException.StorageFailure(
          "cannot write %s (%s): is there such a folder, and may you write to it?"
              .formatted(output, e.getClass().getSimpleName()),
          e);
    }
  }

  private void judge(QualityAnswer judged) {
    ValidationReport report = judged.report();
    context
        .err()
        .println(
            "polygon: quality %s, score %.4f; %d errors, %d warnings, %d worth knowing"
                .formatted(
                    report.overallQuality(),
                    report.score(),
                    report.count(Severity.ERROR),
                    report.count(Severity.WARNING),
                    report.count(Severity.INFO)));
    List<Finding> worst =
        report.issues().stream()
            .filter(issue -> issue.severity() != Severity.INFO)
            .limit(MOST_ISSUES)
            .toList();
    for (Finding issue : worst) {
      context
          .err()
          .println(
              "polygon:   %s %s %s: %s"
                  .formatted(issue.severity(), issue.at(), issue.code(), issue.evidence()));
    }
    if (report.issueCount() > worst.size()) {
      context.err().println("polygon:   all of it: polygon validate " + symbol);
    }
  }

  private void tell(BarAnswer answer, Bars bars) {
    if (bars.isEmpty()) {
      context
          .err()
          .println(
              "polygon: no %s bars of %s from %s to %s%s: no trades then, or an unknown symbol"
                  .formatted(
                      bars.timeframe(),
                      symbol,
                      from,
                      to,
                      session.equals("all") ? "" : " in the %s session".formatted(session)));
      return;
    }
    context
        .err()
        .println(
            "polygon: %d bars, source %s, adjust %s%s"
                .formatted(
                    bars.size(),
                    answer.source(),
                    adjust,
                    answer.unsettled().map(at -> ", may still change from " + at).orElse("")));
  }
}
