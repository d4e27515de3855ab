package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.catalogue.Catalogue;
import com.alphaxiii.polygon.core.BarAnswer;
import com.alphaxiii.polygon.core.VendorReply;
import com.alphaxiii.polygon.core.VendorSource;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The vendor's own paths: a client of the vendor works here when only its base URL is changed. Bars
 * come from the cache; everything else, and what is unusual about a question for bars, goes to the
 * vendor through the shared budget, and links in its answers lead back here. Errors have the
 * vendor's form.
 */
final class VendorApi {
  /** The two names of the vendor, either of which may stand in a link. */
  private static final List<String> VENDOR_ORIGINS =
      List.of("https://api.massive.com", "https://api.polygon.io");

  private static final Pattern KEY = Pattern.compile("(?i)apikey=[^&\"\\\\]*&?");
  private static final String BARS = "bars";

  /** When an answer was had that is told again since the vendor is out of reach. */
  private static final String STALE = "X-Stale-Since";

  private static final int UNAUTHORIZED = 401;

  private static final Logger LOG = LoggerFactory.getLogger(VendorApi.class);

  private final VendorSource vendor;
  private final VendorBars bars;

  VendorApi(ServerPorts ports, Consumer<BarAnswer.Source> answered) {
    this.vendor = ports.vendor();
    this.bars = new VendorBars(ports.bars(), answered);
  }

  /**
   * A request for one of the vendor's paths.
   *
   * @param path as sent
   * @param query as sent; null without one
   * @param origin where the client reached this server, such as {@code http://localhost:8200}
   */
  record Asked(String requestId, String path, @Nullable String query, String origin) {}

  /** Whether the vendor has a path. */
  static boolean serves(@Nullable String path) {
    return path != null && Catalogue.of().match(path).isPresent();
  }

  /** The path with its variables' names. */
  static String template(String path) {
    return Catalogue.of().match(path).map(match -> match.endpoint().paths().getFirst()).orElse("");
  }

  /** Whether a request is for one of the vendor's paths. */
  static boolean serves(HttpServerRequest request) {
    return serves(request.path());
  }

  /** Answers; never throws. */
  Answer answer(Asked asked) {
    try {
      Optional<VendorBarsQuery> query = barsQuery(asked);
      return query.isPresent()
          ? bars.answer(query.get(), asked.requestId(), asked.origin())
          : forward(asked);
    } catch (RuntimeException | Error e) {
      Problem problem = Problem.of(e);
      if (problem.status() == 500) {
        LOG.error("{} failed ({})", asked.path(), asked.requestId(), e);
      }
      return error(problem, asked.requestId());
    }
  }

  private static Optional<VendorBarsQuery> barsQuery(Asked asked) {
    return Catalogue.of()
        .match(asked.path())
        .filter(match -> match.endpoint().name().equals(BARS))
        .flatMap(
            match ->
                VendorBarsQuery.of(
                    match.variables(), RawQuery.of(asked.query()).withoutSecrets().values()));
  }

  private Answer forward(Asked asked) {
    String query = RawQuery.of(asked.query()).withoutSecrets().toString();
    VendorReply reply = vendor.ask(asked.path() + (query.isEmpty() ? "" : "?" + query));
    if (reply.status() == UNAUTHORIZED) {
      return error(
          Problem.of(
              502,
              "upstream-key-refused",
              "The vendor refused the server's key",
              "The vendor does not accept this server's key for %s; check POLYGON_API_KEY there"
                  .formatted(asked.path())),
          asked.requestId());
    }
    byte[] body = ownLinks(reply, asked.origin()).getBytes(StandardCharsets.UTF_8);
    Map<String, String> headers =
        reply.staleSince().map(at -> Map.of(STALE, at.toString())).orElse(Map.of());
    return new Answer(reply.status(), reply.contentType(), headers, out -> out.write(body));
  }

  /** The body with the vendor's links to itself leading here, and without a key in them. */
  private static String ownLinks(VendorReply reply, String origin) {
    String body = reply.body();
    for (String vendor :
        Stream.concat(VENDOR_ORIGINS.stream(), Stream.of(reply.origin())).toList()) {
      body = body.replace("\"" + vendor + "/", "\"" + origin + "/");
    }
    return KEY.matcher(body).replaceAll("");
  }

  /** A problem in the vendor's form. */
  static Answer error(Problem problem, String requestId) {
    // The vendor has no 422.
    int status = problem.status() == 422 ? 400 : problem.status();
    byte[] body =
        Json.object(
            json -> {
              json.writeStringProperty("status", status == 403 ? "NOT_AUTHORIZED" : "ERROR");
              json.writeStringProperty("request_id", requestId);
              if (status == UNAUTHORIZED) {
                // Word for word, since programs look for it.
                json.writeStringProperty("error", "Unknown API Key");
                json.writeStringProperty("message", problem.detail());
              } else {
                json.writeStringProperty(status == 403 ? "message" : "error", problem.detail());
              }
            });
    return new Answer(status, Answer.JSON, Answer.headersOf(problem), out -> out.write(body));
  }
}
