package com.alphaxiii.polygon.server;

import io.netty.buffer.ByteBuf;
import io.netty.util.IllegalReferenceCountException;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A body that is kept as it is sent, and compressed when that was once asked for. It lies outside
 * of the heap, where the socket takes it from without a copy; its memory is given back when it was
 * let go and the last who sends it has done so.
 */
final class KeptBody implements Answer.Body {
  private final ByteBuf bytes;
  private volatile @Nullable ByteBuf compressed;
  private volatile boolean gone;

  /** Takes over a buffer. */
  KeptBody(ByteBuf bytes) {
    this.bytes = bytes;
  }

  int length() {
    return bytes.writerIndex();
  }

  /** Whether it was let go. */
  boolean isGone() {
    return gone;
  }

  /**
   * The body to send, which whoever takes it releases; null when it was let go.
   *
   * @param gzip whether compressed, which the first time takes a while
   */
  @Nullable ByteBuf take(boolean gzip) {
    if (gzip && compressed == null) {
      compress();
    }
    return takeAtOnce(gzip);
  }

  /** The same, also null when it would have to be compressed first. */
  @Nullable ByteBuf takeAtOnce(boolean gzip) {
    ByteBuf wanted = gzip ? compressed : bytes;
    try {
      return wanted == null ? null : wanted.retainedDuplicate();
    } catch (IllegalReferenceCountException e) {
      return null;
    }
  }

  private synchronized void compress() {
    if (compressed == null && !gone) {
      compressed = Replies.compressed(bytes);
    }
  }

  /** It is not kept any longer. */
  synchronized void letGo() {
    if (!gone) {
      gone = true;
      bytes.release();
      ByteBuf other = compressed;
      if (other != null) {
        other.release();
      }
    }
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    ByteBuf body = take(false);
    if (body == null) {
      throw new IOException("the body was let go");
    }
    try {
      body.readBytes(out, body.readableBytes());
    } finally {
      body.release();
    }
  }
}
