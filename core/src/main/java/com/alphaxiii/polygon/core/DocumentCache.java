package com.alphaxiii.polygon.core;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/** Keeps answers that stay true for hours, such as what the codes of trades mean. */
@FunctionalInterface
public interface DocumentCache {
  /**
   * The document of a key: a kept one that is young enough, else a new one. When asking fails in a
   * way that may pass, an older one is the answer.
   *
   * @param key what was asked for: path and parameters, never a key or token
   * @param fresh a kept document is taken without asking until it is so old
   * @param ask gives the document anew; whatever it throws is thrown when nothing older is kept
   */
  Document get(String key, Duration fresh, Supplier<byte[]> ask);

  /**
   * An answer as it was sent.
   *
   * @param readAt when it was asked for
   * @param stale true when it is older than it should be, since asking failed
   */
  record Document(byte[] body, Instant readAt, boolean stale) {}
}
