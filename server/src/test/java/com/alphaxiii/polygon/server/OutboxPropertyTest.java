package com.alphaxiii.polygon.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.Channel;
import com.alphaxiii.polygon.core.TickerEvent;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    SHARED,
    CONTROL,
    FLUSH,
    SENT
  }

  /** A socket that takes two batches, and more when those have been sent. */
  private static final class RecordingWire implements Outbox.Wire {
    final List<byte[]> written = new ArrayList<>();
    int underWay;
    Runnable ready;
    String cut;

    @Override
    public ByteBufAllocator allocator() {
      return UnpooledByteBufAllocator.DEFAULT;
    }

    @Override
    public boolean isReady() {
      return underWay < 2;
    }

    @Override
    public void onReady(Runnable action) {
      ready = action;
    }

    @Override
    public void write(ByteBuf batch) {
      assertThat(isReady()).isTrue();
      underWay++;
      while (batch.isReadable()) {
        boolean notice = batch.getByte(batch.readerIndex()) == (byte) 0x81;
        int size = batch.getUnsignedByte(batch.readerIndex() + 1);
        byte[] frame = new byte[notice ? size + 2 : size];
        batch.readBytes(frame);
        written.add(frame);
      }
      batch.release();
    }

    void sent() {
      underWay = 0;
      ready.run();
    }

    @Override
    public void cut(String reason) {
      cut = reason;
    }
  }

  private long counted;
  private RecordingWire wire = new RecordingWire();

  private Outbox outbox(int messages, long bytes) {
    return new Outbox(
        wire,
        Dialect.OWN,
        new Outbox.Limits(messages, bytes),
        InstantSource.fixed(NOW),
        (policy, count) -> counted += count);
  }

  private static byte[] frame(char kind, int number, int size) {
    return ByteBuffer.allocate(size).put((byte) kind).put((byte) size).putInt(number).array();
  }

  private static boolean isNotice(byte[] frame) {
    return frame[0] == (byte) 0x81;
  }

  private static int told(byte[] frame) {
    String text = new String(frame, 2, frame.length - 2, StandardCharsets.UTF_8);
    assertThat(text).startsWith("{\"type\":\"dropped\",");
    return TestServer.json(text).path("count").asInt();
  }

  private static int number(byte[] frame) {
    return ByteBuffer.wrap(frame).getInt(2);
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    return Arbitraries.frequency(
            net.jqwik.api.Tuple.of(12, Step.DATA),
            net.jqwik.api.Tuple.of(2, Step.SHARED),
            net.jqwik.api.Tuple.of(1, Step.CONTROL),
            net.jqwik.api.Tuple.of(3, Step.FLUSH),
            net.jqwik.api.Tuple.of(1, Step.SENT))
        .list()
        .ofMaxSize(400);
  }

  @Property
  void losesOnlyMarketDataAndTellsExactlyHowMuchAndWhere(@ForAll("steps") List<Step> steps) {
    // One object of this class sees all tries.
    wire = new RecordingWire();
    Outbox outbox = outbox(16, 400);
    List<Integer> controls = new ArrayList<>();
    List<ByteBuf> shared = new ArrayList<>();
    int number = 0;
    int data = 0;
    for (Step step : steps) {
      switch (step) {
        case DATA -> {
          outbox.data(frame('d', number++, 20 + number % 13));
          data++;
        }
        case SHARED -> {
          byte[] two = Arrays.copyOf(frame('d', number, 12), 26);
          System.arraycopy(frame('d', number + 1, 14), 0, two, 12, 14);
          number += 2;
          data += 2;
          ByteBuf frames = Unpooled.wrappedBuffer(two);
          shared.add(frames);
          outbox.data(frames, 2);
        }
        case CONTROL -> {
          controls.add(number);
          outbox.control(frame('c', number++, 10));
        }
        case FLUSH -> outbox.flush();
        case SENT -> wire.sent();
      }
      assertThat(outbox.waitingBytes()).isBetween(0L, 400L);
      if (wire.cut != null) {
        return;
      }
    }
    outbox.flush();
    while (!outbox.isIdle()) {
      wire.sent();
    }
    assertThat(outbox.waitingBytes()).isZero();
    assertThat(shared).allMatch(frames -> frames.refCnt() == 0);
    check(controls, data);
  }

  private void check(List<Integer> controls, int data) {
    List<Integer> toldControls = new ArrayList<>();
    int delivered = 0;
    int lost = 0;
    int lastData = -1;
    int told = 0;
    for (byte[] frame : wire.written) {
      switch (isNotice(frame) ? 'D' : frame[0]) {
        case 'c' -> toldControls.add(number(frame));
        case 'D' -> told += told(frame);
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

  @Property
  void conflatesToTheNewestOfEachSeriesAndCountsTheRest(
      @ForAll("steps") List<Step> steps, @ForAll boolean trades) {
    wire = new RecordingWire();
    counted = 0;
    Outbox outbox = outbox(1_000, 1 << 20);
    outbox.policy(trades ? Outbox.Policy.CONFLATE_TRADES : Outbox.Policy.CONFLATE);
    Map<Integer, TickerEvent> events = new HashMap<>();
    Map<Series, Integer> newest = new HashMap<>();
    for (Step step : steps) {
      switch (step) {
        case DATA -> {
          int number = events.size();
          String symbol = List.of("A", "B", "C").get(number % 7 % 3);
          TickerEvent event =
              number % 2 == 0 ? Events.quote(symbol) : Events.trade(symbol, 1, number);
          events.put(number, event);
          newest.put(Series.of(event), number);
          outbox.data(event, frame('d', number, 20 + number % 13));
          outbox.flush();
        }
        case SHARED -> {}
        case CONTROL -> outbox.control(frame('c', -1, 10));
        case FLUSH -> outbox.flush();
        case SENT -> wire.sent();
      }
      if (wire.cut != null) {
        return;
      }
    }
    outbox.flush();
    while (!outbox.isIdle()) {
      wire.sent();
    }
    checkConflated(events, newest);
  }

  private void checkConflated(Map<Integer, TickerEvent> events, Map<Series, Integer> newest) {
    Map<Series, Integer> last = new HashMap<>();
    int delivered = 0;
    int told = 0;
    for (byte[] frame : wire.written) {
      if (isNotice(frame)) {
        told += told(frame);
      } else if (frame[0] == 'd') {
        delivered++;
        Series series = Series.of(events.get(number(frame)));
        Integer before = last.put(series, number(frame));
        assertThat(number(frame)).isGreaterThan(before == null ? -1 : before);
      }
    }
    assertThat(delivered + told).isEqualTo(events.size());
    assertThat(told).isEqualTo((int) counted);
    // All of them fit, so nobody ends with an old quote.
    newest.forEach(
        (series, number) -> {
          if (series.channel() != Channel.TRADES) {
            assertThat(last.get(series)).isEqualTo(number);
          }
        });
  }

  @Example
  void cutsOffAClientThatAsksButNeverReads() {
    Outbox outbox = outbox(16, 10_000);
    wire.underWay = 2;
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
    assertThat(told(wire.written.getFirst())).isEqualTo(5);
  }
}
