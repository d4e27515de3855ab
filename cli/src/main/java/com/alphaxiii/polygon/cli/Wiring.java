package com.alphaxiii.polygon.cli;

import com.alphaxiii.polygon.PolygonDataManager;
import com.alphaxiii.polygon.calendar.MarketCalendar;
import com.alphaxiii.polygon.core.RecordingStatus;
import com.alphaxiii.polygon.core.ReplaySource;
import com.alphaxiii.polygon.core.Settings;
import com.alphaxiii.polygon.server.AccessLog;
import com.alphaxiii.polygon.server.AccessToken;
import com.alphaxiii.polygon.server.GapLimits;
import com.alphaxiii.polygon.server.ServerConfig;
import com.alphaxiii.polygon.server.ServerPorts;
import com.alphaxiii.polygon.server.TlsFiles;
import com.alphaxiii.polygon.server.TokenList;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Puts the server on top of the library. */
final class Wiring {
  private static final int MOST_CONNECTIONS = 100_000;
  private static final int MOST_GAP_EVENTS = 1_000_000;
  private static final int MOST_GAP_MINUTES = 1_440;
  private static final int MOST_GAP_SYMBOLS = 500;

  private Wiring() {}

  /** The server's configuration; malformed values become problems of the settings. */
  static ServerConfig serverConfig(Settings settings) {
    return new ServerConfig(
        settings.text("SERVER_HOST").orElse("0.0.0.0"),
        settings.number("SERVER_PORT", 8200, 0, 65_535),
        tokens(settings),
        settings.value(
            "CORS_ORIGINS",
            text -> Arrays.stream(text.split(",")).map(String::strip).toList(),
            List.of()),
        settings.number(
            "WS_MAX_CONNECTIONS",
            ServerConfig.DEFAULT_MAX_WEB_SOCKET_CONNECTIONS,
            1,
            MOST_CONNECTIONS),
        tls(settings),
        Version.text(),
        gaps(settings),
        accessLog(settings),
        settings.number(
            "PEER_MAX_CONNECTIONS",
            ServerConfig.DEFAULT_MAX_CONNECTIONS_OF_PEER,
            1,
            MOST_CONNECTIONS));
  }

  private static GapLimits gaps(Settings settings) {
    return new GapLimits(
        settings.value("GAP_FILL_FIRST", Wiring::isNewest, GapLimits.DEFAULT.newestFirst()),
        settings.number("GAP_FILL_EVENTS", GapLimits.DEFAULT.events(), 0, MOST_GAP_EVENTS),
        Duration.ofMinutes(
            settings.number(
                "GAP_FILL_MINUTES",
                (int) GapLimits.DEFAULT.longest().toMinutes(),
                1,
                MOST_GAP_MINUTES)),
        settings.number("GAP_FILL_SYMBOLS", GapLimits.DEFAULT.symbols(), 0, MOST_GAP_SYMBOLS));
  }

  private static boolean isNewest(String word) {
    return switch (word) {
      case "newest" -> true;
      case "oldest" -> false;
      default -> throw new IllegalArgumentException("'%s' is not newest or oldest".formatted(word));
    };
  }

  private static @Nullable TlsFiles tls(Settings settings) {
    Optional<Path> certificate = settings.text("SERVER_TLS_CERT").map(Path::of);
    Optional<Path> key = settings.text("SERVER_TLS_KEY").map(Path::of);
    if (certificate.isPresent() != key.isPresent()) {
      settings.problem(
          "SERVER_TLS_CERT and SERVER_TLS_KEY belong together: set both, or neither for plain"
              + " HTTP");
    }
    return certificate.isPresent() && key.isPresent()
        ? new TlsFiles(certificate.get(), key.get())
        : null;
  }

  private static AccessLog.Form accessLog(Settings settings) {
    return settings.value(
        "ACCESS_LOG",
        text ->
            Arrays.stream(AccessLog.Form.values())
                .filter(form -> form.toString().equals(text))
                .findFirst()
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "'%s' is not off, text or json".formatted(text))),
        AccessLog.Form.TEXT);
  }

  private static List<AccessToken> tokens(Settings settings) {
    List<AccessToken> tokens =
        settings
            .text("SERVER_TOKENS")
            .map(
                text ->
                    TokenList.read(text, problem -> settings.problem("SERVER_TOKENS: " + problem)))
            .orElse(List.of());
    tokens.forEach(token -> MaskingLayout.mask(token.secret()));
    return tokens;
  }

  /** What a server that records nothing serves from. */
  static ServerPorts ports(PolygonDataManager manager, InstantSource clock) {
    return ports(manager, clock, Optional::empty, manager.replays(manager.recordings()));
  }

  /** What the server serves from. */
  static ServerPorts ports(
      PolygonDataManager manager,
      InstantSource clock,
      Supplier<Optional<RecordingStatus>> recording,
      ReplaySource replays) {
    return new ServerPorts(
        manager.barSource(),
        manager.priceSource(),
        manager.tickSource(),
        manager.referenceSource(),
        manager.snapshotSource(),
        manager.vendorSource(),
        manager.feed(),
        MarketCalendar.usEquities(),
        clock,
        manager::rateLimitStatus,
        manager.qualitySource(),
        manager.cache(),
        manager.symbolSource(),
        manager.featureSource(),
        recording,
        manager.liveHistory(),
        replays,
        manager.upstreamWatch());
  }

  /** What a person wants to know once the server runs. */
  static String welcome(URI url) {
    String host = url.getHost().equals("0.0.0.0") ? "localhost" : url.getHost();
    String http = "%s://%s:%d".formatted(url.getScheme(), host, url.getPort());
    return """
    polygon: serving on %s
      bars       curl -s %s/api/v1/bars -H 'Content-Type: application/json' \\
                   -d '{"symbol":"AAPL","timeframe":"5min","start_date":"2024-01-02","end_date":"2024-01-31"}'
      latest     curl -s %s/api/v1/latest/AAPL
      live       %s/ws/my-client-id
      health     %s/health
    polygon: stop with ^C\
    """
        .formatted(http, http, http, http.replaceFirst("^http", "ws"), http);
  }
}
