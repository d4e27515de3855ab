package com.alphaxiii.polygon.server;

import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names for requests, by which answers, logs and people can speak of them. */
final class RequestIds {
  private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

  private final String prefix;
  private final AtomicLong count = new AtomicLong();

  /**
   * Ids that begin so.
   *
   * @param seed differs from start to start of the server
   */
  RequestIds(long seed) {
    prefix = Long.toString(seed, 36) + "-";
  }

  /** The id that the client gave, when it is one; else a new one. */
  String of(@Nullable String given) {
    return given != null && SANE.matcher(given).matches()
        ? given
        : prefix + Long.toString(count.incrementAndGet(), 36);
  }
}
