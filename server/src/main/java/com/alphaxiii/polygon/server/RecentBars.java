package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers of finished history that were given less than a second ago and whose body is kept: they
 * are given again without a look at the files, which cannot have anything newer but a correction.
 * When the second is over one request looks, and those beside it wait not for it: they get the last
 * answer for another second at most.
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

  /** An answer; its body is kept elsewhere, and it is of no use any more when that is gone. */
  private static final class Given {
    private final Answer answer;
    private final KeptBody body;
    private Instant until;
    private boolean looking;

    Given(Answer answer, KeptBody body, Instant until) {
      this.answer = answer;
      this.body = body;
      this.until = until;
    }

    /** Somebody looks, and is the only one until this. */
    void look(Instant until) {
      this.until = until;
      looking = true;
    }
  }

  private final InstantSource clock;

  /**
   * When the files of a symbol were last written on somebody's demand; for as long as it counts.
   */
  private final Map<Ticker, Instant> renewed = bounded();

  private final Map<Question, Given> given = bounded();

  RecentBars(InstantSource clock) {
    this.clock = clock;
  }

  private static <K, V> Map<K, V> bounded() {
    return new LinkedHashMap<>(16, 0.75f, true) {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > MOST;
      }
    };
  }

  /** Whether there is no answer at all. */
  synchronized boolean isEmpty() {
    return given.isEmpty();
  }

  /** The answer given just now; null when somebody has to look at the files. */
  synchronized @Nullable Answer find(Question question) {
    Given last = given.get(question);
    return last != null && isGood(last, clock.instant()) ? last.answer : null;
  }

  /** The same; null when whoever asks has to look. Others need not meanwhile. */
  synchronized @Nullable Answer findOrLook(Question question) {
    Given last = given.get(question);
    if (last == null) {
      return null;
    }
    Instant now = clock.instant();
    if (isGood(last, now)) {
      return last.answer;
    }
    Instant longest = last.until.plus(FRESH);
    if (last.looking || last.body.isGone() || !now.isBefore(longest)) {
      given.remove(question);
    } else {
      last.look(longest);
    }
    return null;
  }

  private static boolean isGood(Given last, Instant now) {
    return now.isBefore(last.until) && !last.body.isGone();
  }

  /**
   * An answer was given.
   *
   * @param begun when the files were looked at
   */
  synchronized void give(Question question, Instant begun, Answer answer) {
    Instant written = renewed.get(question.query().request().ticker());
    if (answer.body() instanceof KeptBody body && (written == null || begun.isAfter(written))) {
      given.put(question, new Given(answer, body, begun.plus(FRESH)));
    }
  }

  /** What is stored of a symbol was fetched anew: whoever asks from now on gets that. */
  synchronized void forget(Ticker ticker) {
    given.keySet().removeIf(question -> question.query().request().ticker().equals(ticker));
    renewed.put(ticker, clock.instant());
  }
}
