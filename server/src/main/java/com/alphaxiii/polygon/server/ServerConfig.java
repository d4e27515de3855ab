package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a server is reached and by whom.
 *
 * @param host name or address to bind; {@code 0.0.0.0} for all
 * @param port 0 for any free one
 * @param tokens what clients must present, no two of the same name or secret; none: only programs
 *     on this machine are served
 * @param corsOrigins web origins whose pages may read answers, such as {@code
 *     https://charts.example.com}, {@code null} for pages without one, or {@code *} for all; none:
 *     those of this machine
 * @param maxWebSocketConnections clients at the same time, at least 1
 * @param tls by which the server proves who it is; null to speak plain HTTP
 * @param version of the product, as {@code /health} tells it
 * @param gaps how much of what the stream missed is fetched afterwards
 * @param accessLog how requests are written down
 * @param maxConnectionsOfPeer connections that one machine may have open, and as many more as there
 *     may be WebSocket clients; at least 1
 */
public record ServerConfig(
    String host,
    int port,
    List<AccessToken> tokens,
    List<String> corsOrigins,
    int maxWebSocketConnections,
    @Nullable TlsFiles tls,
    String version,
    GapLimits gaps,
    AccessLog.Form accessLog,
    int maxConnectionsOfPeer) {
  /** WebSocket clients at the same time unless said otherwise. */
  public static final int DEFAULT_MAX_WEB_SOCKET_CONNECTIONS = 100;

  /** Connections of one machine unless said otherwise. */
  public static final int DEFAULT_MAX_CONNECTIONS_OF_PEER = 1_000;

  private static final int MAX_PORT = 65_535;

  /** Throws {@link PolygonException.InvalidRequest} naming the setting at fault. */
  public ServerConfig {
    if (host.isBlank()) {
      throw new PolygonException.InvalidRequest(
          "SERVER_HOST", host, "the server needs an address to bind, such as 0.0.0.0");
    }
    if (port < 0 || port > MAX_PORT) {
      throw new PolygonException.InvalidRequest(
          "SERVER_PORT", Integer.toString(port), "a port lies between 0 and " + MAX_PORT);
    }
    if (maxWebSocketConnections < 1) {
      throw new PolygonException.InvalidRequest(
          "WS_MAX_CONNECTIONS",
          Integer.toString(maxWebSocketConnections),
          "at least one WebSocket client must be allowed");
    }
    if (maxConnectionsOfPeer < 1) {
      throw new PolygonException.InvalidRequest(
          "PEER_MAX_CONNECTIONS",
          Integer.toString(maxConnectionsOfPeer),
          "at least one connection of a machine must be allowed");
    }
    tokens = List.copyOf(tokens);
    corsOrigins = List.copyOf(corsOrigins);
    if (tls != null) {
      tls.check();
    }
    checkTokens(tokens);
    corsOrigins.forEach(ServerConfig::checkOrigin);
  }

  /** Reachable so, without tokens: only programs on the same machine are served. */
  public static ServerConfig of(String host, int port) {
    return new ServerConfig(
        host,
        port,
        List.of(),
        List.of(),
        DEFAULT_MAX_WEB_SOCKET_CONNECTIONS,
        null,
        "development",
        GapLimits.DEFAULT,
        AccessLog.Form.OFF,
        DEFAULT_MAX_CONNECTIONS_OF_PEER);
  }

  /** Tokens that may do everything, by the names of their clients. */
  public ServerConfig withTokens(Map<String, Secret> other) {
    return withTokens(
        other.entrySet().stream()
            .map(token -> AccessToken.of(token.getKey(), token.getValue()))
            .toList());
  }

  public ServerConfig withTokens(List<AccessToken> other) {
    return new ServerConfig(
        host,
        port,
        other,
        corsOrigins,
        maxWebSocketConnections,
        tls,
        version,
        gaps,
        accessLog,
        maxConnectionsOfPeer);
  }

  public ServerConfig withCorsOrigins(List<String> other) {
    return new ServerConfig(
        host,
        port,
        tokens,
        other,
        maxWebSocketConnections,
        tls,
        version,
        gaps,
        accessLog,
        maxConnectionsOfPeer);
  }

  public ServerConfig withMaxWebSocketConnections(int other) {
    return new ServerConfig(
        host,
        port,
        tokens,
        corsOrigins,
        other,
        tls,
        version,
        gaps,
        accessLog,
        maxConnectionsOfPeer);
  }

  public ServerConfig withTls(TlsFiles files) {
    return new ServerConfig(
        host,
        port,
        tokens,
        corsOrigins,
        maxWebSocketConnections,
        files,
        version,
        gaps,
        accessLog,
        maxConnectionsOfPeer);
  }

  public ServerConfig withVersion(String other) {
    return new ServerConfig(
        host,
        port,
        tokens,
        corsOrigins,
        maxWebSocketConnections,
        tls,
        other,
        gaps,
        accessLog,
        maxConnectionsOfPeer);
  }

  public ServerConfig withGaps(GapLimits other) {
    return new ServerConfig(
        host,
        port,
        tokens,
        corsOrigins,
        maxWebSocketConnections,
        tls,
        version,
        other,
        accessLog,
        maxConnectionsOfPeer);
  }

  public ServerConfig withMaxConnectionsOfPeer(int other) {
    return new ServerConfig(
        host,
        port,
        tokens,
        corsOrigins,
        maxWebSocketConnections,
        tls,
        version,
        gaps,
        accessLog,
        other);
  }

  public ServerConfig withAccessLog(AccessLog.Form other) {
    return new ServerConfig(
        host,
        port,
        tokens,
        corsOrigins,
        maxWebSocketConnections,
        tls,
        version,
        gaps,
        other,
        maxConnectionsOfPeer);
  }

  private static void checkTokens(List<AccessToken> tokens) {
    Set<String> names = new HashSet<>();
    Set<Secret> secrets = new HashSet<>();
    for (AccessToken token : tokens) {
      if (!names.add(token.name()) || !secrets.add(token.secret())) {
        throw new PolygonException.InvalidRequest(
            "SERVER_TOKENS",
            token.name(),
            "'%s' has the name or the token of another".formatted(token.name()));
      }
    }
  }

  private static void checkOrigin(String origin) {
    if (origin.equals("*") || origin.equals("null") || origin.equals("file://")) {
      return;
    }
    boolean good;
    try {
      URI uri = new URI(origin);
      good = uri.getScheme() != null && uri.getHost() != null && uri.getRawPath().isEmpty();
    } catch (URISyntaxException e) {
      good = false;
    }
    if (!good) {
      throw new PolygonException.InvalidRequest(
          "CORS_ORIGINS",
          origin,
          "'%s' is not an origin: write scheme and host without a path, such as https://charts.example.com"
              .formatted(origin));
    }
  }
}
