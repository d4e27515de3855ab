package com.alphaxiii.polygon.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class OutboxPropertyTest {
  private static final Instant NOW = Instant.parse("2024-01-26T16:00:00Z");

  /** What happens to an outbox. */
  enum Step {
    DATA,
    CONTROL,
    FLUSH,
    WRITTEN
  }

  private static final class RecordingWire implements Outbox.Wire {
    final List<byte[]> written = new ArrayList<>();
    final ArrayDeque<Runnable> underWay = new ArrayDeque<>();
    String cut;

    @Override
    public void write(List<byte[]> frames, int bytes, Runnable done) {
      assertThat(underWay).as("batches on their way").isEmpty();
      assertThat(frames.stream().mapToInt(frame -> frame.length).sum()).isEqualTo(bytes);
      written.addAll(frames);
      underWay.add(done);
    }

    @Override
    public void cut(String reason) {
      cut = reason;
    }
  }

  private RecordingWire wire = new RecordingWire();

  private Outbox outbox(int messages, long bytes) {
    return new Outbox(
        wire,
        new Outbox.Limits(messages, bytes),
        InstantSource.fixed(NOW),
        (count, since) -> frame('D', count.intValue(), 9),
        count -> {});
  }

  private static byte[] frame(char kind, int number, int size) {
    return ByteBuffer.allocate(size).put((byte) kind).putInt(number).array();
  }

  private static int number(byte[] frame) {
    return ByteBuffer.wrap(frame).getInt(1);
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    return Arbitraries.frequency(
            net.jqwik.api.Tuple.of(12, Step.DATA),
            net.jqwik.api.Tuple.of(1, Step.CONTROL),
            net.jqwik.api.Tuple.of(3, Step.FLUSH),
            net.jqwik.api.Tuple.of(1, Step.WRITTEN))
        .list()
        .ofMaxSize(400);
  }

  @Property
  void losesOnlyMarketDataAndTellsExactlyHowMuchAndWhere(@ForAll("steps") List<Step> steps) {
    // One object of this class sees all tries.
    wire = new RecordingWire();
    Outbox outbox = outbox(16, 400);
    List<Integer> controls = new ArrayList<>();
    int number = 0;
    int data = 0;
    for (Step step : steps) {
      switch (step) {
        case DATA -> {
          outbox.data(frame('d', number++, 20 + number % 13));
          data++;
        }
        case CONTROL -> {
          controls.add(number);
          outbox.control(frame('c', number++, 10));
        }
        case FLUSH -> outbox.flush();
        case WRITTEN -> {
          if (!wire.underWay.isEmpty()) {
            wire.underWay.remove().run();
          }
        }
      }
      assertThat(outbox.waitingBytes()).isBetween(0L, 400L);
      if (wire.cut != null) {
        return;
      }
    }
    outbox.flush();
    while (!wire.underWay.isEmpty()) {
      wire.underWay.remove().run();
      outbox.flush();
    }
    assertThat(outbox.waitingBytes()).isZero();
    check(controls, data);
  }

  private void check(List<Integer> controls, int data) {
    List<Integer> toldControls = new ArrayList<>();
    int delivered = 0;
    int lost = 0;
    int lastData = -1;
    int told = 0;
    for (byte[] frame : wire.written) {
      switch (frame[0]) {
        case 'c' -> toldControls.add(number(frame));
        case 'D' -> told += number(frame);
        default -> {
          int at = number(frame);
          assertThat(at).isGreaterThan(lastData);
          int before = lastData;
          lost += dataBetween(before, at, controls);
          // Never data after a loss that was not told yet.
          assertThat(told).isEqualTo(lost);
          lastData = at;
          delivered++;
        }
      }
    }
    assertThat(toldControls).isEqualTo(controls);
    assertThat(delivered + told).isEqualTo(data);
  }

  private static int dataBetween(int before, int after, List<Integer> controls) {
    int count = after - before - 1;
    for (int control : controls) {
      if (control > before && control < after) {
        count--;
      }
    }
    return count;
  }

  @Example
  void cutsOffAClientThatAsksButNeverReads() {
    Outbox outbox = outbox(16, 10_000);
    outbox.control(frame('c', 0, 10));
    outbox.flush();
    for (int i = 1; i <= 17; i++) {
      outbox.control(frame('c', i, 10));
    }
    assertThat(wire.cut).isNotNull();
    assertThat(outbox.waitingBytes()).isZero();
    outbox.data(frame('d', 99, 10));
    assertThat(outbox.waitingBytes()).isZero();
  }

  @Example
  void cutsOffASlowClientWhenThatIsItsPolicy() {
    Outbox outbox = outbox(4, 10_000);
    outbox.policy(Outbox.Policy.DISCONNECT);
    for (int i = 0; i < 4; i++) {
      outbox.data(frame('d', i, 10));
    }
    assertThat(wire.cut).isNull();
    outbox.data(frame('d', 4, 10));
    assertThat(wire.cut).contains("too slow");
  }

  @Example
  void countsWhatWasLostOnTheWay() {
    Outbox outbox = outbox(16, 10_000);
    outbox.lost(5);
    outbox.data(frame('d', 0, 10));
    outbox.flush();
    assertThat(wire.written).hasSize(2);
    assertThat(wire.written.getFirst()[0]).isEqualTo((byte) 'D');
    assertThat(number(wire.written.getFirst())).isEqualTo(5);
  }
}
