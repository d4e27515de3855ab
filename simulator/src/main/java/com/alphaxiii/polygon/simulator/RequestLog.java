package com.alphaxiii.polygon.simulator;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Every REST request that arrived, faulty and refused ones included; stream connections and {@code
 * /simulator/…} are not counted. Keeps the newest 100,000. Thread-safe.
 */
public final class RequestLog {
  private static final int KEPT = 100_000;

  private final ArrayDeque<Request> requests = new ArrayDeque<>();
  private long total;

  RequestLog() {}

  /**
   * One request.
   *
   * @param path decoded, without query
   * @param query as sent, without {@code apiKey}; empty when there is none
   */
  public record Request(String path, String query) {
    /** Path and query as one. */
    public String target() {
      return query.isEmpty() ? path : path + "?" + query;
    }
  }

  synchronized void add(Request request) {
    total++;
    requests.add(request);
    if (requests.size() > KEPT) {
      requests.remove();
    }
  }

  /** Requests since the start or the last {@link #clear()}. */
  public synchronized long total() {
    return total;
  }

  /** How many of the kept requests have a path that begins so. */
  public synchronized long count(String pathPrefix) {
    return requests.stream().filter(r -> r.path().startsWith(pathPrefix)).count();
  }

  /** The paths in the order of arrival, without queries. */
  public synchronized List<String> paths() {
    return requests.stream().map(Request::path).toList();
  }

  /** The requests in the order of arrival. */
  public synchronized List<Request> requests() {
    return new ArrayList<>(requests);
  }

  /** Begins anew. */
  public synchronized void clear() {
    requests.clear();
    total = 0;
  }
}
