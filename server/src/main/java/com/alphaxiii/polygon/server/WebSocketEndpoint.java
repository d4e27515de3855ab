package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.ReplayRequest;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code /ws/{client_id}}, {@code /stocks} and so on: one for each event loop. */
final class WebSocketEndpoint {
  static final Duration FULL = Duration.ofSeconds(5);

  private static final Pattern CLIENT_ID = Pattern.compile("[\\x21-\\x7e]{1,128}");
  private static final short GOING_AWAY = 1001;
  private static final short MESSAGE_TOO_BIG = 1009;
  private static final short INTERNAL_ERROR = 1011;
  private static final short AGAINST_THE_RULES = 1008;
  private static final String TOO_MANY =
      "more than %d messages a second, or %d at once".formatted(Pace.STEADY, Pace.BURST);

  private final Shard shard;
  private final Hub hub;
  private final Connections connections;
  private final Grants grants;
  private final Outbox.Limits limits;
  private final SocketPatience patience;
  private final InstantSource clock;
  private final ReplayDoor replays;

  /** An endpoint of a loop. */
  WebSocketEndpoint(
      Shard shard,
      Hub hub,
      Connections connections,
      Grants grants,
      Outbox.Limits limits,
      SocketPatience patience,
      InstantSource clock,
      ReplayDoor replays) {
    this.patience = patience;
    this.replays = replays;
    this.grants = grants;
    this.shard = shard;
    this.hub = hub;
    this.connections = connections;
    this.limits = limits;
    this.clock = clock;
  }

  /**
   * Accepts a client, or tells by {@code refuse} why not.
   *
   * @param clientId as the path names it
   * @param token that the client presented; null without one
   */
  void accept(
      HttpServerRequest request,
      String clientId,
      @Nullable AccessToken token,
      Consumer<Problem> refuse) {
    if (!CLIENT_ID.matcher(clientId).matches()) {
      refuse.accept(
          Problem.of(
              422,
              "invalid-request",
              "Invalid request",
              "A client id has 1 to 128 visible ASCII characters"));
      return;
    }
    Optional<ReplayRequest> replay;
    try {
      replay = ReplayDoor.request(request.query());
    } catch (PolygonException.InvalidRequest e) {
      refuse.accept(Problem.of(e));
      return;
    }
    Optional<Connections.Place> place = connections.enter(clientId, token);
    if (place.isEmpty() && token != null && connections.isExhausted(token)) {
      refuse.accept(grants.tooManySockets(token));
      return;
    }
    if (place.isEmpty()) {
      refuse.accept(
          Problem.of(
                  503,
                  "too-many-clients",
                  "Too many WebSocket clients",
                  "All %d places are taken; WS_MAX_CONNECTIONS sets how many there are"
                      .formatted(connections.most()))
              .retryAfter(FULL));
      return;
    }
    Visit visit = Visit.current();
    request
        .toWebSocket()
        .onSuccess(
            socket -> {
              visit.switched();
              open(socket, place.get(), replay.map(replays::open).orElse(null));
            })
        .onFailure(e -> connections.leave(place.get()));
  }

  private void open(
      ServerWebSocket socket, Connections.Place place, ReplayDoor.@Nullable Room room) {
    Socket wire = new Socket(socket);
    Outbox outbox = new Outbox(wire, Dialect.OWN, limits, clock, hub.counters()::drop);
    if (room == null) {
      Subscriber subscriber = new OwnSubscriber(place.id(), shard, hub, outbox, clock);
      shard.join(subscriber);
      serve(socket, wire, subscriber, () -> connections.leave(place));
      return;
    }
    Subscriber player = new ReplaySubscriber(place.id(), room, outbox);
    room.enter(player);
    serve(
        socket,
        wire,
        player,
        () -> {
          room.leave(player);
          connections.leave(place);
        });
  }

  /**
   * Accepts a client of the vendor's protocol, which says later who it is, or tells by {@code
   * refuse} why not.
   *
   * @param access knows whom to let in
   */
  void accept(HttpServerRequest request, Market market, Access access, Consumer<Problem> refuse) {
    Optional<ReplayRequest> replay;
    boolean backfill;
    try {
      replay = ReplayDoor.request(request.query());
      backfill = replay.isEmpty() && backfill(request.query());
      if (replay.isPresent() && RawQuery.of(request.query()).find("paused") != null) {
        throw new PolygonException.InvalidRequest(
            "paused", "true", "this protocol has no word to resume: leave 'paused' out");
      }
    } catch (PolygonException.InvalidRequest e) {
      refuse.accept(Problem.of(e));
      return;
    }
    Visit visit = Visit.current();
    request
        .toWebSocket()
        .onSuccess(
            socket -> {
              visit.switched();
              open(socket, market, access, backfill, replay.map(replays::open).orElse(null));
            });
  }

