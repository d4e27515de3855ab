package com.alphaxiii.polygon.client;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** Joins the frames of a message in one buffer that is used again for the next. */
final class MessageAssembler {
  /** A message beyond this is a fault, not data. */
  static final int MAX_MESSAGE = 32 << 20;

  private static final int USUAL = 1 << 16;

  private byte[] bytes = new byte[USUAL];
  private int length;
  private boolean open;

  /**
   * Adds a data frame; true when it completes a message, which {@link #bytes} and {@link #length}
   * hold until the next frame is added.
   *
   * @param continuation whether it goes on with the frame before it
   * @param last whether the message ends with it
   */
  boolean add(ByteBuf data, boolean continuation, boolean last) {
    if (!continuation) {
      begin();
    } else if (!open) {
      return false;
    }
    int size = data.readableBytes();
    if (size > MAX_MESSAGE - length) {
      open = false;
      throw new IllegalStateException("a message of more than " + MAX_MESSAGE + " bytes");
    }
    int needed = length + size + EventDecoder.ROOM;
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(needed, 2 * bytes.length));
    }
    data.getBytes(data.readerIndex(), bytes, length, size);
    length += size;
    open = !last;
    return last;
  }

  private void begin() {
    length = 0;
    open = true;
    if (bytes.length > 16 * USUAL) {
      bytes = new byte[USUAL];
    }
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }
}
