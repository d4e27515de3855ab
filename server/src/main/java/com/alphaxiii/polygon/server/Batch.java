package com.alphaxiii.polygon.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** Gathers what goes out in one write: events and, between them, frames that are whole already. */
final class Batch {
  /** Below this, two bytes of the header tell the length; so arrays never need the long header. */
  private static final int MOST_ARRAY = (1 << 16) - 1;

  private static final int HEADER = 4;
  private static final int SHORT = 126;
  private static final byte FINAL_TEXT = (byte) 0x81;

  /** What an element is. */
  enum Form {
    /** Each element is a whole frame. */
    FRAMES,
    /** Elements are JSON, and many make one array, which is a frame. */
    ARRAYS
  }

  private final Form form;
  private final ByteBuf bytes;

  /** Where the open array's frame begins; -1 when none is open. */
  private int array = -1;

  /**
   * An empty batch.
   *
   * @param expected how many bytes there may be; it grows when there are more
   */
  Batch(ByteBufAllocator allocator, Form form, int expected) {
    this.form = form;
    this.bytes = allocator.directBuffer(expected);
  }

  int size() {
    return bytes.writerIndex();
  }

  /** Adds an event as the dialect's encoder has written it. */
  void add(byte[] element) {
    if (form == Form.FRAMES) {
      bytes.writeBytes(element);
      return;
    }
    if (array >= 0 && bytes.writerIndex() - array - HEADER + element.length + 2 > MOST_ARRAY) {
      close();
    }
    if (array < 0) {
      array = bytes.writerIndex();
      bytes.writeInt(0).writeByte('[');
    } else {
      bytes.writeByte(',');
    }
    bytes.writeBytes(element);
  }

  /** Adds a frame that is whole already. */
  void frame(byte[] frame) {
    close();
    bytes.writeBytes(frame);
  }

  private void close() {
    if (array < 0) {
      return;
    }
    bytes.writeByte(']');
    int length = bytes.writerIndex() - array - HEADER;
    bytes.setByte(array, FINAL_TEXT);
    if (length < SHORT) {
      byte[] text = new byte[length];
      bytes.getBytes(array + HEADER, text);
      bytes.setByte(array + 1, length).writerIndex(array + 2).writeBytes(text);
    } else {
      bytes.setByte(array + 1, SHORT).setShort(array + 2, length);
    }
    array = -1;
  }

  /** All of it; whoever takes it releases it. */
  ByteBuf finish() {
    close();
    return bytes;
  }
}
