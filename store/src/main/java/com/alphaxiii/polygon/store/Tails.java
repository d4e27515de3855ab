package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.BarAnswer;
import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Timeframe;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bars that may still change, which are never stored. They are remembered for a few seconds, so
 * that many who ask for today's bars cost one request; a refusal because today is not published yet
 * is remembered for some minutes, but never past midnight in New York, when it may be true no more.
 */
final class Tails {
  private static final Logger LOG = LoggerFactory.getLogger(Tails.class);

  /** An answer is given again for so long. */
  static final Duration FRESH = Duration.ofSeconds(5);

  private static final Duration REFUSED = Duration.ofMinutes(5);
  private static final long MOST_ROWS = 500_000;
  private static final long MOST_REFUSALS = 10_000;

  /**
   * An answer of the vendor.
   *
   * @param range what it holds all bars of, as of {@code askedAt}
   */
  private record Tail(TimeRange range, BarAnswer answer, Instant askedAt) {
    /** Whether it answers for a range now. */
    boolean serves(TimeRange wanted, Instant now) {
      return !now.isBefore(askedAt)
          && now.isBefore(askedAt.plus(FRESH))
          && wanted.start().isBefore(askedAt)
          && range.encloses(TimeRange.of(wanted.start(), Coverage.earliest(wanted.end(), askedAt)));
    }
  }

  private final Flights flights;
  private final Cache<Series, Tail> known =
      Caffeine.newBuilder()
          .maximumWeight(MOST_ROWS)
          .weigher((Series series, Tail tail) -> 1 + tail.answer().bars().size())
          .executor(Runnable::run)
          .build();

  /** Until when today's bars of a series need not be asked for. */
  private final Cache<Series, Instant> refused =
      Caffeine.newBuilder().maximumSize(MOST_REFUSALS).executor(Runnable::run).build();

  Tails(Flights flights) {
    this.flights = flights;
  }

  /** One request's question for bars that may still change. */
  record Question(Series series, TimeRange tail, Instant settled, boolean anew, Instant now) {
    /**
     * What to ask the vendor for: from where bars may change, so that one answer serves all who
     * begin later; but seconds only as wanted, since they are so many.
     */
    TimeRange asked() {
      Instant end = Coverage.earliest(tail.end(), now);
      return series.base().equals(Timeframe.SECOND_1)
          ? TimeRange.of(tail.start(), end)
          : TimeRange.of(Coverage.earliest(settled, tail.start()), end);
    }

    Question until(Instant end) {
      return new Question(series, TimeRange.of(tail.start(), end), settled, anew, now);
    }

    Instant midnight() {
      return today().atStartOfDay(Market.NEW_YORK).toInstant();
    }

    Instant nextMidnight() {
      return today().plusDays(1).atStartOfDay(Market.NEW_YORK).toInstant();
    }

    private LocalDate today() {
      return LocalDate.ofInstant(now, Market.NEW_YORK);
    }
  }

  /** Collects the bars of a question; what is not published yet is collected as missing. */
  void read(Question question, Function<TimeRange, BarAnswer> ask, Collected collected) {
    Instant end = Coverage.earliest(question.tail().end(), question.now());
    if (isRefused(question)) {
      withoutToday(question, end, ask, collected);
      return;
    }
    try {
      bars(question, ask, collected);
    } catch (PolygonException.NotYetAvailable e) {
      LOG.debug("{} {} is not published yet", question.series(), question.asked(), e);
      Instant until = question.now().plus(REFUSED);
      refused.put(question.series(), Coverage.earliest(until, question.nextMidnight()));
      withoutToday(question, end, ask, collected);
    }
  }

  private boolean isRefused(Question question) {
    Instant until = refused.getIfPresent(question.series());
    return !question.anew()
        && until != null
        && question.now().isBefore(until)
        && question.tail().end().isAfter(question.midnight());
  }

  /** The days before today may be published though today is not. */
  private void withoutToday(
      Question question, Instant end, Function<TimeRange, BarAnswer> ask, Collected collected) {
    Instant missingFrom = question.tail().start();
    if (missingFrom.isBefore(question.midnight()) && question.midnight().isBefore(end)) {
      try {
        bars(question.until(question.midnight()), ask, collected);
        missingFrom = question.midnight();
      } catch (PolygonException.NotYetAvailable e) {
        LOG.debug("{} of the day before is not published yet either", question.series(), e);
      }
    }
    TimeRange missing = TimeRange.of(missingFrom, end);
    Bars none = Bars.empty(question.series().ticker(), question.series().base());
    collected.remembered(
        missing, none, new BarAnswer(none, BarAnswer.Source.UPSTREAM, List.of(missing), null));
  }

  private void bars(Question question, Function<TimeRange, BarAnswer> ask, Collected collected) {
    Tail tail = question.anew() ? null : known.getIfPresent(question.series());
    TimeRange wanted =
        TimeRange.of(
            question.tail().start(), Coverage.earliest(question.tail().end(), question.now()));
    if (tail != null && tail.serves(wanted, question.now())) {
      collected.remembered(wanted, tail.answer().bars().slice(wanted), tail.answer());
      return;
    }
    TimeRange asked = question.asked();
    BarAnswer answer =
        flights.share(
            question.series(),
            asked.start(),
            question.tail().end(),
            () -> {
              BarAnswer fresh = ask.apply(asked);
              known.put(question.series(), new Tail(asked, fresh, question.now()));
              if (question.tail().end().isAfter(question.midnight())) {
                refused.invalidate(question.series());
              }
              return fresh;
            });
    collected.fetched(wanted, answer.bars().slice(wanted), answer);
  }
}
