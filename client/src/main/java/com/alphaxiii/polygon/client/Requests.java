package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.catalogue.Answer;
import com.alphaxiii.polygon.core.CallerName;
import com.alphaxiii.polygon.core.NanoClock;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.PolygonException.BadData;
import com.alphaxiii.polygon.core.PolygonException.NotEntitled;
import com.alphaxiii.polygon.core.PolygonException.RateLimited;
import com.alphaxiii.polygon.core.PolygonException.Unavailable;
import com.alphaxiii.polygon.core.RequestTrace;
import com.alphaxiii.polygon.core.UpstreamStatus;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JsonParser;

/**
 * Sends requests until one answer is whole or trying again is pointless. Every sending takes a
 * permit of the budget; pauses that the vendor asks for hold all callers.
 */
final class Requests {
  private static final Logger LOG = LoggerFactory.getLogger(Requests.class);
  private static final Duration FIRST_BACKOFF = Duration.ofMillis(500);
  private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(20);
  private static final int ERROR_BODY = 64 << 10;

  private final HttpTransport transport;
  private final RateBudget budget;
  private final Failures failures;
  private final InstantSource instants;
  private final NanoClock clock;
  private final RandomGenerator random;
  private final LastCalls lastCalls;

  Requests(
      HttpTransport transport,
      RateBudget budget,
      Failures failures,
      InstantSource instants,
      NanoClock clock,
      RandomGenerator random) {
    this.transport = transport;
    this.budget = budget;
    this.failures = failures;
    this.instants = instants;
    this.clock = clock;
    this.random = random;
    this.lastCalls = new LastCalls(instants);
  }

  /** Decodes the results of one answer; a new one is made for each attempt. */
  interface Reading<T> extends Envelope.Results {
    /** What was read, when the answer has proved complete. */
    T content();

    /** Where in the answer it lies. */
    default Answer where() {
      return Envelope.RESULTS;
    }

    /** Reads a whole body. */
    default Envelope read(InputStream body) throws IOException {
      return Envelope.read(body, where(), this);
    }
  }

  /** A complete answer and how it was had. */
  record Page<T>(T content, Envelope envelope, Attempt attempt) {}

  /** What is known of the plan, from now on and for all who share this. */
  void explainedBy(Entitlements known) {
    failures.explainedBy(known);
  }

  /** Sends until an answer is complete, unless it is known to be refused. */
  <T> Page<T> get(Attempt first, Caller caller, Supplier<? extends Reading<T>> readings) {
    Optional<NotEntitled> refusal = failures.refusedBefore(first);
    if (refusal.isPresent()) {
      throw refusal.get();
    }
    return trying(first, attempt -> once(attempt, caller, readings.get()));
  }

  /** Sends until there is an answer that trying again would not change, whatever it says. */
  HttpTransport.Answer forward(Attempt first, Caller caller) {
    return trying(first, attempt -> passedOn(attempt, caller));
  }

  /** One sending. */
  private interface Sending<T> {
    T send(Attempt attempt) throws Hopeless;
  }

  private <T> T trying(Attempt first, Sending<T> sending) {
    Attempt attempt = first;
    while (true) {
      try {
        return sending.send(attempt);
      } catch (Hopeless e) {
        throw e.reason;
      } catch (PolygonException e) {
        if (!e.retryable() || attempt.last() || interruptedOrClosed()) {
          throw e;
        }
        LOG.debug("will be tried again: {}", e.getMessage());
        backOff(attempt, e);
        attempt = attempt.next();
      }
    }
  }

  /**
   * A failure that ends the trying whatever its type: one before sending, such as an interrupt, or
   * a pause asked for that is longer than anyone waits.
   */
  private static final class Hopeless extends Exception {
    private static final long serialVersionUID = 1L;
    private final PolygonException reason;

    Hopeless(PolygonException reason) {
      super(reason);
      this.reason = reason;
    }
  }

  private boolean interruptedOrClosed() {
    return Thread.currentThread().isInterrupted() || transport.closed();
  }

