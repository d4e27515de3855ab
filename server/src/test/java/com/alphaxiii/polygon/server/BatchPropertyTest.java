package com.alphaxiii.polygon.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import tools.jackson.databind.JsonNode;

class BatchPropertyTest {
  /** A negative size stands for a frame that is whole already. */
  @Property(tries = 200)
  void arraysHoldAllElementsInOrderAmongTheFrames(
      @ForAll @Size(max = 200) List<@IntRange(min = -1, max = 2_000) Integer> sizes) {
    Batch batch = new Batch(UnpooledByteBufAllocator.DEFAULT, Batch.Form.ARRAYS, 64);
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < sizes.size(); i++) {
      String text = "\"" + i + "x".repeat(Math.max(0, sizes.get(i))) + "\"";
      if (sizes.get(i) < 0) {
        batch.frame(Frames.text(text.getBytes(StandardCharsets.UTF_8)));
      } else {
        batch.add(text.getBytes(StandardCharsets.UTF_8));
      }
      expected.add(text);
    }
    assertThat(read(batch.finish())).isEqualTo(expected);
  }

  private static List<String> read(ByteBuf bytes) {
    List<String> told = new ArrayList<>();
    while (bytes.isReadable()) {
      assertThat(bytes.readByte()).isEqualTo((byte) 0x81);
      int length = bytes.readUnsignedByte();
      if (length == 126) {
        length = bytes.readUnsignedShort();
        // The shortest form that holds the length, as the protocol asks.
        assertThat(length).isGreaterThanOrEqualTo(126);
      }
      JsonNode message =
          TestServer.json(bytes.readCharSequence(length, StandardCharsets.UTF_8).toString());
      if (message.isArray()) {
        message.forEach(element -> told.add(element.toString()));
      } else {
        told.add(message.toString());
      }
    }
    bytes.release();
    return told;
  }
}
