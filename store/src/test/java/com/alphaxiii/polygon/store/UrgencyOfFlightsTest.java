package com.alphaxiii.polygon.store;

import static com.alphaxiii.polygon.store.Samples.AAPL;
import static com.alphaxiii.polygon.store.Samples.days;
import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.BarRequest;
import com.alphaxiii.polygon.core.BarSource;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Timeframe;
import com.alphaxiii.polygon.core.Urgency;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who waits for pieces that a backfill is fetching makes them urgent, and no others. */
@Timeout(60)
class UrgencyOfFlightsTest {
  private static final TimeRange YEAR = days("2013-01-02", "2013-12-31");
  private static final TimeRange WANTED = days("2013-05-02", "2013-08-30");

  @TempDir private Path root;
  private final Samples.TestClock clock = new Samples.TestClock("2014-07-03T16:00:00Z");
  private final ListSource upstream = new ListSource(clock);
  private final Map<TimeRange, Urgency> asked = new ConcurrentHashMap<>();
  private final CompletableFuture<TimeRange> begun = new CompletableFuture<>();

  /** A vendor that answers pieces that the reader wants once they are urgent. */
  private BarSource patient() {
    return request -> {
      Urgency urgency = Urgency.current().orElseThrow();
      asked.put(request.range(), urgency);
      CountDownLatch raised = new CountDownLatch(1);
      try (var _ = urgency.whenRaised(raised::countDown)) {
        if (!request.range().intersect(WANTED).isEmpty()) {
          begun.complete(request.range());
          assertThat(raised.await(30, TimeUnit.SECONDS)).isTrue();
        }
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return upstream.bars(request);
    };
  }

  @Test
  void aReaderHurriesAllPiecesThatItWaitsForAndNoOthers() throws Exception {
    upstream.put(Samples.minutes(AAPL, YEAR, 60));
    try (BarStore store =
            BarStore.open(root, upstream, new ListReference(), clock, Samples.CALENDAR);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Filled> filled =
          threads.submit(
              () -> store.fill(AAPL, Timeframe.MINUTE_1, YEAR, patient(), stretch -> {}));
      begun.get(30, TimeUnit.SECONDS);
      BarRequest request = BarRequest.raw(AAPL, Timeframe.MINUTE_1, WANTED);
      assertThat(store.bars(request).bars()).isEqualTo(upstream.plain(request));
      assertThat(filled.get(30, TimeUnit.SECONDS).fetched()).isPositive();
      asked.forEach(
          (range, urgency) -> {
            if (range.intersect(WANTED).isEmpty()) {
              assertThat(urgency.isRaised()).as(range.toString()).isFalse();
            }
          });
      assertThat(asked.values()).anyMatch(Urgency::isRaised);
      assertThat(asked.values()).anyMatch(urgency -> !urgency.isRaised());
    }
  }
}