  private <T> Page<T> once(Attempt attempt, Caller caller, Reading<T> reading) throws Hopeless {
    RateBudget.Permit permit = permit(attempt, caller);
    HttpTransport.Answer answer;
    try (permit) {
      answer = send(attempt);
    }
    @Nullable String requestId = answer.header("X-Request-Id").orElse(null);
    if (answer.status() != 200) {
      throw refusal(attempt, permit, answer, requestId);
    }
    permit.accepted();
    try {
      Envelope envelope = reading.read(answer.content());
      if (!envelope.success()) {
        throw failures.denied(attempt, envelope);
      }
      requestId = envelope.requestId() == null ? requestId : envelope.requestId();
      envelope.requireComplete();
      return new Page<>(reading.content(), envelope, attempt);
    } catch (BadData e) {
      throw failures.bad(attempt, String.valueOf(e.getMessage()), requestId);
    } catch (IOException e) {
      throw failures.bad(attempt, "the answer is cut or garbled: " + e.getMessage(), requestId);
    }
  }

  private HttpTransport.Answer passedOn(Attempt attempt, Caller caller) throws Hopeless {
    RateBudget.Permit permit = permit(attempt, caller);
    HttpTransport.Answer answer;
    try (permit) {
      answer = send(attempt);
    }
    if (answer.status() == 429 || answer.status() >= 500) {
      throw refusal(attempt, permit, answer, answer.header("X-Request-Id").orElse(null));
    }
    permit.accepted();
    return answer;
  }

  private PolygonException refusal(
      Attempt attempt,
      RateBudget.Permit permit,
      HttpTransport.Answer answer,
      @Nullable String requestId)
      throws Hopeless {
    Optional<Duration> retryAfter = answer.header("Retry-After").flatMap(this::retryAfter);
    PolygonException refusal = refused(attempt, permit, answer, requestId, retryAfter);
    if (retryAfter.filter(wait -> wait.compareTo(RateBudget.LONGEST_PAUSE) > 0).isPresent()) {
      throw new Hopeless(refusal);
    }
    return refusal;
  }

  private RateBudget.Permit permit(Attempt attempt, Caller caller) throws Hopeless {
    try {
      return budget.acquire(caller.name().isEmpty() ? caller.named(CallerName.current()) : caller);
    } catch (RateLimited e) {
      throw new Hopeless(failures.crowded(attempt, e));
    } catch (InterruptedException e) {
      throw interrupted(attempt, e);
    }
  }

  private Hopeless interrupted(Attempt attempt, InterruptedException e) {
    Thread.currentThread().interrupt();
    return new Hopeless(failures.unreachable(attempt, "interrupted while waiting", e));
  }

  /** How the last calls ended, of all who share this. */
  UpstreamStatus upstream() {
    return lastCalls.status();
  }

  private HttpTransport.Answer send(Attempt attempt) throws Hopeless {
    try {
      return sendNow(attempt);
    } catch (Hopeless e) {
      if (!interruptedOrClosed()) {
        lastCalls.failed(e.reason);
      }
      throw e;
    } catch (PolygonException e) {
      if (!interruptedOrClosed()) {
        lastCalls.failed(e);
      }
      throw e;
    }
  }

  private HttpTransport.Answer sendNow(Attempt attempt) throws Hopeless {
    try {
      long start = clock.nanoTime();
      RequestTrace.countUpstreamCall();
      HttpTransport.Answer answer = transport.get(attempt.uri());
      lastCalls.answered(answer.status(), Duration.ofNanos(clock.nanoTime() - start));
      if (LOG.isDebugEnabled()) {
        LOG.debug(
            "GET {} {} {} ms, {} bytes, page {}, attempt {}",
            failures.masked(attempt.target()),
            answer.status(),
            (clock.nanoTime() - start) / 1_000_000,
            answer.body().length,
            attempt.page(),
            attempt.number());
      }
      return answer;
    } catch (InterruptedException e) {
      throw interrupted(attempt, e);
    } catch (HttpTransport.CutException e) {
      throw failures.bad(attempt, String.valueOf(e.getMessage()), null);
    } catch (SSLException e) {
      Unavailable failure =
          failures.unreachable(
              attempt,
              "no encrypted connection to %s: %s; check the base URL, the clock of this machine, and whether a proxy in between shows a certificate that Java does not trust"
                  .formatted(
                      attempt.uri().getHost(), failures.quoted(String.valueOf(e.getMessage()))),
              e);
      if (isOfCertificates(e)) {
        throw new Hopeless(failure);
      }
      throw failure;
    } catch (IOException e) {
      String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      throw failures.unreachable(
          attempt,
          "%s does not answer: %s; check the network and the base URL"
              .formatted(attempt.uri().getHost(), failures.quoted(reason)),
          e);
    }
  }

