package com.alphaxiii.polygon.cli;

import com.alphaxiii.polygon.calendar.MarketCalendar;
import com.alphaxiii.polygon.store.CacheFolder;
import com.alphaxiii.polygon.store.Compacted;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code polygon cache compact}: smaller files, the same rows. */
@Command(
    name = "compact",
    description =
        "Writes months that are over as small as they can be, and shrinks the catalog. Rows do not"
            + " change; other programs may use the cache meanwhile.",
    versionProvider = Version.class,
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init")
final class CacheCompactCommand implements Callable<Integer> {
  private final CommandContext context;

  @Mixin private CacheOptions options;

  CacheCompactCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Path folder = options.folder(context);
    if (options.isMissing(context, folder)) {
      return ExitCode.EMPTY;
    }
    try (CacheFolder cache = CacheFolder.open(folder, context.clock())) {
      Compacted compacted = cache.compact(MarketCalendar.usEquities());
      context
          .err()
          .println(
              "polygon: %d files rewritten, %d bytes before and %d now; catalog %d before, %d now"
                  .formatted(
                      compacted.parts(),
                      compacted.before(),
                      compacted.after(),
                      compacted.catalogBefore(),
                      compacted.catalogAfter()));
    }
    return ExitCode.OK;
  }
}
