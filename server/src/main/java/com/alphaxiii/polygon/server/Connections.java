package com.alphaxiii.polygon.server;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The WebSocket clients that are connected, by unique id and up to a maximum. */
final class Connections {
  private final int most;
  private final Set<String> ids = new HashSet<>();

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
   * Takes a place: under the id asked for, or with {@code #2}, {@code #3} … behind it when that is
   * taken. Empty when all places are taken.
   */
  synchronized Optional<String> enter(String wanted) {
    if (ids.size() >= most) {
      return Optional.empty();
    }
    String id = wanted;
    for (int number = 2; !ids.add(id); number++) {
      id = wanted + "#" + number;
    }
    return Optional.of(id);
  }

  synchronized void leave(String id) {
    ids.remove(id);
  }
}
