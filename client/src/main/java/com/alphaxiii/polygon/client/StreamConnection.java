package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.NanoClock;
import com.alphaxiii.polygon.core.TickerEvent;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.http.WebSocketFrame;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One connection from its opening to its loss: login, liveness, messages. It lives on the loop; a
 * lost connection says so once and then nothing more.
 */
final class StreamConnection implements EventDecoder.Output {
  /** The vendor's close code for a breach of its rules: too many connections of one key. */
  private static final int POLICY_VIOLATION = 1008;

  private static final int MAX_WORDS = 300;

  /** Who is told; every call comes on the loop. */
  interface Owner {
    void loggedIn();

    /** The vendor's answer to a subscribe or unsubscribe. */
    void confirmed(String message);

    /** The vendor refused something after login. */
    void refused(String message);

    void event(TickerEvent event);

    void malformed(String reason);

    void lost(Loss loss);
  }

  /** Why a connection ended. */
  record Loss(Kind kind, String reason) {
    enum Kind {
      /** Anything that passes: try again soon. */
      BROKEN,
      /** The key has too many connections: trying soon would throw another one out. */
      CROWDED_OUT,
      /** The vendor does not accept the key: trying again is useless. */
      UNAUTHORIZED,
      /** The key's plan has no stream of this market: trying again is useless. */
      NOT_ENTITLED
    }
  }

  private enum Stage {
    OPENING,
    LOGGING_IN,
    READY,
    OVER
  }

  private final StreamConfig config;
  private final URI address;
  private final NanoClock nanoClock;
  private final EventDecoder decoder;
  private final StreamCounters counters;
  private final Owner owner;
  private final ClientWebSocket socket;
  private final MessageAssembler assembler = new MessageAssembler();
  private final LoopTimer deadline;
  private final LoopTimer ping;
  private final LoopTimer watchdog;

  private Stage stage = Stage.OPENING;
  private boolean connected;
  private long lastFrameNanos;
  private String lastWords = "";

  StreamConnection(
      Vertx vertx,
      WebSocketClient client,
      StreamConfig config,
      URI address,
      NanoClock nanoClock,
      EventDecoder decoder,
      StreamCounters counters,
      Owner owner) {
    this.config = config;
    this.address = address;
    this.nanoClock = nanoClock;
    this.decoder = decoder;
    this.counters = counters;
    this.owner = owner;
    socket = client.webSocket();
    deadline = new LoopTimer(vertx);
    ping = new LoopTimer(vertx);
    watchdog = new LoopTimer(vertx);
    lastFrameNanos = nanoClock.nanoTime();
  }

  void open() {
    WebSocketConnectOptions options =
        new WebSocketConnectOptions()
            .setHost(address.getHost())
            .setPort(port())
            .setSsl(StreamConfig.isSecure(address))
            // Without it the socket of a handshake that is never answered would stay open.
            .setTimeout(config.connectTimeout().toMillis())
            .setURI(address.getRawPath());
    deadline.start(
        config.connectTimeout(),
        () -> lose(Loss.Kind.BROKEN, "no login within " + inWords(config.connectTimeout())));
    socket.frameHandler(this::frame);
    socket.closeHandler(nothing -> closed());
    socket
        .connect(options)
        .onComplete(
            result -> {
              if (result.failed()) {
                lose(kind(result.cause()), failure(result.cause()));
              } else if (stage == Stage.OVER) {
                result.result().close();
              } else {
                connected = true;
                FrameIntake.install(result.result(), this::data);
              }
            });
  }

  /** When the connection was last known to work, by the nano clock. */
  long lastFrameNanos() {
    return lastFrameNanos;
  }

  void send(List<String> frames) {
    for (String frame : frames) {
      socket.writeTextMessage(frame);
    }
  }

  /** Ends it without a word to the owner. */
  void abandon() {
    stage = Stage.OVER;
    deadline.stop();
    ping.stop();
    watchdog.stop();
    if (connected) {
      socket.close();
    }
  }

  /** Frames of all kinds that come with the answer to the handshake, later all but data. */
  private void frame(WebSocketFrame frame) {
    if (stage == Stage.OVER) {
      return;
    }
    heard();
    if (frame.isClose()) {
      closedBy(frame.closeStatusCode(), frame.closeReason());
    } else if (frame.isText() || frame.isBinary() || frame.isContinuation()) {
      data(
          Unpooled.wrappedBuffer(frame.binaryData().getBytes()),
          frame.isContinuation(),
          frame.isFinal());
    }
  }

  private void heard() {
    lastFrameNanos = nanoClock.nanoTime();
  }

