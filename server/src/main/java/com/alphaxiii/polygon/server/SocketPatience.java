package com.alphaxiii.polygon.server;

import java.time.Duration;

/**
 * How long WebSocket clients may take.
 *
 * @param login until a client of the vendor's protocol has logged in
 * @param ping how often each is pinged, and looked at
 * @param silence after so long without a frame of it, pongs included, it counts as gone
 */
record SocketPatience(Duration login, Duration ping, Duration silence) {
  static final SocketPatience USUAL =
      new SocketPatience(Duration.ofSeconds(30), Duration.ofSeconds(20), Duration.ofSeconds(60));
}
