package com.alphaxiii.polygon.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The splitter is held to the framework's own decoder. */
class FrameSplitterPropertyTest {
  private static final int LONGEST = 100_000;

  /** However the bytes are cut, messages, pings and pongs are what the framework's decoder sees. */
  @Property(tries = 100)
  void seesWhatTheFrameworkSees(@ForAll long seed) {
    Random random = new Random(seed);
    byte[] wire = wire(random);
    assertThat(split(wire, random)).isEqualTo(decoded(wire)).doesNotContain("broken");
  }

  /** Where bytes are wrong, both stop at the same place. */
  @Property(tries = 1_000)
  void stopsWhereTheFrameworkStops(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int faults) {
    Random random = new Random(seed);
    byte[] wire = wire(random);
    for (int i = 0; i < faults; i++) {
      // Among the first bytes, so that headers are met.
      wire[random.nextInt(Math.min(wire.length, 300))] = (byte) random.nextInt();
    }
    assertThat(split(wire, random)).isEqualTo(decoded(wire));
  }

  private static byte[] wire(Random random) {
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    for (int message = 1 + random.nextInt(6); message > 0; message--) {
      int parts = 1 + (random.nextInt(3) == 0 ? random.nextInt(4) : 0);
      for (int part = 0; part < parts; part++) {
        if (random.nextInt(4) == 0) {
          frame(wire, true, random.nextBoolean() ? 9 : 10, bytes(random, 126));
        }
        int kind = part > 0 ? 0 : 1 + random.nextInt(2);
        frame(wire, part == parts - 1, kind, bytes(random, random.nextBoolean() ? 130 : 70_000));
      }
    }
    return wire.toByteArray();
  }

  private static byte[] bytes(Random random, int bound) {
    byte[] bytes = new byte[random.nextInt(bound)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static void frame(ByteArrayOutputStream wire, boolean last, int kind, byte[] payload) {
    wire.write((last ? 0x80 : 0) | kind);
    int length = payload.length;
    if (length < 126) {
      wire.write(length);
    } else {
      int bytes = length < 1 << 16 ? 2 : 8;
      wire.write(bytes == 2 ? 126 : 127);
      for (int i = bytes - 1; i >= 0; i--) {
        wire.write((int) ((long) length >>> (8 * i)));
      }
    }
    wire.writeBytes(payload);
  }

  private static List<String> split(byte[] wire, Random random) {
    Words words = new Words();
    EmbeddedChannel channel = channel(new FrameSplitter(words::data, LONGEST), words);
    int at = 0;
    while (at < wire.length) {
      int size = 1 + random.nextInt(random.nextBoolean() ? 3 : 10_000);
      int end = Math.min(wire.length, at + size);
      feed(channel, Arrays.copyOfRange(wire, at, end));
      at = end;
    }
    return words.end(channel);
  }

  private static List<String> decoded(byte[] wire) {
    Words words = new Words();
    EmbeddedChannel channel =
        channel(new WebSocket13FrameDecoder(false, false, LONGEST, false), words);
    feed(channel, wire);
    return words.end(channel);
  }

  private static void feed(EmbeddedChannel channel, byte[] bytes) {
    if (channel.isOpen()) {
      channel.writeOneInbound(Unpooled.copiedBuffer(bytes));
    }
  }

  private static EmbeddedChannel channel(ChannelHandler reader, Words words) {
    return new EmbeddedChannel(reader, words);
  }

  /** Writes down what was seen. */
  private static final class Words extends ChannelInboundHandlerAdapter {
    private final List<String> seen = new ArrayList<>();
    private final StringBuilder message = new StringBuilder();

    void data(ByteBuf content, boolean continuation, boolean last) {
      if (!continuation) {
        message.setLength(0);
      }
      message.append(ByteBufUtil.hexDump(content));
      if (last) {
        seen.add("message " + message);
      }
    }

    @Override
    public void channelRead(ChannelHandlerContext channel, Object read) {
      WebSocketFrame frame = (WebSocketFrame) read;
      if (frame instanceof PingWebSocketFrame || frame instanceof PongWebSocketFrame) {
        seen.add(frame.getClass().getSimpleName() + ByteBufUtil.hexDump(frame.content()));
      } else if (frame.getClass().getSimpleName().startsWith("Close")) {
        seen.add("close");
      } else {
        boolean continuation = frame instanceof ContinuationWebSocketFrame;
        data(frame.content(), continuation, frame.isFinalFragment());
      }
      ReferenceCountUtil.release(read);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext channel, Throwable cause) {
      assertThat(cause.getCause() == null ? cause : cause.getCause())
          .isInstanceOf(CorruptedWebSocketFrameException.class);
      if (!seen.contains("broken")) {
        seen.add("broken");
      }
    }

    List<String> end(EmbeddedChannel channel) {
      channel.finishAndReleaseAll();
      return seen;
    }
  }
}
