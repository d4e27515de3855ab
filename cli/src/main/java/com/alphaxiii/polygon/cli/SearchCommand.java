package com.alphaxiii.polygon.cli;

import com.alphaxiii.polygon.PolygonConfig;
import com.alphaxiii.polygon.PolygonDataManager;
import com.alphaxiii.polygon.core.TickerInfo;
import com.alphaxiii.polygon.core.TickerSearch;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code polygon search}: symbols by symbol or name, best first; CSV when piped. */
@Command(
    name = "search",
    description = "Symbols whose symbol or name matches, best first.",
    versionProvider = Version.class,
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init")
final class SearchCommand implements Callable<Integer> {
  private final CommandContext context;

  @Mixin private UpstreamOptions upstream;

  @Parameters(paramLabel = "TEXT", description = "Part of a symbol or of a name.")
  private String text;

  @Option(names = "--delisted", description = "Also what is no longer traded.")
  private boolean delisted;

  @Option(
      names = "--market",
      paramLabel = "MARKET",
      description = "Only stocks, otc, crypto, fx or indices.")
  private @Nullable String market;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "At most so many [20].")
  private int limit;

  SearchCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    TickerSearch search = new TickerSearch(text, !delisted, Optional.ofNullable(market), limit);
    PolygonConfig config = PolygonConfig.from(upstream.settings(context));
    try (PolygonDataManager manager =
        PolygonDataManager.open(config, context.clock(), context.nanoClock())) {
      List<TickerInfo> found = manager.searchSymbols(search);
      if (!context.terminal()) {
        context.out().println("symbol,name,type,market,exchange,active");
      }
      found.forEach(info -> context.out().println(line(info)));
      if (found.isEmpty()) {
        context.err().println("polygon: nothing matches '%s'".formatted(search.text()));
      }
      return found.isEmpty() ? ExitCode.EMPTY : ExitCode.OK;
    }
  }

  private String line(TickerInfo info) {
    String type = Optional.ofNullable(info.type()).orElse("");
    if (context.terminal()) {
      return "%-12s %-8s %-8s %s%s"
          .formatted(
              info.ticker(), info.market(), type, info.name(), info.active() ? "" : " (delisted)");
    }
    return "%s,\"%s\",%s,%s,%s,%s"
        .formatted(
            info.ticker(),
            info.name().replace("\"", "\"\""),
            type,
            info.market(),
            info.exchange().orElse(""),
            info.active());
  }
}
