package com.alphaxiii.polygon.server;

import io.vertx.core.http.HttpMethod;
import org.jspecify.annotations.Nullable;

/**
 * A route of the API.
 *
 * @param path with parameters in braces, as the API document names it
 * @param scope that a token must have; null where anyone is answered, known or not
 * @param ready what it can answer without any work
 */
record Endpoint(HttpMethod method, String path, @Nullable Scope scope, Work work, Ready ready) {
  private static final Ready NEVER = call -> null;

  /** Answers a call on a virtual thread; what it throws becomes a problem. */
  @FunctionalInterface
  interface Work {
    Answer answer(Call call);
  }

  /** Looks on the event loop, without waiting for anything, whether the answer is there. */
  @FunctionalInterface
  interface Ready {
    /** The answer, whose body is kept; null when it takes work, or the call is no good. */
    @Nullable Answer find(Call call);
  }

  Endpoint(HttpMethod method, String path, @Nullable Scope scope, Work work) {
    this(method, path, scope, work, NEVER);
  }

  /** The same, which may have answers ready. */
  Endpoint with(Ready answers) {
    return new Endpoint(method, path, scope, work, answers);
  }

  /**
   * Whether it answers this method: GET answers HEAD too, of which the framework drops the body.
   */
  boolean answers(HttpMethod asked) {
    return asked == method || (asked == HttpMethod.HEAD && method == HttpMethod.GET);
  }

  /** Whether anyone is answered, known or not. */
  boolean open() {
    return scope == null;
  }

  static Endpoint get(Scope scope, String path, Work work) {
    return new Endpoint(HttpMethod.GET, path, scope, work);
  }

  static Endpoint post(Scope scope, String path, Work work) {
    return new Endpoint(HttpMethod.POST, path, scope, work);
  }

  static Endpoint delete(Scope scope, String path, Work work) {
    return new Endpoint(HttpMethod.DELETE, path, scope, work);
  }

  static Endpoint openGet(String path, Work work) {
    return new Endpoint(HttpMethod.GET, path, null, work);
  }
}
