package com.alphaxiii.polygon.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * How the last calls of the vendor ended.
 *
 * @param answeredAt when it last answered, whatever it said; empty when it never did
 * @param failedAt when a call last ended with no answer, or with one that says the vendor fails or
 *     does not know the key; empty when none did
 * @param took how long the last answer took; empty when there is none
 * @param problem what was wrong with the last call, in words without a key; empty when nothing was
 */
public record UpstreamStatus(
    State state,
    Optional<Instant> answeredAt,
    Optional<Instant> failedAt,
    Optional<Duration> took,
    Optional<String> problem) {
  /** Nothing was asked yet. */
  public static final UpstreamStatus UNKNOWN =
      new UpstreamStatus(
          State.UNKNOWN, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** As the last call tells. */
  public enum State {
    /** Nothing was asked yet. */
    UNKNOWN,
    /** It answers. */
    REACHABLE,
    /** It answers that it does not know the key. */
    REFUSING,
    /** It answers that it cannot answer: HTTP 5xx. */
    FAILING,
    /** It does not answer. */
    UNREACHABLE;

    /** Its name in answers and metrics. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether what is not cached can be had, as far as is known. */
  public boolean isUsable() {
    return state == State.UNKNOWN || state == State.REACHABLE;
  }

  /** When the last call ended, well or badly; empty when nothing was asked yet. */
  public Optional<Instant> at() {
    if (answeredAt.isEmpty() || failedAt.isEmpty()) {
      return answeredAt.or(() -> failedAt);
    }
    return answeredAt.get().isAfter(failedAt.get()) ? answeredAt : failedAt;
  }
}
