package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.Market;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lets one client of the vendor's protocol in by its token, which it sends as its key. */
final class VendorDoor implements VendorSubscriber.Door {
  private static final short POLICY_VIOLATION = 1008;

  private final Market market;
  private final Access access;
  private final Grants grants;
  private final Connections connections;
  private final Socket socket;
  private Connections.@Nullable Place place;

  VendorDoor(Market market, Access access, Grants grants, Connections connections, Socket socket) {
    this.market = market;
    this.access = access;
    this.grants = grants;
    this.connections = connections;
    this.socket = socket;
  }

  @Override
  public VendorSubscriber.@Nullable Refusal enter(String key) {
    Optional<AccessToken> token = access.token(key);
    if (access.asksForTokens() && token.isEmpty()) {
      return new VendorSubscriber.Refusal(VendorStatus.REFUSED, (short) 0);
    }
    if (token.isPresent()) {
      Optional<Problem> lacking =
          grants.refuse(token.get(), Scope.STREAM, "the stream of " + market.path());
      if (lacking.isPresent()) {
        return new VendorSubscriber.Refusal(
            VendorStatus.of("auth_failed", lacking.get().detail()), (short) 0);
      }
    }
    Optional<Connections.Place> entered =
        connections.enter(
            token.map(AccessToken::name).orElse("local") + "/" + market.path(), token.orElse(null));
    if (entered.isEmpty()) {
      return new VendorSubscriber.Refusal(VendorStatus.CROWDED, POLICY_VIOLATION);
    }
    place = entered.get();
    return null;
  }

  @Override
  public void drop() {
    socket.drop();
  }

  @Override
  public void close(short code) {
    socket.close(code, "");
  }

  /** The client has gone, and with it its place. */
  void leave() {
    Connections.Place taken = place;
    if (taken != null) {
      connections.leave(taken);
      place = null;
    }
  }
}
