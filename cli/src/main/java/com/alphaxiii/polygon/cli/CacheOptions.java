package com.alphaxiii.polygon.cli;

import com.alphaxiii.polygon.PolygonConfig;
import com.alphaxiii.polygon.core.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the cache is; no key is needed to look after it. */
final class CacheOptions {
  @Option(names = "--cache-dir", paramLabel = "DIR", description = "Cache root.")
  private @Nullable String cacheDir;

  @Option(
      names = "--log-level",
      paramLabel = "LEVEL",
      description = "TRACE, DEBUG, INFO, WARN or ERROR.")
  private @Nullable String logLevel;

  /** The cache's root, which need not be there. */
  Path folder(CommandContext context) {
    Map<String, String> options = new HashMap<>();
    if (cacheDir != null) {
      options.put("CACHE_DIR", cacheDir);
    }
    if (logLevel != null) {
      options.put("LOG_LEVEL", logLevel);
    }
    Settings settings = Settings.load(context.folder(), context.environment(), options);
    Logging.apply(Logging.level(settings, "WARN"));
    Path folder = context.folder().resolve(PolygonConfig.cacheDir(settings));
    settings.check();
    return folder;
  }

  /** Says that there is no cache, if that is so. */
  boolean isMissing(CommandContext context, Path folder) {
    if (Files.isDirectory(folder)) {
      return false;
    }
    context
        .err()
        .println(
            "polygon: there is no cache at %s; CACHE_DIR or --cache-dir names another"
                .formatted(folder));
    return true;
  }
}
