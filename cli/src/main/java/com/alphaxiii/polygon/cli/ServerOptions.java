package com.alphaxiii.polygon.cli;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the server listens. */
final class ServerOptions {
  @Option(names = "--host", paramLabel = "HOST", description = "Address of the server [0.0.0.0].")
  private @Nullable String host;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Its port [8200]; serve and demo take 0 for any.")
  private @Nullable String port;

  /** What was given, by the settings' names. */
  Map<String, String> values() {
    Map<String, String> values = new HashMap<>();
    if (host != null) {
      values.put("SERVER_HOST", host);
    }
    if (port != null) {
      values.put("SERVER_PORT", port);
    }
    return values;
  }
}
