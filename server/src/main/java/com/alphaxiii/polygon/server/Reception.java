package com.alphaxiii.polygon.server;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.function.LongSupplier;

/**
 * Where requests of an event loop come in and answers leave: they get an id, are counted and
 * written down. Confined to the loop.
 */
final class Reception {
  private static final int SWITCHED = 101;

  private final RequestIds ids;
  private final Metrics metrics;
  private final AccessLog log;
  private final Patience patience;
  private final LongSupplier nanoTime;

  Reception(
      RequestIds ids, Metrics metrics, AccessLog log, Patience patience, LongSupplier nanoTime) {
    this.ids = ids;
    this.metrics = metrics;
    this.log = log;
    this.patience = patience;
    this.nanoTime = nanoTime;
  }

  /** A request has come; whatever becomes of it ends here again. */
  Visit welcome(HttpServerRequest request) {
    Replies.name(request, ids.of(request.getHeader(Replies.REQUEST_ID)));
    Visit visit = Visit.begin(request, nanoTime.getAsLong());
    HttpServerResponse response = request.response();
    response.endHandler(ended -> end(request, visit, true));
    response.closeHandler(closed -> end(request, visit, false));
    visit.onSwitch(
        () -> {
          // From here on the pings of the WebSocket find out who is gone.
          if (visit.end()) {
            record(visit, SWITCHED, 0, true);
          }
        });
    return visit;
  }

  private void end(HttpServerRequest request, Visit visit, boolean whole) {
    if (visit.end()) {
      patience.waitFor(request.connection());
      HttpServerResponse response = request.response();
      record(visit, response.getStatusCode(), response.bytesWritten(), whole);
    }
  }

  private void record(Visit visit, int status, long bytes, boolean whole) {
    long nanos = visit.nanosUntil(nanoTime.getAsLong());
    metrics.answered(visit, status, nanos);
    log.write(visit, status, bytes, nanos, whole);
  }
}
