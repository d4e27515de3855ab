package com.alphaxiii.polygon.server;

import io.vertx.core.net.SocketAddress;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/** The connections that each machine has open, up to a maximum; one for all event loops. */
final class Peers {
  /** Of an IPv6 address, what names a network; whoever has one has all addresses in it. */
  private static final int NETWORK_BYTES = 8;

  private final int most;
  private final ConcurrentMap<String, Integer> open = new ConcurrentHashMap<>();
  private final LongAdder refused = new LongAdder();

  Peers(int most) {
    this.most = most;
  }

  /** What counts as one machine: an address, or a network of IPv6. */
  static String name(SocketAddress address) {
    return address.hostAddress() == null ? "" : name(address.hostAddress());
  }

  static String name(String address) {
    if (address.indexOf(':') < 0) {
      return address;
    }
    // Of a local address the interface may stand behind it, which need not be one of this machine.
    int scope = address.indexOf('%');
    InetAddress parsed = InetAddress.ofLiteral(scope < 0 ? address : address.substring(0, scope));
    return parsed instanceof Inet6Address
        ? HexFormat.of().formatHex(parsed.getAddress(), 0, NETWORK_BYTES)
        : parsed.getHostAddress();
  }

  /** Takes a place for one more connection; false when the machine has all it may have. */
  boolean enter(String peer) {
    boolean[] entered = new boolean[1];
    open.compute(
        peer,
        (name, held) -> {
          int before = held == null ? 0 : held;
          entered[0] = before < most;
          return entered[0] ? before + 1 : held;
        });
    if (!entered[0]) {
      refused.increment();
    }
    return entered[0];
  }

  void leave(String peer) {
    open.computeIfPresent(peer, (name, held) -> held == 1 ? null : held - 1);
  }

  /** Connections of all machines. */
  long count() {
    return open.values().stream().mapToLong(Integer::longValue).sum();
  }

  /** Connections that were closed at once, since start. */
  long refused() {
    return refused.sum();
  }
}
