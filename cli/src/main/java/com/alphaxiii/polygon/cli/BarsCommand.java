package com.alphaxiii.polygon.cli;

import com.alphaxiii.polygon.PolygonConfig;
import com.alphaxiii.polygon.PolygonDataManager;
import com.alphaxiii.polygon.core.Adjustment;
import com.alphaxiii.polygon.core.BarAnswer;
import com.alphaxiii.polygon.core.BarRequest;
import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.InclusiveRange;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.Timeframe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code polygon bars}: history as a table, CSV or JSON. */
@Command(
    name = "bars",
    description = "History of a symbol: a table on a terminal, CSV when piped.",
    versionProvider = Version.class,
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init")
final class BarsCommand implements Callable<Integer> {
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
      description = "Write to FILE.csv or FILE.json instead.")
  private @Nullable Path output;

  @Option(names = "--no-cache", description = "Fetch anew and replace what is cached.")
  private boolean noCache;

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
      BarAnswer answer = manager.bars(request);
      write(format, answer.bars());
      tell(answer);
      return answer.bars().isEmpty() ? ExitCode.EMPTY : ExitCode.OK;
    }
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
    String name = output.toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".csv")) {
      return BarFormat.CSV;
    }
    if (name.endsWith(".json")) {
      return BarFormat.JSON;
    }
    throw new PolygonException.InvalidRequest(
        "-o", name, "'%s': name a file that ends in .csv or .json".formatted(output));
  }

  private void write(BarFormat format, Bars bars) {
    ZoneId zone = bars.ticker().market().zone();
    try {
      if (output == null) {
        format.write(bars, zone, context.out());
        context.out().flush();
      } else {
        try (var file = Files.newBufferedWriter(output)) {
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

  private void tell(BarAnswer answer) {
    Bars bars = answer.bars();
    if (bars.isEmpty()) {
      context
          .err()
          .println(
              "polygon: no %s bars of %s from %s to %s: no trades then, or an unknown symbol"
                  .formatted(bars.timeframe(), symbol, from, to));
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
