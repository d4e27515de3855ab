package com.alphaxiii.polygon.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class KeptBodiesTest {
  private final KeptBodies<Integer> bodies = new KeptBodies<>(100_000);

  private static Answer.Body of(int bytes, AtomicInteger written) {
    return out -> {
      written.incrementAndGet();
      out.write(new byte[bytes]);
    };
  }

  @Test
  void whatIsAskedForAgainIsWrittenOnce() throws Exception {
    AtomicInteger written = new AtomicInteger();
    Answer.Body made = of(1_000, written);
    assertThat(bodies.body(1, 1_000, made)).isSameAs(made);
    assertThat(bodies.weight()).isZero();

    Answer.Body second = bodies.body(1, 1_000, made);
    assertThat(second).isInstanceOf(KeptBody.class).isSameAs(bodies.body(1, 1_000, made));
    assertThat(written).hasValue(1);
    KeptBody kept = (KeptBody) second;
    assertThat(kept.bytes()).isEqualTo(new byte[1_000]);
    assertThat(new GZIPInputStream(new ByteArrayInputStream(kept.compressed())).readAllBytes())
        .isEqualTo(kept.bytes());
    assertThat(kept.compressed()).isSameAs(kept.compressed());
  }

  @Test
  void neverTakesMoreThanItsShare() {
    AtomicInteger written = new AtomicInteger();
    for (int key = 0; key < 50; key++) {
      bodies.body(key, 10_000, of(10_000, written));
      bodies.body(key, 10_000, of(10_000, written));
      bodies.body(0, 10_000, of(10_000, written));
      assertThat(bodies.weight()).isBetween(1L, 100_000L);
    }
    // The one asked for again and again stayed, others went.
    assertThat(written).hasValue(50);
    Answer.Body made = of(10_000, written);
    assertThat(bodies.body(1, 10_000, made)).isSameAs(made);
    Answer.Body large = of(60_000, written);
    assertThat(bodies.body(77, 60_000, large))
        .isSameAs(large)
        .isSameAs(bodies.body(77, 60_000, large));
  }

  @Test
  void anAnswerIsGivenAgainForASecond() {
    AtomicReference<Instant> now = new AtomicReference<>(TestServer.NOW);
    RecentBars recent = new RecentBars(now::get);
    RecentBars.Question question =
        new RecentBars.Question(
            BarsQuery.parse(
                JsonMapper.shared()
                    .readTree(
                        "{\"symbol\":\"A\",\"timeframe\":\"1h\",\"start_date\":\"2024-01-02\",\"end_date\":\"2024-01-03\"}")),
            Format.JSON,
            true);
    assertThat(recent.find(question)).isNull();
    KeptBody body = new KeptBody(new byte[] {1});
    recent.give(question, now.get(), new Answer(200, Answer.JSON, Map.of("ETag", "x"), out -> {}));
    assertThat(recent.find(question)).as("a body that is not kept").isNull();
    recent.give(question, now.get(), new Answer(200, Answer.JSON, Map.of("ETag", "x"), body));
    assertThat(recent.find(question))
        .isEqualTo(new Answer(200, Answer.JSON, Map.of("ETag", "x"), body));
    now.set(TestServer.NOW.plus(Duration.ofMillis(999)));
    assertThat(recent.find(question)).isNotNull();
    now.set(TestServer.NOW.plus(Duration.ofSeconds(1)));
    assertThat(recent.find(question)).isNull();
  }
}
