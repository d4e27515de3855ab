package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.CallerName;
import com.alphaxiii.polygon.core.RequestTrace;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code POST /api/v1/bars/batch}: one question about many symbols, answered in their order as each
 * is ready. A symbol that fails is told in its place.
 */
final class BatchEndpoint {
  static final int MOST_SYMBOLS = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(BatchEndpoint.class);

  /** Symbols asked for at a time; so many answers at most wait for their turn in memory. */
  private static final int AT_ONCE = 8;

  private static final byte[] OPEN = bytes("{\"count\":");
  private static final byte[] RESULTS = bytes(",\"results\":[");
  private static final byte[] FAILED = bytes("],\"failed\":");

  private final BarsEndpoint bars;
  private final InstantSource clock;

  BatchEndpoint(BarsEndpoint bars, InstantSource clock) {
    this.bars = bars;
    this.clock = clock;
  }

  /** How one symbol came out. */
  private interface Outcome {
    void writeTo(OutputStream out) throws IOException;

    boolean failed();
  }

  Answer answer(Call call) {
    call.fields(Set.of()).check();
    JsonNode body = call.body();
    RequestFields fields = RequestFields.of(body, BarsQuery.fieldsAnd("symbols"));
    List<String> symbols = fields.texts("symbols", MOST_SYMBOLS);
    BarsQuery.checkChoices(fields);
    fields.check();
    int atOnce =
        Load.claim(footprint(symbols, (ObjectNode) body), Math.clamp(symbols.size(), 1, AT_ONCE));
    Sender sender = new Sender(CallerName.current(), RequestTrace.current());
    return Answer.json(
        out -> {
          out.write(OPEN);
          out.write(bytes(Integer.toString(symbols.size())));
          out.write(RESULTS);
          int failed = write(out, symbols, (ObjectNode) body, sender, atOnce, call.requestId());
          out.write(FAILED);
          out.write(bytes(Integer.toString(failed)));
          out.write('}');
        });
  }

  /** On whose behalf other threads work. */
  private record Sender(String caller, Optional<RequestTrace> trace) {
    Outcome call(Supplier<Outcome> work) {
      AtomicReference<@Nullable Outcome> outcome = new AtomicReference<>();
      RequestTrace.run(trace, () -> outcome.set(CallerName.call(caller, work)));
      return Objects.requireNonNull(outcome.get());
    }
  }

  /** What one symbol takes; the others have the same range and mostly the same kind of market. */
  private long footprint(List<String> symbols, ObjectNode body) {
    for (String symbol : symbols) {
      try {
        return Footprint.of(BarsQuery.parse(question(symbol, body)).request(), clock.instant());
      } catch (InvalidInput e) {
        // Told in its place.
      }
    }
    return 1;
  }

  private static ObjectNode question(String symbol, ObjectNode body) {
    ObjectNode question = body.deepCopy();
    question.remove("symbols");
    question.put("symbol", symbol);
    return question;
  }

  private int write(
      OutputStream out,
      List<String> symbols,
      ObjectNode body,
      Sender sender,
      int atOnce,
      String requestId)
      throws IOException {
    int failed = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Iterator<String> rest = symbols.iterator();
      Queue<Future<Outcome>> running = new ArrayDeque<>();
      try {
        String separator = "";
        while (rest.hasNext() || !running.isEmpty()) {
          while (rest.hasNext() && running.size() < atOnce) {
            String symbol = rest.next();
            running.add(threads.submit(() -> sender.call(() -> outcome(symbol, body, requestId))));
          }
          Outcome outcome = await(running.remove());
          out.write(bytes(separator));
          outcome.writeTo(out);
          failed += outcome.failed() ? 1 : 0;
          separator = ",";
        }
      } finally {
        // Whoever asked may have gone; what is still under way is of no use then.
        running.forEach(each -> each.cancel(true));
      }
    }
    return failed;
  }

  private Outcome outcome(String symbol, ObjectNode body, String requestId) {
    try {
      BarsReply reply = bars.reply(BarsQuery.parse(question(symbol, body)));
      // What fails is told in the symbol's place.
      reply.report();
      return new Outcome() {
        @Override
        public void writeTo(OutputStream out) throws IOException {
          BarsJson.write(out, reply);
        }

        @Override
        public boolean failed() {
          return false;
        }
      };
    } catch (RuntimeException e) {
      Problem problem = Problem.of(e);
      if (problem.status() == 500) {
        LOG.error("bars of {} in a batch failed ({})", symbol, requestId, e);
      }
      return failure(symbol, problem, requestId);
    }
  }

  private static Outcome failure(String symbol, Problem problem, String requestId) {
    return new Outcome() {
      @Override
      public void writeTo(OutputStream out) throws IOException {
        out.write(
            Json.object(
                json -> {
                  json.writeStringProperty("symbol", symbol);
                  json.writeName("error");
                  json.writeRawValue(new String(problem.json(requestId), StandardCharsets.UTF_8));
                }));
      }

      @Override
      public boolean failed() {
        return true;
      }
    };
  }

  private static Outcome await(Future<Outcome> future) throws IOException {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the server is closing", e);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
