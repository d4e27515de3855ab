package com.alphaxiii.polygon.cli;

import com.alphaxiii.polygon.PolygonConfig;
import com.alphaxiii.polygon.PolygonDataManager;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.Split;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.store.SplitFinding;
import com.alphaxiii.polygon.store.SplitReport;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code polygon splits}: the splits that are applied, or what does not fit about them. */
@Command(
    name = "splits",
    description = "The splits that adjusted prices use, CACHE_DIR/splits.csv included.",
    versionProvider = Version.class,
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init")
final class SplitsCommand implements Callable<Integer> {
  /** What most plans have of day bars. */
  private static final int AUDITED_YEARS = 20;

  private final CommandContext context;

  @Mixin private UpstreamOptions upstream;

  @Parameters(arity = "1", paramLabel = "SYMBOL", description = "A stock such as AAPL.")
  private String symbol;

  @Option(
      names = "--audit",
      description = "Hold them against the jumps of day bars, and hint at splits that are missing.")
  private boolean audit;

  @Option(
      names = "--from",
      paramLabel = "DAY",
      description = "First day of the audit; 20 years ago when left out.")
  private @Nullable LocalDate from;

  SplitsCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Ticker ticker = Ticker.of(symbol);
    PolygonConfig config = PolygonConfig.from(upstream.settings(context));
    try (PolygonDataManager manager =
        PolygonDataManager.open(config, context.clock(), context.nanoClock())) {
      return audit
          ? audited(manager, ticker)
          : listed(ticker, manager.referenceSource().splits(ticker));
    }
  }

  private int listed(Ticker ticker, List<Split> splits) {
    if (splits.isEmpty()) {
      context.err().println("polygon: %s has no splits".formatted(ticker));
      return ExitCode.EMPTY;
    }
    context.out().println("symbol,execution_date,split_from,split_to");
    for (Split split : splits) {
      context
          .out()
          .println(
              "%s,%s,%s,%s"
                  .formatted(
                      ticker,
                      split.executionDate(),
                      BarFormat.number(split.from()),
                      BarFormat.number(split.to())));
    }
    return ExitCode.OK;
  }

  private int audited(PolygonDataManager manager, Ticker ticker) {
    LocalDate today = LocalDate.ofInstant(context.clock().instant(), Market.NEW_YORK);
    LocalDate first = from != null ? from : today.minusYears(AUDITED_YEARS);
    SplitReport report = manager.auditSplits(ticker.symbol(), first, today);
    context.out().println("symbol,day,finding,message");
    for (SplitFinding finding : report.findings()) {
      context
          .out()
          .println(
              "%s,%s,%s,\"%s\""
                  .formatted(ticker, finding.day(), finding.kind(), finding.message()));
    }
    context
        .err()
        .println(
            "polygon: %d splits and %d day bars looked at, %d findings"
                .formatted(report.splits().size(), report.days(), report.findings().size()));
    return ExitCode.OK;
  }
}
