package com.alphaxiii.polygon.cli;

import com.alphaxiii.polygon.core.StorageStatistics;
import com.alphaxiii.polygon.core.Timeframe;
import com.alphaxiii.polygon.store.CacheFolder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code polygon cache stats}: how much is stored; CSV when piped. */
@Command(
    name = "stats",
    description = "How much is stored, of what, and its size.",
    versionProvider = Version.class,
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init")
final class CacheStatsCommand implements Callable<Integer> {
  private final CommandContext context;

  @Mixin private CacheOptions options;

  CacheStatsCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Path folder = options.folder(context);
    if (options.isMissing(context, folder)) {
      return ExitCode.EMPTY;
    }
    try (CacheFolder cache = CacheFolder.open(folder, context.clock())) {
      Map<String, String> figures = figures(cache.statistics());
      if (context.terminal()) {
        figures.forEach((name, value) -> context.out().println("%-12s %s".formatted(name, value)));
      } else {
        context.out().println(String.join(",", figures.keySet()));
        context.out().println(String.join(",", figures.values()));
      }
    }
    return ExitCode.OK;
  }

  private static Map<String, String> figures(StorageStatistics held) {
    Map<String, String> figures = new LinkedHashMap<>();
    figures.put("symbols", Long.toString(held.symbols()));
    figures.put("files", Long.toString(held.parts()));
    figures.put("bytes", Long.toString(held.bytes()));
    for (Timeframe base :
        new Timeframe[] {Timeframe.SECOND_1, Timeframe.MINUTE_1, Timeframe.DAY_1}) {
      figures.put("bars_" + base, Long.toString(held.rowsOf().getOrDefault(base, 0L)));
    }
    figures.put("oldest", held.earliest().map(Instant::toString).orElse(""));
    figures.put("newest", held.latest().map(Instant::toString).orElse(""));
    figures.put("tick_symbols", Long.toString(held.ticks().symbols()));
    figures.put("tick_days", Long.toString(held.ticks().days()));
    figures.put("ticks", Long.toString(held.ticks().rows()));
    figures.put("tick_bytes", Long.toString(held.ticks().bytes()));
    return figures;
  }
}
