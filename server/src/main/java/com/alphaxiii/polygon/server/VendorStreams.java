package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.Market;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The paths that speak the vendor's streaming protocol: {@code /stocks}, {@code /crypto} … */
final class VendorStreams {
  private VendorStreams() {}

  /** All of them. */
  static List<String> paths() {
    return Arrays.stream(Market.values()).map(market -> "/" + market.path()).toList();
  }

  /** The market of a path; empty when it is none of these. */
  static Optional<Market> market(@Nullable String path) {
    return path == null
        ? Optional.empty()
        : Arrays.stream(Market.values())
            .filter(market -> path.equals("/" + market.path()))
            .findFirst();
  }

  /** Whether a request wants a stream, whose client says who it is once it is connected. */
  static boolean asks(HttpServerRequest request) {
    return request.method() == HttpMethod.GET && market(request.path()).isPresent();
  }
}
