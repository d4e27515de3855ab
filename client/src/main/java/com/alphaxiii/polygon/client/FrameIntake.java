package com.alphaxiii.polygon.client;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.vertx.core.http.WebSocket;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.http.WebSocketInternal;

/**
 * Takes data frames from below the framework's own handler, which would copy each and queue it.
 * Pings, pongs and the closing handshake go on to the framework.
 */
final class FrameIntake extends ChannelInboundHandlerAdapter {
  /** Who gets the frames, on the connection's loop and in its context. */
  interface Target {
    /** The content is only valid during the call. */
    void data(ByteBuf content, boolean continuation, boolean last);
  }

  private final ContextInternal context;
  private final Target target;

  private FrameIntake(ContextInternal context, Target target) {
    this.context = context;
    this.target = target;
  }

  /** All data frames that come from now on go to the target; called in the socket's context. */
  static void install(WebSocket socket, Target target) {
    // The only place that needs the framework's internals.
    ChannelHandlerContext framework = ((WebSocketInternal) socket).channelHandlerContext();
    framework
        .pipeline()
        .addBefore(
            framework.name(), "frame-intake", new FrameIntake(ContextInternal.current(), target));
  }

  @Override
  public void channelRead(ChannelHandlerContext channel, Object message) {
    if (message instanceof WebSocketFrame frame && isData(frame)) {
      try {
        context.dispatch(
            frame,
            data ->
                target.data(
                    data.content(),
                    data instanceof ContinuationWebSocketFrame,
                    data.isFinalFragment()));
      } finally {
        frame.release();
      }
    } else {
      channel.fireChannelRead(message);
    }
  }

  private static boolean isData(WebSocketFrame frame) {
    return frame instanceof TextWebSocketFrame
        || frame instanceof BinaryWebSocketFrame
        || frame instanceof ContinuationWebSocketFrame;
  }
}
