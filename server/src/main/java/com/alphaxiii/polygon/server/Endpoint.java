package com.alphaxiii.polygon.server;

import io.vertx.core.http.HttpMethod;

/**
 * A route of the API.
 *
 * @param path with parameters in braces, as the API document names it
 * @param open whether anyone is answered, known or not
 */
record Endpoint(HttpMethod method, String path, boolean open, Work work) {
  /** Answers a call on a virtual thread; what it throws becomes a problem. */
  @FunctionalInterface
  interface Work {
    Answer answer(Call call);
  }

  /**
   * Whether it answers this method: GET answers HEAD too, of which the framework drops the body.
   */
  boolean answers(HttpMethod asked) {
    return asked == method || (asked == HttpMethod.HEAD && method == HttpMethod.GET);
  }

  static Endpoint get(String path, Work work) {
    return new Endpoint(HttpMethod.GET, path, false, work);
  }

  static Endpoint post(String path, Work work) {
    return new Endpoint(HttpMethod.POST, path, false, work);
  }

  static Endpoint delete(String path, Work work) {
    return new Endpoint(HttpMethod.DELETE, path, false, work);
  }

  static Endpoint openGet(String path, Work work) {
    return new Endpoint(HttpMethod.GET, path, true, work);
  }
}