  private static boolean backfill(@Nullable String query) {
    String asked = RawQuery.of(query).find("backfill");
    return switch (asked == null ? "false" : asked) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new PolygonException.InvalidRequest(
              "backfill", asked, "'%s' is not true or false".formatted(asked));
    };
  }

  private void open(
      ServerWebSocket socket,
      Market market,
      Access access,
      boolean backfill,
      ReplayDoor.@Nullable Room room) {
    Socket wire = new Socket(socket);
    VendorDoor door = new VendorDoor(market, access, grants, connections, wire);
    Outbox outbox =
        new Outbox(new VendorWire(wire), Dialect.VENDOR, limits, clock, hub.counters()::drop);
    VendorSubscriber subscriber =
        room == null
            ? new VendorSubscriber(market, shard, hub, outbox, door, backfill)
            : new VendorSubscriber(market, room.shard(), room.hub(), outbox, door, false);
    if (room == null) {
      shard.join(subscriber);
    } else {
      room.enter(subscriber);
    }
    var timeout =
        shard
            .loop()
            .schedule(subscriber::awaitNoLonger, patience.login().toNanos(), TimeUnit.NANOSECONDS);
    serve(
        socket,
        wire,
        subscriber,
        () -> {
          timeout.cancel(false);
          if (room != null) {
            room.leave(subscriber);
          }
          door.leave();
        });
  }

  private void serve(
      ServerWebSocket socket, Socket wire, Subscriber subscriber, Runnable afterwards) {
    Life life = new Life(socket, wire);
    subscriber.onGoingAway(() -> wire.close(GOING_AWAY, "the server is shutting down"));
    subscriber.onHeartbeat(life::beat);
    socket.textMessageHandler(
        message -> {
          if (life.mayAsk(subscriber)) {
            subscriber.receive(message);
          }
        });
    socket.binaryMessageHandler(
        message -> {
          if (life.mayAsk(subscriber)) {
            subscriber.receiveBinary();
          }
        });
    socket.pongHandler(pong -> life.heard());
    socket.frameHandler(
        frame -> {
          life.heard();
          if (frame.isPing()) {
            wire.pinged();
          }
        });
    socket.exceptionHandler(e -> wire.close(code(e), "the connection failed: " + e.getMessage()));
    socket.closeHandler(
        closed -> {
          subscriber.leave();
          afterwards.run();
        });
    subscriber.greet();
  }

  private static short code(Throwable failure) {
    return switch (failure) {
      case CorruptedWebSocketFrameException broken -> (short) broken.closeStatus().code();
      // How the framework tells that the parts of a message are too large together.
      case IllegalStateException tooLarge -> MESSAGE_TOO_BIG;
      default -> INTERNAL_ERROR;
    };
  }

  /** Pings clients and ends those that have been silent for too long. */
  void keepAlive(Vertx vertx) {
    vertx.setPeriodic(
        patience.ping().toMillis(),
        timer -> {
          shard.forEach(Subscriber::heartbeat);
          replays.forEach(Subscriber::heartbeat);
        });
  }

  /** Tells every client of this loop that the server goes away. */
  void goAway() {
    shard.forEach(Subscriber::goAway);
    replays.forEach(Subscriber::goAway);
  }

  /** When a client was last heard of. */
  private final class Life {
    private final ServerWebSocket socket;
    private final Socket wire;
    private final Pace pace = new Pace(now());
    private long lastHeard = now();
    private boolean rude;

    Life(ServerWebSocket socket, Socket wire) {
      this.socket = socket;
      this.wire = wire;
    }

    void heard() {
      lastHeard = now();
    }

    /** Whether another message is followed; one who sends too many is told so, and cut off. */
    boolean mayAsk(Subscriber subscriber) {
      heard();
      if (rude) {
        return false;
      }
      rude = !pace.take(now());
      if (rude) {
        subscriber.tooMany(TOO_MANY);
        wire.close(AGAINST_THE_RULES, TOO_MANY);
      }
      return !rude;
    }

    void beat() {
      if (now() - lastHeard > patience.silence().toNanos()) {
        wire.close(GOING_AWAY, "no answer to pings");
      } else {
        var unused = socket.writePing(Buffer.buffer());
      }
    }

    private long now() {
      return shard.loop().ticker().nanoTime();
    }
  }
}
