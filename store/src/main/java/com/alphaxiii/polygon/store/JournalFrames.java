package com.alphaxiii.polygon.store;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * How entries lie in a file: length, CRC-32C and content, each number little-endian. What a crash
 * cut off is recognised by its checksum, and ends what can be read.
 */
final class JournalFrames {
  private static final int HEAD = 2 * Integer.BYTES;

  private JournalFrames() {}

  /** Writes a frame and tells how many bytes it took. */
  static int write(OutputStream out, ByteBuffer content) throws IOException {
    int length = content.remaining();
    byte[] bytes = content.array();
    int start = content.arrayOffset() + content.position();
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, start, length);
    ByteBuffer head = ByteBuffer.allocate(HEAD).order(ByteOrder.LITTLE_ENDIAN);
    head.putInt(length).putInt((int) checksum.getValue());
    out.write(head.array());
    out.write(bytes, start, length);
    return HEAD + length;
  }

  /** Takes the next frame out of bytes; null at the end of what can be read. */
  static @Nullable ByteBuffer next(ByteBuffer bytes) {
    if (bytes.remaining() < HEAD) {
      return null;
    }
    bytes.order(ByteOrder.LITTLE_ENDIAN);
    int length = bytes.getInt();
    int checksum = bytes.getInt();
    if (length <= 0 || length > bytes.remaining()) {
      return null;
    }
    ByteBuffer frame = bytes.slice(bytes.position(), length).order(ByteOrder.LITTLE_ENDIAN);
    CRC32C found = new CRC32C();
    found.update(frame.duplicate());
    if ((int) found.getValue() != checksum) {
      return null;
    }
    bytes.position(bytes.position() + length);
    return frame;
  }

  /**
   * Reads the next frame of a file that was finished; null at its end.
   *
   * @throws IOException also when the file is damaged
   */
  static @Nullable ByteBuffer read(DataInputStream in) throws IOException {
    byte[] head = in.readNBytes(HEAD);
    if (head.length == 0) {
      return null;
    }
    if (head.length < HEAD) {
      throw new EOFException("a sorted journal is cut");
    }
    ByteBuffer start = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
    byte[] content = in.readNBytes(start.getInt());
    CRC32C found = new CRC32C();
    found.update(content);
    if ((int) found.getValue() != start.getInt()) {
      throw new IOException("a sorted journal is damaged");
    }
    return ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
  }
}
