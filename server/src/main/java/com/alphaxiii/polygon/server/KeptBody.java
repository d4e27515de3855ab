package com.alphaxiii.polygon.server;

import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** A body that is kept in memory as it is sent, and compressed when that was once asked for. */
final class KeptBody implements Answer.Body {
  private final byte[] bytes;
  private byte @Nullable [] compressed;

  KeptBody(byte[] bytes) {
    this.bytes = bytes;
  }

  /** As it is; not to be changed. */
  byte[] bytes() {
    return bytes;
  }

  /** As gzip; not to be changed. */
  synchronized byte[] compressed() {
    byte[] known = compressed;
    if (known == null) {
      known = Replies.compressed(bytes);
      compressed = known;
    }
    return known;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    out.write(bytes);
  }
}
