package com.alphaxiii.polygon.client;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.vertx.core.http.WebSocket;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.http.WebSocketInternal;

/**
 * Takes data frames from below the framework's own handler, which would copy each and queue it.
 * After the first of them it also takes the framework's decoder out, and a {@link FrameSplitter}
 * reads what follows. Pings, pongs and the closing handshake go on to the framework.
 */
final class FrameIntake extends ChannelInboundHandlerAdapter {
  /** Who gets the frames, on the connection's loop and in its context. */
  interface Target {
    /**
     * A data frame, or a part of one: then what follows of it comes as its continuation.
     *
     * @param content only valid during the call
     * @param continuation whether it goes on with the message before it
     * @param last whether the message ends with it
     */
    void data(ByteBuf content, boolean continuation, boolean last);
  }

  private final ContextInternal context;
  private final Target target;
  private boolean split;

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
      boolean whole;
      try {
        whole = frame.isFinalFragment();
        pass(frame.content(), frame instanceof ContinuationWebSocketFrame, whole);
      } finally {
        frame.release();
      }
      if (whole && !split) {
        split = true;
        split(channel.pipeline());
      }
    } else {
      channel.fireChannelRead(message);
    }
  }

  /**
   * Between two messages the decoder has nothing of a frame but bytes that it has not looked at,
   * and those it passes on when it is taken out.
   */
  private void split(ChannelPipeline pipeline) {
    ChannelHandlerContext decoder = pipeline.context(WebSocket13FrameDecoder.class);
    if (decoder != null) {
      FrameSplitter splitter = new FrameSplitter(this::pass, MessageAssembler.MAX_MESSAGE);
      pipeline.addAfter(decoder.name(), "frame-splitter", splitter);
      pipeline.remove(decoder.handler());
    }
  }

  private void pass(ByteBuf content, boolean continuation, boolean last) {
    context.dispatch(content, data -> target.data(data, continuation, last));
  }

  private static boolean isData(WebSocketFrame frame) {
    return frame instanceof TextWebSocketFrame
        || frame instanceof BinaryWebSocketFrame
        || frame instanceof ContinuationWebSocketFrame;
  }
}
