package com.alphaxiii.polygon.client;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;

/**
 * Reads what a WebSocket server sends (RFC 6455, 5.2) straight from the buffers that the socket was
 * read into. The framework's decoder joins those buffers and copies each frame out of them; here
 * data is passed on as it comes, a frame in as many pieces as it was read in. Pings, pongs and
 * closes go on as frames. After a breach of the protocol nothing more is read.
 */
final class FrameSplitter extends ChannelInboundHandlerAdapter {
  private static final int CONTINUATION = 0;
  private static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final int PONG = 10;

  private static final int FINAL = 0x80;
  private static final int RESERVED = 0x70;
  private static final int OPCODE = 0x0F;
  private static final int MASKED = 0x80;
  private static final int LENGTH = 0x7F;
  private static final int LONGEST_CONTROL = 125;
  private static final int TWO_BYTES_FOLLOW = 126;
  private static final int SHORTEST_HEADER = 2;
  private static final int LONGEST_HEADER = 10;

  private final FrameIntake.Target target;
  private final long longest;

  private final byte[] header = new byte[LONGEST_HEADER];
  private int headerBytes;

  /** Of the frame whose header was read last. */
  private int opcode;

  private boolean last;

  /** Bytes of it that are still to come. */
  private long left;

  private boolean inFrame;

  /** Whether a message has begun whose last frame has not. */
  private boolean fragmented;

  private boolean broken;

  private final byte[] control = new byte[LONGEST_CONTROL];
  private int controlBytes;

  /**
   * @param longest bytes of a frame; a longer one is a breach
   */
  FrameSplitter(FrameIntake.Target target, long longest) {
    this.target = target;
    this.longest = longest;
  }

  @Override
  public void channelRead(ChannelHandlerContext channel, Object message) {
    if (!(message instanceof ByteBuf in)) {
      channel.fireChannelRead(message);
      return;
    }
    try {
      read(channel, in);
    } catch (CorruptedWebSocketFrameException e) {
      broken = true;
      channel.fireExceptionCaught(e);
      channel.close();
    } finally {
      in.release();
    }
  }

  private void read(ChannelHandlerContext channel, ByteBuf in) {
    while (!broken && !channel.isRemoved()) {
      if (!inFrame && !readHeader(in)) {
        return;
      }
      if (!in.isReadable() && left > 0) {
        return;
      }
      int size = (int) Math.min(left, in.readableBytes());
      left -= size;
      inFrame = left > 0;
      if (opcode >= CLOSE) {
        in.readBytes(control, controlBytes, size);
        controlBytes += size;
        if (!inFrame) {
          channel.fireChannelRead(controlFrame(channel));
        }
      } else {
        boolean continuation = opcode == CONTINUATION;
        opcode = CONTINUATION;
        target.data(in.readSlice(size), continuation, last && !inFrame);
      }
    }
  }

  /** Takes what there is of a header; true when it is whole. */
  private boolean readHeader(ByteBuf in) {
    while (headerBytes < SHORTEST_HEADER || headerBytes < headerLength()) {
      if (!in.isReadable()) {
        return false;
      }
      header[headerBytes] = in.readByte();
      headerBytes++;
    }
    opcode = header[0] & OPCODE;
    boolean isFinal = (header[0] & FINAL) != 0;
    left = payloadLength();
    check(isFinal);
    headerBytes = 0;
    inFrame = true;
    if (opcode >= CLOSE) {
      controlBytes = 0;
    } else {
      last = isFinal;
      fragmented = !isFinal;
    }
    return true;
  }

  private int headerLength() {
    int length = header[1] & LENGTH;
    return length < TWO_BYTES_FOLLOW ? SHORTEST_HEADER : length == TWO_BYTES_FOLLOW ? 4 : 10;
  }

  /** What the header of a frame of so many bytes takes. */
  private static int headerLength(long payload) {
    return payload < TWO_BYTES_FOLLOW ? SHORTEST_HEADER : payload < 1 << Short.SIZE ? 4 : 10;
  }

  private long payloadLength() {
    if (headerBytes == SHORTEST_HEADER) {
      return header[1] & LENGTH;
    }
    long length = 0;
    for (int i = SHORTEST_HEADER; i < headerBytes; i++) {
      length = length << Byte.SIZE | (header[i] & 0xFF);
    }
    return length;
  }

  private void check(boolean isFinal) {
    boolean isControl = opcode >= CLOSE;
    if ((header[0] & RESERVED) != 0) {
      throw breach("a frame has reserved bits though no extension was agreed on");
    }
    if (opcode > PONG || (opcode > BINARY && !isControl)) {
      throw breach("a frame of the unknown kind " + opcode);
    }
    if ((header[1] & MASKED) != 0) {
      throw breach("a server's frame is masked");
    }
    if (isControl && (!isFinal || left > LONGEST_CONTROL)) {
      throw breach("a control frame is long or comes in parts");
    }
    if (opcode == CLOSE && left == 1) {
      throw breach("half a close code");
    }
    if (!isControl && (opcode == CONTINUATION) != fragmented) {
      throw breach(
          fragmented
              ? "a message begins within another"
              : "a frame continues a message that has not begun");
    }
    if (left >= 0 && headerLength() > headerLength(left)) {
      throw breach("a length takes more bytes than it needs");
    }
    if (left < 0 || left > longest) {
      throw new CorruptedWebSocketFrameException(
          WebSocketCloseStatus.MESSAGE_TOO_BIG, "a frame of more than %d bytes".formatted(longest));
    }
  }

  private static CorruptedWebSocketFrameException breach(String what) {
    return new CorruptedWebSocketFrameException(WebSocketCloseStatus.PROTOCOL_ERROR, what);
  }

  private WebSocketFrame controlFrame(ChannelHandlerContext channel) {
    ByteBuf content = channel.alloc().buffer(controlBytes);
    content.writeBytes(control, 0, controlBytes);
    return switch (opcode) {
      case CLOSE -> new CloseWebSocketFrame(true, 0, content);
      case PONG -> new PongWebSocketFrame(true, 0, content);
      default -> new PingWebSocketFrame(true, 0, content);
    };
  }
}
