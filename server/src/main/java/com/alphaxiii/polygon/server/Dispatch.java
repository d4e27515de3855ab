package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.BarAnswer;
import com.alphaxiii.polygon.core.CallerName;
import com.alphaxiii.polygon.core.RequestTrace;
import io.netty.buffer.ByteBuf;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has requests answered: on a thread of their own where that takes work, from the event loop where
 * the answer is there already.
 */
final class Dispatch {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatch.class);

  private final Admission admission;
  private final Load load;
  private final Metrics metrics;
  private final Executor workers;
  private final ReaderPace pace;

  /**
   * Of an event loop.
   *
   * @param pace at which clients must read answers that take memory of their own
   */
  Dispatch(Admission admission, Load load, Metrics metrics, Executor workers, ReaderPace pace) {
    this.admission = admission;
    this.load = load;
    this.metrics = metrics;
    this.workers = workers;
    this.pace = pace;
  }

  /** Has an endpoint answer a call that is permitted. */
  void answer(HttpServerRequest request, Endpoint endpoint, Call call) {
    Supplier<Answer> work = () -> work(endpoint, call);
    if (endpoint.scope() == null || endpoint.scope() == Scope.STATUS) {
      // Whoever looks after a busy server must be able to.
      workers.execute(answering(request, work));
    } else {
      answerInTurn(request, work);
    }
  }

  /** Answers when there are not too many requests under way; says so otherwise, at once. */
  void answerInTurn(HttpServerRequest request, Supplier<Answer> work) {
    Load.Ticket ticket = enter(request);
    if (ticket != null) {
      Runnable answering = answering(request, work);
      workers.execute(() -> ticket.spend(answering));
    }
  }

  /**
   * Sends bars that are there without leaving the loop; false when they are not. Whoever asked is
   * waited for all the while, so that nobody holds a request for ever who does not read its answer.
   *
   * @param answer null when there is none
   */
  boolean sendReady(HttpServerRequest request, @Nullable Answer answer) {
    if (answer == null
        || !(answer.body() instanceof KeptBody kept)
        || kept.length() > ResponseStream.WHOLE_BLOCK) {
      return false;
    }
    boolean gzip = Replies.acceptsGzip(request.getHeader(HttpHeaders.ACCEPT_ENCODING));
    ByteBuf body = kept.takeAtOnce(gzip);
    if (body == null) {
      return false;
    }
    Load.Ticket ticket = enter(request);
    if (ticket == null) {
      body.release();
      return true;
    }
    Runnable sent =
        () -> {
          body.release();
          ticket.close();
        };
    metrics.bars(BarAnswer.Source.CACHE);
    try {
      Replies.sendWhole(request.response(), answer, body, gzip).onComplete(done -> sent.run());
    } catch (RuntimeException e) {
      sent.run();
      throw e;
    }
    return true;
  }

  /** A place among the requests under way; null when the request was refused. */
  private Load.@Nullable Ticket enter(HttpServerRequest request) {
    Optional<Load.Ticket> ticket = load.enter(Visit.current().caller());
    if (ticket.isEmpty()) {
      metrics.overloaded();
      Admission.refuse(request, Load.busy());
    }
    return ticket.orElse(null);
  }

  /** The work of answering, which ends when the last byte is sent. */
  private Runnable answering(HttpServerRequest request, Supplier<Answer> work) {
    boolean gzip = Replies.acceptsGzip(request.getHeader(HttpHeaders.ACCEPT_ENCODING));
    String caller = admission.caller(request).map(AccessToken::name).orElse("");
    RequestTrace trace = Visit.current().trace();
    Runnable sending =
        () -> {
          while (!Replies.send(request, work.get(), gzip, pace)) {
            // What was kept a moment ago has made room for something else.
          }
        };
    return () -> trace.run(() -> CallerName.run(caller, sending));
  }

  private static Answer work(Endpoint endpoint, Call call) {
    try {
      return endpoint.work().answer(call);
    } catch (RuntimeException | Error e) {
      // An error too: whoever asked waits for an answer, and this thread has no other duty.
      Problem problem = Problem.of(e);
      if (problem.status() == 500) {
        LOG.error("{} {} failed ({})", endpoint.method(), endpoint.path(), call.requestId(), e);
      }
      return Answer.problem(problem, call.requestId());
    }
  }
}
