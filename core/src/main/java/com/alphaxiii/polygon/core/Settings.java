package com.alphaxiii.polygon.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The values a program was started with, by name: {@code .env} in the working directory, then the
 * environment, then command-line options; later wins. Reading a value that is malformed records a
 * problem instead of failing, so that {@link #check} can name all problems at once.
 */
public final class Settings {
  /**
   * Every name that Polygon knows; any other that begins with {@code POLYGON_} is a typing mistake.
   */
  public static final Set<String> KNOWN =
      Set.of(
          "POLYGON_API_KEY",
          "MASSIVE_API_KEY",
          "POLYGON_TIER",
          "POLYGON_BASE_URL",
          "POLYGON_STREAM_URL",
          "POLYGON_STREAM_PROXY",
          "POLYGON_FLATFILES_URL",
          "POLYGON_S3_ACCESS_KEY",
          "POLYGON_S3_SECRET_KEY",
          "SERVER_HOST",
          "SERVER_PORT",
          "SERVER_TLS_CERT",
          "SERVER_TLS_KEY",
          "SERVER_TOKENS",
          "CORS_ORIGINS",
          "LOG_LEVEL",
          "ACCESS_LOG",
          "CACHE_DIR",
          "CACHE_MAX_BYTES",
          "RECORD_SYMBOLS",
          "RECORD_CHANNELS",
          "RECORD_DIR",
          "WS_MAX_CONNECTIONS",
          "PEER_MAX_CONNECTIONS",
          "GAP_FILL_FIRST",
          "GAP_FILL_EVENTS",
          "GAP_FILL_MINUTES",
          "GAP_FILL_SYMBOLS");

  private static final String OWN_PREFIX = "POLYGON_";
  // Set by the launcher and by test machines; not configuration.
  private static final Set<String> FOREIGN = Set.of("POLYGON_JAVA_OPTS", "POLYGON_MARKET_DATA");

  private final Map<String, String> values;
  private final List<String> problems = new ArrayList<>();

  private Settings(Map<String, String> values) {
    this.values = values;
    for (String name : values.keySet()) {
      if (name.startsWith(OWN_PREFIX) && !KNOWN.contains(name) && !FOREIGN.contains(name)) {
        problems.add(name + " is not a setting; see polygon --help for the list");
      }
    }
  }

  /** Exactly these values. */
  public static Settings of(Map<String, String> values) {
    return new Settings(new LinkedHashMap<>(values));
  }

  /**
   * The settings of a program run in a folder.
   *
   * @param folder where {@code .env} is looked for; it need not exist
   * @param environment the process environment
   * @param options given on the command line, by the same names
   * @throws PolygonException.InvalidRequest when {@code .env} cannot be read
   */
  public static Settings load(
      Path folder, Map<String, String> environment, Map<String, String> options) {
    Map<String, String> all = new LinkedHashMap<>();
    Path file = folder.resolve(".env");
    if (Files.isRegularFile(file)) {
      try {
        all.putAll(DotEnv.parse(Files.readAllLines(file)));
      } catch (IOException e) {
        throw new PolygonException.InvalidRequest(
            ".env", null, "cannot read %s: %s".formatted(file, e.getMessage()));
      }
    }
    environment.forEach(
        (name, value) -> {
          if (KNOWN.contains(name) || name.startsWith(OWN_PREFIX)) {
            all.put(name, value);
          }
        });
    all.putAll(options);
    return new Settings(all);
  }

  /** The text of a setting; a blank one counts as not given. */
  public Optional<String> text(String name) {
    if (!KNOWN.contains(name)) {
      throw new IllegalArgumentException(name + " is not a known setting");
    }
    return Optional.ofNullable(values.get(name)).map(String::strip).filter(v -> !v.isEmpty());
  }

  /** A setting read by {@code parser}; the default when it is not given or malformed. */
  public <T> T value(String name, Function<String, T> parser, T byDefault) {
    return text(name)
        .map(
            text -> {
              try {
                return parser.apply(text);
              } catch (PolygonException | IllegalArgumentException e) {
                problems.add(name + ": " + e.getMessage());
                return byDefault;
              }
            })
        .orElse(byDefault);
  }

  /** A whole number between two bounds, both included. */
  public int number(String name, int byDefault, int least, int most) {
    return value(
        name,
        text -> {
          int number;
          try {
            number = Integer.parseInt(text);
          } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'%s' is not a whole number".formatted(text), e);
          }
          if (number < least || number > most) {
            throw new IllegalArgumentException(
                "%d lies not between %d and %d".formatted(number, least, most));
          }
          return number;
        },
        byDefault);
  }

  /** Adds a problem that involves more than one value. */
  public void problem(String text) {
    problems.add(text);
  }

  /** Throws one error with a line for each problem found so far; returns when there is none. */
  public void check() {
    if (!problems.isEmpty()) {
      throw new PolygonException.InvalidRequest(
          "settings", null, String.join(System.lineSeparator(), problems));
    }
  }
}
