package com.alphaxiii.polygon.cli;

import com.alphaxiii.polygon.PolygonConfig;
import com.alphaxiii.polygon.PolygonDataManager;
import com.alphaxiii.polygon.core.LatestPrice;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Ticker;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code polygon latest}: one line for each symbol, with what kind of price it is. */
@Command(
    name = "latest",
    description = "The latest price of each symbol.",
    versionProvider = Version.class,
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init")
final class LatestCommand implements Callable<Integer> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxxx");

  private final CommandContext context;

  @Mixin private UpstreamOptions upstream;

  @Parameters(arity = "1..*", paramLabel = "SYMBOL", description = "Tickers such as AAPL.")
  private List<String> symbols;

  LatestCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    List<Ticker> tickers = symbols.stream().map(Ticker::of).toList();
    PolygonConfig config = PolygonConfig.from(upstream.settings(context));
    int code = ExitCode.OK;
    try (PolygonDataManager manager =
        PolygonDataManager.open(config, context.clock(), context.nanoClock())) {
      if (!context.terminal()) {
        context.out().println("symbol,price,timestamp,source");
      }
      for (Ticker ticker : tickers) {
        try {
          print(manager.latest(ticker));
        } catch (PolygonException.NotFound e) {
          // One unknown symbol does not keep the others from being told.
          context.err().println("polygon: " + e.getMessage());
          code = ExitCode.EMPTY;
        }
      }
    }
    return code;
  }

  private void print(LatestPrice latest) {
    String price = BarFormat.number(latest.price());
    String at = TIME.format(ZonedDateTime.ofInstant(latest.at(), Market.NEW_YORK));
    String form = context.terminal() ? "%-10s %14s  %s  %s" : "%s,%s,%s,%s";
    context.out().println(form.formatted(latest.ticker(), price, at, latest.origin()));
  }
}
