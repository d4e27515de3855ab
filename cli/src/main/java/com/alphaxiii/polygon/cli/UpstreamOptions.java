package com.alphaxiii.polygon.cli;

import com.alphaxiii.polygon.core.Settings;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Settings that may also be given on the command line. The key may not: other users of the machine
 * see command lines.
 */
final class UpstreamOptions {
  @Option(names = "--tier", paramLabel = "TIER", description = "The plan behind the key.")
  private @Nullable String tier;

  @Option(names = "--base-url", paramLabel = "URL", description = "REST base of the upstream.")
  private @Nullable String baseUrl;

  @Option(
      names = "--stream-url",
      paramLabel = "URL",
      description = "WebSocket base of the upstream.")
  private @Nullable String streamUrl;

  @Option(names = "--cache-dir", paramLabel = "DIR", description = "Cache root.")
  private @Nullable String cacheDir;

  @Option(
      names = "--log-level",
      paramLabel = "LEVEL",
      description = "TRACE, DEBUG, INFO, WARN or ERROR.")
  private @Nullable String logLevel;

  /** All settings of a command that answers and ends: it logs only what went wrong. */
  Settings settings(CommandContext context) {
    return settings(context, Map.of(), "WARN");
  }

  /** All settings, with further options of the command, and the logger's level applied. */
  Settings settings(CommandContext context, Map<String, String> more, String defaultLevel) {
    Map<String, String> options = new HashMap<>(more);
    put(options, "POLYGON_TIER", tier);
    put(options, "POLYGON_BASE_URL", baseUrl);
    put(options, "POLYGON_STREAM_URL", streamUrl);
    put(options, "CACHE_DIR", cacheDir);
    put(options, "LOG_LEVEL", logLevel);
    Settings settings = Settings.load(context.folder(), context.environment(), options);
    Logging.apply(Logging.level(settings, defaultLevel));
    return settings;
  }

  private static void put(Map<String, String> options, String name, @Nullable String value) {
    if (value != null) {
      options.put(name, value);
    }
  }
}
