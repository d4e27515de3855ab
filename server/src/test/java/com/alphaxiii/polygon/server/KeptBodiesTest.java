package com.alphaxiii.polygon.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
    assertThat(kept.takeAtOnce(true)).as("compressed before anybody wants it").isNull();
    assertThat(taken(kept, false)).isEqualTo(new byte[1_000]);
    byte[] compressed = taken(kept, true);
    assertThat(new GZIPInputStream(new ByteArrayInputStream(compressed)).readAllBytes())
        .isEqualTo(new byte[1_000]);
    ByteBuf again = kept.takeAtOnce(true);
    assertThat(again).isNotNull();
    assertThat(ByteBufUtil.getBytes(again)).isEqualTo(compressed);
    again.release();
  }

  private static byte[] taken(KeptBody body, boolean gzip) {
    ByteBuf taken = body.take(gzip);
    assertThat(taken).isNotNull();
    try {
      return ByteBufUtil.getBytes(taken);
    } finally {
      taken.release();
    }
  }

  @Test
  void memoryIsGivenBackByTheLastWhoSendsIt() {
    ByteBuf bytes = Unpooled.directBuffer().writeBytes(new byte[100]);
    KeptBody body = new KeptBody(bytes);
    ByteBuf compressed = body.take(true);
    ByteBuf plain = body.take(false);
    assertThat(compressed).isNotNull();
    assertThat(plain).isNotNull();

    body.letGo();
    body.letGo();
    assertThat(body.isGone()).isTrue();
    assertThat(plain.readableBytes()).as("who has it still sends it").isEqualTo(100);
    plain.release();
    compressed.release();
    assertThat(bytes.refCnt()).isZero();
    assertThat(compressed.refCnt()).isZero();
    assertThat(body.take(false)).isNull();
    assertThat(body.take(true)).isNull();
  }

  @Test
  void whatMakesRoomAndWhatIsClosedIsLetGo() {
    AtomicInteger written = new AtomicInteger();
    List<KeptBody> all = new ArrayList<>();
    for (int key = 0; key < 20; key++) {
      bodies.body(key, 10_000, of(10_000, written));
      all.add((KeptBody) bodies.body(key, 10_000, of(10_000, written)));
    }
    assertThat(all.getFirst().isGone()).isTrue();
    assertThat(all.getLast().isGone()).isFalse();

    bodies.close();
    assertThat(all).allMatch(KeptBody::isGone);
    assertThat(bodies.weight()).isZero();
    Answer.Body made = of(10_000, written);
    bodies.body(7, 10_000, made);
    assertThat(bodies.body(7, 10_000, made)).as("nothing is kept any more").isSameAs(made);
  }

  @Test
  void whatCannotBeWrittenIsNotKept() {
    Answer.Body broken =
        out -> {
          out.write(1);
          throw new IllegalStateException("broken");
        };
    bodies.body(1, 1_000, broken);
    assertThatThrownBy(() -> bodies.body(1, 1_000, broken)).hasMessage("broken");
    assertThat(bodies.weight()).isZero();
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

  private final AtomicReference<Instant> now = new AtomicReference<>(TestServer.NOW);
  private final RecentBars recent = new RecentBars(now::get);
  private final KeptBody kept = new KeptBody(Unpooled.directBuffer().writeByte(1));
  private final Answer answer = new Answer(200, Answer.JSON, Map.of("ETag", "x"), kept);

  private static RecentBars.Question question() {
    return new RecentBars.Question(
        BarsQuery.parse(
            JsonMapper.shared()
                .readTree(
                    "{\"symbol\":\"A\",\"timeframe\":\"1h\",\"start_date\":\"2024-01-02\",\"end_date\":\"2024-01-03\"}")),
        Format.JSON,
        true);
  }

  private void after(Duration time) {
    now.set(TestServer.NOW.plus(time));
  }

  @Test
  void anAnswerIsGivenAgainForASecond() {
    assertThat(recent.isEmpty()).isTrue();
    assertThat(recent.find(question())).isNull();
    recent.give(question(), now.get(), answer.withBody(out -> {}));
    assertThat(recent.find(question())).as("a body that is not kept").isNull();
    recent.give(question(), now.get(), answer);
    assertThat(recent.find(question())).isEqualTo(answer);
    after(Duration.ofMillis(999));
    assertThat(recent.find(question())).isEqualTo(answer);
    assertThat(recent.findOrLook(question())).isEqualTo(answer);
    after(Duration.ofSeconds(1));
    assertThat(recent.find(question())).isNull();
  }

  @Test
  void oneLooksAndTheOthersNeedNotWait() {
    recent.give(question(), now.get(), answer);
    after(Duration.ofMillis(1_200));
    assertThat(recent.findOrLook(question())).as("who looks").isNull();
    assertThat(recent.findOrLook(question())).as("others").isEqualTo(answer);
    assertThat(recent.find(question())).isEqualTo(answer);
    after(Duration.ofSeconds(2));
    assertThat(recent.find(question())).as("two seconds are the most").isNull();
    assertThat(recent.findOrLook(question())).isNull();
    assertThat(recent.findOrLook(question())).as("who looked has failed").isNull();
    recent.give(question(), now.get(), answer);
    assertThat(recent.find(question())).isEqualTo(answer);
  }

  @Test
  void whatWasFetchedAnewIsSeenAtOnce() {
    recent.give(question(), now.get(), answer);
    after(Duration.ofMillis(10));
    recent.forget(question().query().request().ticker());
    assertThat(recent.find(question())).isNull();
    recent.give(question(), TestServer.NOW, answer);
    assertThat(recent.find(question())).as("looked at before that").isNull();
    after(Duration.ofMillis(20));
    recent.give(question(), now.get(), answer);
    assertThat(recent.find(question())).isEqualTo(answer);
  }

  @Test
  void whatWasLetGoIsNotFound() {
    recent.give(question(), now.get(), answer);
    kept.letGo();
    assertThat(recent.find(question())).isNull();
    assertThat(recent.findOrLook(question())).isNull();
  }
}
