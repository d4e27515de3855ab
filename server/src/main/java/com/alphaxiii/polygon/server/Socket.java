package com.alphaxiii.polygon.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.WebSocketFrameEncoder;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.http.WebSocketInternal;
import java.util.List;

/**
 * Writes ready frames below the framework's WebSocket encoder, many as one. Pings, pongs and the
 * closing handshake stay with the framework; both write whole frames on the same event loop, so they
 * cannot mix.
 */
final class Socket implements Outbox.Wire {
  private static final short TRY_AGAIN_LATER = 1013;

  private final ServerWebSocket socket;
  private final ChannelHandlerContext encoder;

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

  void close(short code, String reason) {
    if (!socket.isClosed()) {
      var unused = socket.close(code, reason);
    }
  }
}
