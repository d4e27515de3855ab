package com.alphaxiii.polygon.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http.websocketx.WebSocketFrameEncoder;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.http.WebSocketInternal;
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

  /** Bytes given to the socket but not sent: above the second it takes no more, until the first. */
  private static final WriteBufferWaterMark ENOUGH =
      new WriteBufferWaterMark(512 * 1024, 1024 * 1024);

  private final ServerWebSocket socket;
  private final ChannelHandlerContext encoder;
  private Runnable ready = () -> {};
  private int pingsUnanswered;

  Socket(ServerWebSocket socket) {
    this.socket = socket;
    // The only place that needs the framework's internals.
    this.encoder =
        ((WebSocketInternal) socket)
            .channelHandlerContext()
            .pipeline()
            .context(WebSocketFrameEncoder.class);
    encoder.channel().config().setWriteBufferWaterMark(ENOUGH);
    encoder.pipeline().addBefore(encoder.name(), null, new Readiness());
  }

  /** Hears from the transport that it takes more again. */
  private final class Readiness extends ChannelInboundHandlerAdapter {
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
      if (context.channel().isWritable()) {
        ready.run();
      }
      context.fireChannelWritabilityChanged();
    }
  }

  @Override
  public ByteBufAllocator allocator() {
    // The framework's own makes and clears each buffer anew.
    return PooledByteBufAllocator.DEFAULT;
  }

  @Override
  public boolean isReady() {
    return encoder.channel().isWritable();
  }

  @Override
  public void onReady(Runnable action) {
    ready = action;
  }

  @Override
  public void write(ByteBuf batch) {
    // Nobody waits for the write: when one fails the connection closes, and that ends the outbox.
    encoder.writeAndFlush(batch, encoder.voidPromise());
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

  /** Ends the connection once all is sent, without a closing frame. */
  void drop() {
    encoder.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(sent -> encoder.close());
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
