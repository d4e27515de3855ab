package com.alphaxiii.polygon.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.WebSocketFrameEncoder;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.http.WebSocketInternal;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Writes ready frames below the framework's WebSocket encoder, many as one. Pings, pongs and the
 * closing handshake stay with the framework; both write whole frames on the same event loop, so
 * they cannot mix.
 */
final class Socket implements Outbox.Wire {
  private static final short TRY_AGAIN_LATER = 1013;
  private static final long GOODBYE_SECONDS = 3;
  // 123 bytes are what a closing frame holds; reasons are ASCII.
  private static final int LONGEST_REASON = 120;
  private static final int MOST_PINGS_UNANSWERED = 1_000;

  private final ServerWebSocket socket;
  private final ChannelHandlerContext encoder;
  private int pingsUnanswered;

  Socket(ServerWebSocket socket) {
    this.socket = socket;
    // The only place that needs the framework's internals.
    this.encoder =
        ((WebSocketInternal) socket)
            .channelHandlerContext()
            .pipeline()
            .context(WebSocketFrameEncoder.class);
  }

  @Override
  public void write(List<byte[]> frames, int bytes, Runnable written) {
    ByteBuf batch = encoder.alloc().directBuffer(bytes, bytes);
    frames.forEach(batch::writeBytes);
    encoder
        .writeAndFlush(batch)
        .addListener(
            done -> {
              // After a failure the connection closes, and that ends the outbox.
              if (done.isSuccess()) {
                written.run();
              }
            });
  }

  @Override
  public void cut(String reason) {
    close(TRY_AGAIN_LATER, reason);
  }

  /** The client sent a ping; the framework answers, even one who never reads the answers. */
  void pinged() {
    if (encoder.channel().isWritable()) {
      pingsUnanswered = 0;
    } else if (++pingsUnanswered > MOST_PINGS_UNANSWERED) {
      encoder.close();
    }
  }

  /** Says goodbye; a client that does not even take that is disconnected all the same. */
  void close(short code, String reason) {
    if (socket.isClosed()) {
      return;
    }
    var unused =
        socket.close(
            code, reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON));
    // From below the framework's own handler, which would wait until all is sent.
    var abort =
        encoder.executor().schedule(() -> encoder.close(), GOODBYE_SECONDS, TimeUnit.SECONDS);
    encoder.channel().closeFuture().addListener(closed -> abort.cancel(false));
  }
}