  /**
   * Who cannot prove to be the vendor now cannot a second later; but a connection that only breaks
   * while it is being encrypted is like any that breaks.
   */
  private static boolean isOfCertificates(SSLException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof GeneralSecurityException
          || cause instanceof SSLPeerUnverifiedException) {
        return true;
      }
    }
    return false;
  }

  private PolygonException refused(
      Attempt attempt,
      RateBudget.Permit permit,
      HttpTransport.Answer answer,
      @Nullable String requestId,
      Optional<Duration> retryAfter) {
    Optional<Duration> wait = retryAfter;
    if (answer.status() == 429) {
      Duration pause = permit.refused(retryAfter);
      wait = Optional.of(retryAfter.filter(Duration::isPositive).orElse(pause));
    } else {
      if (answer.status() < 500) {
        permit.accepted();
      }
      retryAfter.ifPresent(budget::pause);
    }
    String text = answer.header("Location").orElse("");
    String id = requestId;
    if (answer.status() >= 400) {
      byte[] body = start(answer);
      text = new String(body, StandardCharsets.UTF_8);
      try {
        Envelope envelope = Envelope.read(new ByteArrayInputStream(body), Requests::skip);
        text = envelope.text() == null ? text : envelope.text();
        id = envelope.requestId() == null ? id : envelope.requestId();
      } catch (BadData e) {
        // Errors come as JSON from the API, as text or HTML from what stands before it.
        if (answer.status() == 404) {
          return failures.noRoute(attempt, text, id);
        }
      }
    }
    return failures.refused(attempt, answer.status(), text, id, wait.orElse(null));
  }

  private static int skip(JsonParser parser) {
    parser.skipChildren();
    return 0;
  }

  private static byte[] start(HttpTransport.Answer answer) {
    try {
      return answer.content().readNBytes(ERROR_BODY);
    } catch (IOException e) {
      return new byte[0];
    }
  }

  /** Seconds, or an HTTP date; empty when it is neither. */
  private Optional<Duration> retryAfter(String value) {
    String text = value.strip();
    if (text.matches("\\d{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
    }
    try {
      Instant at = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration wait = Duration.between(instants.instant(), at);
      return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** After a 429 the budget itself holds everyone; other failures wait here. */
  private void backOff(Attempt attempt, PolygonException failure) {
    if (failure instanceof RateLimited) {
      return;
    }
    try {
      clock.sleep(jitter(attempt));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      Unavailable interrupted =
          failures.unreachable(attempt, "interrupted before the next attempt", e);
      interrupted.addSuppressed(failure);
      throw interrupted;
    }
  }

  /** Anything from nothing to a bound that doubles with each attempt, so callers spread. */
  private Duration jitter(Attempt attempt) {
    long doubled = FIRST_BACKOFF.toNanos() << Math.min(attempt.number() - 1, 20);
    return Duration.ofNanos(random.nextLong(Math.min(doubled, LONGEST_BACKOFF.toNanos()) + 1));
  }

  /** The error of a body that ends early. */
  BadData cut(Attempt attempt, IOException reason) {
    return failures.bad(attempt, "the answer is cut or garbled: " + reason.getMessage(), null);
  }

  /** The error of an answer that is whole in itself and does not fit the ones before. */
  BadData misfit(Page<?> page, String problem) {
    return failures.bad(page.attempt(), problem, page.envelope().requestId());
  }
}
