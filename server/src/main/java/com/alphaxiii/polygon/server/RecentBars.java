package com.alphaxiii.polygon.server;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers of finished history that were given less than a second ago and whose body is kept: they
 * are given again without a look at the files, which cannot have anything newer but a correction.
 */
final class RecentBars {
  private static final Duration FRESH = Duration.ofSeconds(1);
  private static final int MOST = 256;

  /**
   * What was asked for.
   *
   * @param tagged whether the answer has what caches of the web need
   */
  record Question(BarsQuery query, Format format, boolean tagged) {}

  /** Bodies are kept elsewhere, and are gone from here when they are gone there. */
  private record Given(Instant until, Answer answer, WeakReference<KeptBody> body) {}

  private final InstantSource clock;
  private final Map<Question, Given> given =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Question, Given> eldest) {
          return size() > MOST;
        }
      };

  RecentBars(InstantSource clock) {
    this.clock = clock;
  }

  /** The answer given just now; null when there is none. */
  synchronized @Nullable Answer find(Question question) {
    Given last = given.get(question);
    if (last == null) {
      return null;
    }
    KeptBody body = last.body().get();
    if (body == null || !clock.instant().isBefore(last.until())) {
      given.remove(question);
      return null;
    }
    return last.answer().withBody(body);
  }

  /**
   * An answer was given.
   *
   * @param begun when the files were looked at
   */
  synchronized void give(Question question, Instant begun, Answer answer) {
    if (answer.body() instanceof KeptBody body) {
      given.put(
          question,
          new Given(begun.plus(FRESH), answer.withBody(out -> {}), new WeakReference<>(body)));
    }
  }
}
