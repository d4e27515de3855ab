package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.RequestTrace;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.spi.context.storage.ContextLocal;
import java.util.Set;

/**
 * A request from its coming to the end of its answer: what metrics and the access log tell of it.
 * Bound to the framework's context of the request.
 */
final class Visit {
  private static final ContextLocal<Visit> CURRENT = ContextLocal.registerLocal(Visit.class);

  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "DELETE", "OPTIONS", "PUT", "PATCH");

  /** Of those that nothing answers, and of those refused at the door. */
  private static final String NO_ROUTE = "none";

  private final String requestId;
  private final String method;
  private final RequestTrace trace;
  private final long begin;
  private volatile String route = NO_ROUTE;
  private volatile String family = NO_ROUTE;
  private volatile String caller = "-";
  private volatile boolean data;
  private boolean over;
  private Runnable onSwitch = () -> {};

  private Visit(String requestId, String method, long begin) {
    this.requestId = requestId;
    this.method = method;
    this.trace = new RequestTrace(requestId);
    this.begin = begin;
  }

  /** To be called before the framework starts: what contexts carry is settled then. */
  static void prepare() {}

  /**
   * Begins a visit in the context of a request, which has its id.
   *
   * @param now nanoseconds
   */
  static Visit begin(HttpServerRequest request, long now) {
    Visit visit = new Visit(Replies.requestId(request), word(request.method()), now);
    context().putLocal(CURRENT, visit);
    return visit;
  }

  /** The visit of the request that the current event loop works for. */
  static Visit current() {
    Visit visit = context().getLocal(CURRENT);
    if (visit == null) {
      throw new IllegalStateException("no request is being served here");
    }
    return visit;
  }

  private static Context context() {
    Context context = Vertx.currentContext();
    if (context == null) {
      throw new IllegalStateException("this is no thread of the framework");
    }
    return context;
  }

  /** Words of strangers do not become names of metrics. */
  private static String word(HttpMethod method) {
    return METHODS.contains(method.name()) ? method.name() : "other";
  }

  /** It is let in, on behalf of a program. */
  void admitted(String name) {
    caller = name;
  }

  /**
   * It is for a route.
   *
   * @param template with its parameters' names
   * @param family as metrics name it
   * @param data whether it is for data, which may come from the cache
   */
  void routed(String template, String family, boolean data) {
    route = template;
    this.family = family;
    this.data = data;
  }

  /** What is to be done when the request becomes a WebSocket. */
  void onSwitch(Runnable action) {
    onSwitch = action;
  }

  /** It has become a WebSocket, which is its answer. */
  void switched() {
    onSwitch.run();
  }

  /** The answer has ended; false when that is known. */
  boolean end() {
    boolean first = !over;
    over = true;
    return first;
  }

  String requestId() {
    return requestId;
  }

  String method() {
    return method;
  }

  String route() {
    return route;
  }

  String family() {
    return family;
  }

  /** The name of the token, {@code loopback} where none is needed; {@code -} when not let in. */
  String caller() {
    return caller;
  }

  RequestTrace trace() {
    return trace;
  }

  int upstreamCalls() {
    return trace.upstreamCalls();
  }

  /** Whether data was answered without asking the vendor. */
  boolean isCached() {
    return data && trace.upstreamCalls() == 0;
  }

  long nanosUntil(long now) {
    return now - begin;
  }
}
