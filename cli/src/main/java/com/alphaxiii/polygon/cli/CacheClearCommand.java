package com.alphaxiii.polygon.cli;

import com.alphaxiii.polygon.core.Cleared;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.store.CacheFolder;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code polygon cache clear}: of one symbol, or of all when that is said. */
@Command(
    name = "clear",
    description = "Removes what is stored of a symbol, or with --all of every one.",
    versionProvider = Version.class,
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init")
final class CacheClearCommand implements Callable<Integer> {
  private final CommandContext context;

  @Mixin private CacheOptions options;

  @Parameters(
      arity = "0..1",
      paramLabel = "SYMBOL",
      description = "A ticker such as AAPL; case matters.")
  private @Nullable String symbol;

  @Option(
      names = "--older-than",
      paramLabel = "DAYS",
      description = "Only what was last written more than so many days ago.")
  private @Nullable Integer olderThan;

  @Option(names = "--all", description = "Of every symbol.")
  private boolean all;

  CacheClearCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    if ((symbol == null) != all) {
      throw new PolygonException.InvalidRequest(
          "SYMBOL", symbol, "name a symbol to clear, or say --all: one of the two");
    }
    if (olderThan != null && olderThan < 0) {
      throw new PolygonException.InvalidRequest(
          "--older-than", olderThan.toString(), "--older-than takes a number of days from 0 on");
    }
    Optional<Ticker> ticker = Optional.ofNullable(symbol).map(Ticker::of);
    Path folder = options.folder(context);
    if (options.isMissing(context, folder)) {
      return ExitCode.EMPTY;
    }
    try (CacheFolder cache = CacheFolder.open(folder, context.clock())) {
      Cleared cleared =
          cache.clear(ticker, olderThan == null ? OptionalInt.empty() : OptionalInt.of(olderThan));
      context
          .err()
          .println(
              "polygon: removed %d files of %d symbols, %d bytes"
                  .formatted(cleared.parts(), cleared.symbols(), cleared.bytes()));
      return cleared.symbols() == 0 && ticker.isPresent() ? ExitCode.EMPTY : ExitCode.OK;
    }
  }
}
