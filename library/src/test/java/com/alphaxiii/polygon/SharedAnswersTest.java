package com.alphaxiii.polygon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.VendorReply;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who asks the same at once has the one answer, but not somebody else's interrupt. */
@Timeout(60)
class SharedAnswersTest {
  private static final VendorReply REPLY = new VendorReply(200, "text/plain", "one", "http://v");

  private final AtomicInteger asked = new AtomicInteger();
  private final CountDownLatch first = new CountDownLatch(1);
  private final CountDownLatch answer = new CountDownLatch(1);

  private final SharedAnswers shared =
      new SharedAnswers(
          target -> {
            asked.incrementAndGet();
            first.countDown();
            try {
              answer.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
              throw new PolygonException.Unavailable("interrupted", null, e);
            }
            if (target.equals("/fails")) {
              throw new PolygonException.NotFound("no such thing", null);
            }
            return REPLY;
          });

  @Test
  void oneAnswerServesAllWhoAskAtOnce() throws Exception {
    CompletableFuture<VendorReply> one = asking("/x");
    first.await();
    CompletableFuture<VendorReply> other = new CompletableFuture<>();
    Thread thread = Thread.ofPlatform().start(() -> other.complete(shared.ask("/x")));
    untilWaits(thread);
    answer.countDown();
    assertThat(one.get(20, TimeUnit.SECONDS)).isSameAs(REPLY);
    assertThat(other.get(20, TimeUnit.SECONDS)).isSameAs(REPLY);
    assertThat(asked).hasValue(1);
  }

  @Test
  void whoeverIsInterruptedStopsNobodyElse() throws Exception {
    CompletableFuture<Throwable> stopped = new CompletableFuture<>();
    Thread asker =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    shared.ask("/x");
                  } catch (PolygonException e) {
                    stopped.complete(e);
                  }
                });
    first.await();
    CompletableFuture<VendorReply> other = new CompletableFuture<>();
    Thread thread = Thread.ofPlatform().start(() -> other.complete(shared.ask("/x")));
    untilWaits(thread);
    asker.interrupt();
    assertThat(stopped.get(20, TimeUnit.SECONDS)).isInstanceOf(PolygonException.Unavailable.class);
    answer.countDown();
    assertThat(other.get(20, TimeUnit.SECONDS)).isSameAs(REPLY);
    assertThat(asked).hasValue(2);
  }

  @Test
  void errorsAreSharedAndForgotten() {
    answer.countDown();
    assertThatThrownBy(() -> shared.ask("/fails")).isInstanceOf(PolygonException.NotFound.class);
    assertThatThrownBy(() -> shared.ask("/fails")).isInstanceOf(PolygonException.NotFound.class);
    assertThat(asked).hasValue(2);
  }

  private CompletableFuture<VendorReply> asking(String target) {
    CompletableFuture<VendorReply> reply = new CompletableFuture<>();
    Thread.ofPlatform().start(() -> reply.complete(shared.ask(target)));
    return reply;
  }

  private static void untilWaits(Thread thread) {
    while (thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
  }
}
