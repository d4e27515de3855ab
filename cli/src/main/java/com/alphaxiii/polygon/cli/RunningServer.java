package com.alphaxiii.polygon.cli;

import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Secret;
import com.alphaxiii.polygon.server.AccessToken;
import com.alphaxiii.polygon.server.Scope;
import com.alphaxiii.polygon.server.ServerConfig;
import com.alphaxiii.polygon.server.TlsFiles;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** The data server that the settings name, as another command of the same user asks it. */
final class RunningServer {
  private static final Duration CONNECT = Duration.ofSeconds(1);
  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final JsonFactory JSON = new JsonFactory();

  private final URI base;
  private final Optional<Secret> token;
  private final Optional<TlsFiles> tls;

  private RunningServer(URI base, Optional<Secret> token, Optional<TlsFiles> tls) {
    this.base = base;
    this.token = token;
    this.tls = tls;
  }

  /**
   * A server that listens everywhere is asked on this machine; the first token with the scope of
   * its status opens it.
   */
  static RunningServer of(ServerConfig config) {
    if (config.port() == 0) {
      throw new PolygonException.InvalidRequest(
          "SERVER_PORT", "0", "a server on any free port cannot be found: give its port as --port");
    }
    String host =
        switch (config.host()) {
          case "0.0.0.0" -> "127.0.0.1";
          case "::", "[::]" -> "::1";
          default -> config.host();
        };
    try {
      // Of its parts, so that an IPv6 address gets its brackets.
      Optional<TlsFiles> tls = Optional.ofNullable(config.tls());
      URI base =
          new URI(tls.isPresent() ? "https" : "http", null, host, config.port(), null, null, null);
      if (base.getHost() == null) {
        throw new URISyntaxException(host, "no host");
      }
      return new RunningServer(
          base,
          config.tokens().stream()
              .filter(each -> each.scopes().contains(Scope.STATUS))
              .findFirst()
              .map(AccessToken::secret),
          tls);
    } catch (URISyntaxException e) {
      throw new PolygonException.InvalidRequest(
          "SERVER_HOST", host, "'%s' is not the name or address of a host".formatted(host));
    }
  }

  /**
   * The members of a flat JSON object that the server answers, {@code null} left out.
   *
   * @return empty when nobody listens there
   * @throws PolygonException.Unauthorized when it does not know the token, or wants one
   * @throws PolygonException.Unavailable when it does not answer in 5 seconds
   * @throws PolygonException.BadData when what answers is no such server
   */
  Optional<Map<String, String>> find(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(ANSWER);
    token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret.reveal()));
    HttpResponse<byte[]> response;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(CONNECT);
    tls.ifPresent(files -> builder.sslContext(PinnedCertificate.context(files.own())));
    try (HttpClient http = builder.build()) {
      response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (ConnectException | HttpConnectTimeoutException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new PolygonException.Unavailable(
          "%s does not answer %s: %s; is it our server?".formatted(base, path, e.getMessage()),
          null,
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PolygonException.Unavailable("interrupted while asking " + base, null, e);
    }
    return Optional.of(content(path, response));
  }

  private Map<String, String> content(String path, HttpResponse<byte[]> response) {
    int status = response.statusCode();
    if (status == 401 || status == 403) {
      throw new PolygonException.Unauthorized(
          "the server at %s refuses %s (HTTP %d): set SERVER_TOKENS as it is set there"
              .formatted(base, token.isPresent() ? "this token" : "calls without a token", status),
          null);
    }
    try {
      if (status == 200) {
        return members(response.body());
      }
    } catch (JacksonException e) {
      throw stranger(path, "no JSON object", e);
    }
    throw stranger(path, "HTTP " + status, null);
  }

  private PolygonException.BadData stranger(String path, String answer, @Nullable Throwable cause) {
    return new PolygonException.BadData(
        "what listens at %s is not this server: it answers %s with %s; set SERVER_PORT or --port"
            .formatted(base, path, answer),
        null,
        cause);
  }

  private static Map<String, String> members(byte[] json) {
    Map<String, String> members = new LinkedHashMap<>();
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
      parser.nextToken();
      for (String name = parser.nextName(); name != null; name = parser.nextName()) {
        if (parser.nextToken() != JsonToken.VALUE_NULL) {
          members.put(name, parser.getString());
        }
        parser.skipChildren();
      }
    }
    return members;
  }

  @Override
  public String toString() {
    return base.toString();
  }
}