  private void data(ByteBuf content, boolean continuation, boolean last) {
    if (stage == Stage.OVER) {
      return;
    }
    heard();
    boolean whole;
    try {
      whole = assembler.add(content, continuation, last);
    } catch (IllegalStateException e) {
      lose(Loss.Kind.BROKEN, String.valueOf(e.getMessage()));
      return;
    }
    if (whole) {
      counters.messages.increment();
      decoder.decode(assembler.bytes(), 0, assembler.length(), this);
    }
  }

  @Override
  public void event(TickerEvent event) {
    if (stage == Stage.READY) {
      owner.event(event);
    }
  }

  @Override
  public void malformed(String reason) {
    if (stage != Stage.OVER) {
      owner.malformed(masked(reason));
    }
  }

  @Override
  public void status(String status, String message) {
    String words = masked(message.isEmpty() ? status : status + ": " + message);
    switch (status) {
      case "auth_failed" -> lose(refusal(message), words);
      case "max_connections" -> lose(Loss.Kind.CROWDED_OUT, words);
      case "connected" -> greeted();
      case "auth_success" -> loggedIn();
      case "success" -> succeeded(message);
      case "error" -> refused(words);
      default -> lastWords = words;
    }
  }

  /** The vendor has one status for a key that is wrong and for a plan that is too small. */
  private static Loss.Kind refusal(String message) {
    return message.toLowerCase(Locale.ROOT).contains("your plan")
        ? Loss.Kind.NOT_ENTITLED
        : Loss.Kind.UNAUTHORIZED;
  }

  /** Older servers say success for every step. */
  private void succeeded(String message) {
    switch (stage) {
      case OPENING -> greeted();
      case LOGGING_IN -> loggedIn();
      case READY -> owner.confirmed(message);
      case OVER -> {}
    }
  }

  private void refused(String words) {
    if (stage == Stage.READY) {
      owner.refused(words);
    } else {
      lastWords = words;
    }
  }

  private void greeted() {
    if (stage == Stage.OPENING) {
      stage = Stage.LOGGING_IN;
      socket.writeTextMessage(ActionFrames.auth(config.key()));
    }
  }

  private void loggedIn() {
    if (stage == Stage.LOGGING_IN) {
      stage = Stage.READY;
      deadline.stop();
      pingLater();
      watch(config.silence());
      owner.loggedIn();
    }
  }

  private void pingLater() {
    ping.start(
        config.pingInterval(),
        () -> {
          socket.writePing(Buffer.buffer());
          pingLater();
        });
  }

  private void watch(Duration next) {
    watchdog.start(
        next,
        () -> {
          Duration silent = Duration.ofNanos(nanoClock.nanoTime() - lastFrameNanos);
          Duration left = config.silence().minus(silent);
          if (left.isPositive()) {
            watch(left);
          } else {
            lose(Loss.Kind.BROKEN, "nothing was received for " + inWords(silent));
          }
        });
  }

  private void closed() {
    Short code = socket.closeStatusCode();
    closedBy(code == null ? 1006 : code, socket.closeReason());
  }

  private void closedBy(int code, @Nullable String reason) {
    String words = reason == null || reason.isEmpty() ? lastWords : masked(reason);
    String said = words.isEmpty() ? "" : " (" + words + ")";
    lose(
        code == POLICY_VIOLATION ? Loss.Kind.CROWDED_OUT : Loss.Kind.BROKEN,
        "closed by the server with code " + code + said);
  }

  private void lose(Loss.Kind kind, String reason) {
    if (stage != Stage.OVER) {
      abandon();
      owner.lost(new Loss(kind, reason));
    }
  }

  /** A server that refuses the handshake for want of rights will do so again. */
  private static Loss.Kind kind(Throwable cause) {
    boolean unauthorized =
        cause instanceof UpgradeRejectedException rejected
            && (rejected.getStatus() == 401 || rejected.getStatus() == 403);
    return unauthorized ? Loss.Kind.UNAUTHORIZED : Loss.Kind.BROKEN;
  }

  private String failure(Throwable cause) {
    if (cause instanceof UpgradeRejectedException rejected) {
      return "the server answered HTTP " + rejected.getStatus();
    }
    // The outer one of an encrypted connection that failed only says that it did.
    Throwable root = cause;
    for (int depth = 0; depth < 8 && root.getCause() != null; depth++) {
      root = root.getCause();
    }
    String words = String.valueOf(cause.getMessage());
    return masked(root == cause ? words : words + ": " + root.getMessage());
  }

  /** The vendor's words, not too many, and without the key should it repeat it. */
  private String masked(String words) {
    String safe = words.replace(config.key().reveal(), config.key().toString());
    return safe.length() <= MAX_WORDS ? safe : safe.substring(0, MAX_WORDS) + "…";
  }

  private int port() {
    if (address.getPort() >= 0) {
      return address.getPort();
    }
    return StreamConfig.isSecure(address) ? 443 : 80;
  }

  static String inWords(Duration duration) {
    return Math.rint(duration.toMillis() / 100.0) / 10 + " s";
  }
}
