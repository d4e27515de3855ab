package com.alphaxiii.polygon.server;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who is served. With tokens: whoever presents one. Without: programs on this machine, which the
 * peer's address shows.
 *
 * <p>A browser on this machine runs the pages of strangers, and its address is this machine's too.
 * Three rules keep such pages out: a request with an {@code Origin} is served only when that origin
 * is the server itself or allowed by configuration (this guards WebSockets too, which know no
 * CORS); without tokens the {@code Host} must name this machine, so that a stranger's name that
 * points at 127.0.0.1 (DNS rebinding) does not pass for the server itself; and {@code null} and
 * {@code file://} origins, which any sandboxed page can claim, need a token.
 *
 * <p>Behind a reverse proxy every peer is the proxy: set tokens there.
 */
final class Access {
  private final Map<AccessToken, byte[]> tokens;
  private final List<String> origins;

  Access(ServerConfig config) {
    tokens = new LinkedHashMap<>();
    config
        .tokens()
        .forEach(
            token -> tokens.put(token, token.secret().reveal().getBytes(StandardCharsets.UTF_8)));
    origins = config.corsOrigins();
  }

  /**
   * A request as far as access goes.
   *
   * @param peer numeric address of the other end; null when unknown
   * @param host the {@code Host} header, without user or path
   * @param token what was presented; null when nothing was
   */
  record Visitor(
      @Nullable String peer,
      @Nullable String host,
      @Nullable String origin,
      @Nullable String token) {}

  /** Why a visitor is not served; empty when it is. */
  Optional<Problem> refuse(Visitor visitor) {
    boolean known = isKnown(visitor.token());
    if (!tokens.isEmpty() && !known) {
      return Optional.of(
          unauthorized(
              visitor.token() == null
                  ? "This server asks for a token: send it as 'Authorization: Bearer …', as"
                      + " 'X-API-Key', or as token=… on a WebSocket"
                  : "This token is not known here; the tokens are set with SERVER_TOKENS"));
    }
    if (tokens.isEmpty() && !isLoopback(visitor.peer())) {
      return Optional.of(
          unauthorized(
              "Without tokens only programs on the server's own machine are served: set"
                  + " SERVER_TOKENS=name:token there, and send the token as 'Authorization: Bearer"
                  + " …'"));
    }
    if (tokens.isEmpty() && !namesThisMachine(visitor.host())) {
      return Optional.of(
          unauthorized(
              "Without tokens the server must be called by a name of its own machine, such as localhost, not '%s'; or set SERVER_TOKENS"
                  .formatted(visitor.host())));
    }
    String origin = visitor.origin();
    if (origin != null && !allows(origin, visitor.host(), known)) {
      return Optional.of(forbidden(origin));
    }
    return Optional.empty();
  }

  /** True when a client needs a token, wherever it comes from. */
  boolean asksForTokens() {
    return !tokens.isEmpty();
  }

  /** As {@link #refuse}, but of one who presents its token only once it is connected. */
  Optional<Problem> refuseBeforeLogin(Visitor visitor) {
    String origin = visitor.origin();
    return tokens.isEmpty()
        ? refuse(visitor)
        : Optional.ofNullable(origin)
            .filter(page -> !allows(page, visitor.host(), true))
            .map(Access::forbidden);
  }

  /** Whether pages of an origin may read answers. */
  boolean allows(String origin, @Nullable String host, boolean withToken) {
    if (origins.contains("*") || origins.contains(origin)) {
      return true;
    }
    if (origin.equals("null") || origin.equals("file://")) {
      return withToken;
    }
    return isOwn(origin, host) || (origins.isEmpty() && isOfThisMachine(origin));
  }

  /**
   * Whether a page of an origin may ask (a preflight carries no token, so pages without an origin
   * may ask wherever tokens exist).
   */
  boolean allowsPreflight(String origin, @Nullable String host) {
    return allows(origin, host, !tokens.isEmpty());
  }

  boolean isKnown(@Nullable String token) {
    return token(token).isPresent();
  }

  /** What to call whoever presents this, or nothing, and is served. */
  String callerName(@Nullable String presentedText) {
    return token(presentedText).map(AccessToken::name).orElse(tokens.isEmpty() ? "loopback" : "-");
  }

  /** The token that was presented, as the configuration describes it; empty when unknown. */
  Optional<AccessToken> token(@Nullable String presentedText) {
    if (presentedText == null) {
      return Optional.empty();
    }
    byte[] presented = presentedText.getBytes(StandardCharsets.UTF_8);
    Optional<AccessToken> found = Optional.empty();
    // All are compared, so that the time taken tells nothing about which came close.
    for (Map.Entry<AccessToken, byte[]> each : tokens.entrySet()) {
      if (MessageDigest.isEqual(each.getValue(), presented)) {
        found = Optional.of(each.getKey());
      }
    }
    return found;
  }

  private static Problem forbidden(String origin) {
    return Problem.of(
        403,
        "origin-not-allowed",
        "Origin not allowed",
        "Pages of '%s' may not use this server; name their origin in CORS_ORIGINS to allow it"
            .formatted(origin));
  }

  private static Problem unauthorized(String detail) {
    return Problem.of(401, "unauthorized", "Not allowed", detail);
  }

  private static boolean isLoopback(@Nullable String peer) {
    if (peer == null) {
      return false;
    }
    try {
      return InetAddress.ofLiteral(peer).isLoopbackAddress();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isOwn(String origin, @Nullable String host) {
    return host != null && (origin.equals("http://" + host) || origin.equals("https://" + host));
  }

  private static boolean isOfThisMachine(String origin) {
    try {
      URI uri = new URI(origin);
      return uri.getHost() != null && isLocalName(uri.getHost());
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static boolean namesThisMachine(@Nullable String host) {
    return host != null && isOfThisMachine("http://" + host);
  }

  private static boolean isLocalName(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    if (name.equals("localhost") || name.endsWith(".localhost")) {
      return true;
    }
    String literal = name.startsWith("[") ? name.substring(1, name.length() - 1) : name;
    boolean numeric = literal.indexOf(':') >= 0 || literal.chars().allMatch(Access::isIpv4);
    return numeric && isLoopback(literal);
  }

  private static boolean isIpv4(int c) {
    return c == '.' || (c >= '0' && c <= '9');
  }
}
