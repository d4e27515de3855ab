package com.alphaxiii.polygon.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AccessTest {
  private static final Access OPEN = new Access(ServerConfig.of("0.0.0.0", 0));
  private static final Access GUARDED =
      new Access(
          ServerConfig.of("0.0.0.0", 0)
              .withTokens(
                  Map.of("one", new Secret("first-token"), "two", new Secret("zweites-wört"))));

  private static Optional<Integer> status(
      Access access, String peer, String host, String origin, String token) {
    return access.refuse(new Access.Visitor(peer, host, origin, token)).map(Problem::status);
  }

  @Test
  void withoutTokensServesThisMachineOnly() {
    for (String peer : List.of("127.0.0.1", "127.9.9.9", "::1", "0:0:0:0:0:0:0:1")) {
      assertThat(status(OPEN, peer, "localhost:8200", null, null)).as(peer).isEmpty();
    }
    for (String peer : List.of("192.168.1.7", "10.0.0.1", "::ffff:8.8.8.8", "fe80::1", "")) {
      assertThat(status(OPEN, peer, "localhost:8200", null, null)).as(peer).contains(401);
    }
    assertThat(status(OPEN, null, "localhost:8200", null, null)).contains(401);
    assertThat(OPEN.refuse(new Access.Visitor("10.0.0.1", "localhost", null, null)))
        .get()
        .extracting(Problem::detail)
        .asString()
        .contains("SERVER_TOKENS=name:token");
  }

  @Test
  void withoutTokensTheNameMustBeOfThisMachine() {
    for (String host :
        List.of("localhost", "LOCALHOST:8200", "127.0.0.1:8200", "[::1]:8200", "app.localhost:1")) {
      assertThat(status(OPEN, "127.0.0.1", host, null, null)).as(host).isEmpty();
    }
    for (String host :
        List.of(
            "evil.example:8200",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "1.2.3.4",
            "")) {
      assertThat(status(OPEN, "127.0.0.1", host, null, null)).as(host).contains(401);
    }
    assertThat(status(OPEN, "127.0.0.1", null, null, null)).contains(401);
  }

  @Test
  void withoutTokensServesPagesOfThisMachineOnly() {
    for (String origin :
        List.of(
            "http://localhost:3000",
            "https://localhost",
            "http://127.0.0.1:5173",
            "http://[::1]:1")) {
      assertThat(status(OPEN, "127.0.0.1", "localhost:8200", origin, null)).as(origin).isEmpty();
    }
    for (String origin :
        List.of(
            "https://evil.example",
            "http://localhost.evil.example",
            "null",
            "file://",
            "http://",
            "nonsense",
            "")) {
      assertThat(status(OPEN, "127.0.0.1", "localhost:8200", origin, null))
          .as(origin)
          .contains(403);
    }
  }

  @Test
  void withTokensAsksEveryoneForOne() {
    assertThat(status(GUARDED, "127.0.0.1", "localhost", null, null)).contains(401);
    assertThat(status(GUARDED, "127.0.0.1", "localhost", null, "first-toke")).contains(401);
    assertThat(status(GUARDED, "127.0.0.1", "localhost", null, "")).contains(401);
    assertThat(status(GUARDED, "8.8.8.8", "data.example.com", null, "first-token")).isEmpty();
    assertThat(status(GUARDED, "8.8.8.8", "data.example.com", null, "zweites-wört")).isEmpty();
  }

  @Test
  void servesPagesOfItsOwnAndWithATokenThoseWithoutOrigin() {
    assertThat(status(GUARDED, "8.8.8.8", "hub:8200", "http://hub:8200", "first-token")).isEmpty();
    assertThat(status(GUARDED, "8.8.8.8", "hub:8200", "null", "first-token")).isEmpty();
    assertThat(status(GUARDED, "8.8.8.8", "hub:8200", "file://", "first-token")).isEmpty();
    assertThat(status(GUARDED, "8.8.8.8", "hub:8200", "http://hub:9000", "first-token"))
        .contains(403);
  }

  @Test
  void configuredOriginsReplaceThoseOfThisMachine() {
    Access access =
        new Access(
            ServerConfig.of("127.0.0.1", 0).withCorsOrigins(List.of("https://charts.example.com")));
    assertThat(status(access, "127.0.0.1", "localhost", "https://charts.example.com", null))
        .isEmpty();
    assertThat(status(access, "127.0.0.1", "localhost", "http://localhost:3000", null))
        .contains(403);
    Access all = new Access(ServerConfig.of("127.0.0.1", 0).withCorsOrigins(List.of("*")));
    assertThat(status(all, "127.0.0.1", "localhost", "https://any.example", null)).isEmpty();
  }

  @Test
  void configurationNamesWhatIsWrong() {
    ServerConfig good = ServerConfig.of("127.0.0.1", 0);
    refuses("SERVER_PORT", () -> ServerConfig.of("127.0.0.1", 65_536));
    refuses("SERVER_PORT", () -> ServerConfig.of("127.0.0.1", -1));
    refuses("SERVER_HOST", () -> ServerConfig.of(" ", 0));
    refuses("WS_MAX_CONNECTIONS", () -> good.withMaxWebSocketConnections(0));
    refuses("PEER_MAX_CONNECTIONS", () -> good.withMaxConnectionsOfPeer(0));
    refuses("CORS_ORIGINS", () -> good.withCorsOrigins(List.of("localhost:3000")));
    refuses("CORS_ORIGINS", () -> good.withCorsOrigins(List.of("https://a.example/path")));
    refuses("SERVER_TOKENS", () -> good.withTokens(Map.of("short", new Secret("1234567"))));
    refuses("SERVER_TOKENS", () -> good.withTokens(Map.of(" ", new Secret("long-enough"))));
    AccessToken token = AccessToken.of("one", new Secret("long-enough"));
    refuses(
        "SERVER_TOKENS",
        () -> good.withTokens(List.of(token, AccessToken.of("two", new Secret("long-enough")))));
    refuses("SERVER_TOKENS", () -> token.withScopes(Set.of()));
    refuses("SERVER_TOKENS", () -> token.withSockets(-1));
    refuses("SERVER_TOKENS", () -> new AccessToken.Limit(0, Duration.ofSeconds(1)));
    refuses("SERVER_TOKENS", () -> new AccessToken.Limit(1, Duration.ZERO));
  }

  @Test
  void configurationPrintsNoToken() {
    assertThat(
            ServerConfig.of("127.0.0.1", 0)
                .withTokens(Map.of("one", new Secret("first-token")))
                .toString())
        .doesNotContain("first-token");
  }

  private static void refuses(String setting, Runnable construction) {
    assertThatThrownBy(construction::run)
        .isInstanceOfSatisfying(
            PolygonException.InvalidRequest.class, e -> assertThat(e.field()).contains(setting));
  }
}
