package com.alphaxiii.polygon.server;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The WebSocket clients that are connected, by unique id and up to a maximum. */
final class Connections {
  private final int most;
  private final Set<String> ids = new HashSet<>();

  /** How many of them a token has, by its name. */
  private final Map<String, Integer> held = new HashMap<>();

  Connections(int most) {
    this.most = most;
  }

  int most() {
    return most;
  }

  synchronized int count() {
    return ids.size();
  }

  /**
   * A client's place.
   *
   * @param token by which it came; null when it came without
   */
  record Place(String id, @Nullable AccessToken token) {}

  /** Whether a token has as many places as it may have. */
  synchronized boolean isExhausted(AccessToken token) {
    return held.getOrDefault(token.name(), 0) >= token.sockets();
  }

  /**
   * Takes a place: under the id asked for, or with {@code #2}, {@code #3} … behind it when that is
   * taken. Empty when all places are taken, or all that the token may have.
   */
  synchronized Optional<Place> enter(String wanted, @Nullable AccessToken token) {
    if (ids.size() >= most || (token != null && isExhausted(token))) {
      return Optional.empty();
    }
    String id = wanted;
    for (int number = 2; !ids.add(id); number++) {
      id = wanted + "#" + number;
    }
    if (token != null) {
      held.merge(token.name(), 1, Integer::sum);
    }
    return Optional.of(new Place(id, token));
  }

  synchronized void leave(Place place) {
    AccessToken token = place.token();
    if (ids.remove(place.id()) && token != null) {
      held.computeIfPresent(token.name(), (name, count) -> count == 1 ? null : count - 1);
    }
  }
}
