package com.alphaxiii.polygon.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import tools.jackson.databind.json.JsonMapper;

class EncodingPropertyTest {
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx");
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxxx");
  private static final List<String> ZONES =
      List.of("America/New_York", "UTC", "Asia/Kolkata", "Australia/Lord_Howe", "America/St_Johns");

  private static String text(JsonBytes json) {
    return new String(json.toBytes(), StandardCharsets.UTF_8);
  }

  @Property
  void anyNumberReadsBackAsTheSame(@ForAll double value) {
    if (!Double.isFinite(value)) {
      return;
    }
    for (String written :
        List.of(text(new JsonBytes(4).price(value)), text(new JsonBytes(4).number(value)))) {
      assertThat(Double.parseDouble(written)).isEqualTo(value);
      assertThat(written).matches("-?\\d+(\\.\\d+)?");
    }
  }

  @Property
  void aPriceIsWrittenAsItIsQuoted(
      @ForAll @LongRange(min = -10_000_000_000L, max = 10_000_000_000L) long units,
      @ForAll @IntRange(min = 0, max = 6) int decimals) {
    BigDecimal exact = BigDecimal.valueOf(units, decimals);
    String shortest = exact.signum() == 0 ? "0" : exact.stripTrailingZeros().toPlainString();
    assertThat(text(new JsonBytes(4).number(exact.doubleValue()))).isEqualTo(shortest);
    String price = shortest.indexOf('.') < 0 ? shortest + ".0" : shortest;
    assertThat(text(new JsonBytes(4).price(exact.doubleValue()))).isEqualTo(price);
  }

  @Example
  void whatIsNoNumberIsNull() {
    for (double value :
        new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
      assertThat(text(new JsonBytes(4).price(value))).isEqualTo("null");
    }
    assertThat(text(new JsonBytes(4).number(1.25e9))).isEqualTo("1250000000");
    assertThat(text(new JsonBytes(4).number(125_000))).isEqualTo("125000");
    assertThat(text(new JsonBytes(4).number(1e300))).hasSize(301);
    assertThat(text(new JsonBytes(4).price(0.1 + 0.2))).isEqualTo("0.30000000000000004");
  }

  @Property
  void integersAreWrittenWhole(@ForAll long value) {
    assertThat(text(new JsonBytes(4).integer(value))).isEqualTo(Long.toString(value));
  }

  @Property
  void anyTextReadsBackAsTheSame(@ForAll String value) {
    // Unpaired surrogates have no UTF-8 form.
    String sound = new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    byte[] written = new JsonBytes(4).text(sound).toBytes();
    assertThat(JsonMapper.shared().readTree(written).stringValue()).isEqualTo(sound);
  }

  @Property
  void timesAreWrittenAsTheFormatterWould(
      @ForAll @IntRange(min = 0, max = 4) int zone,
      @ForAll @Size(min = 1, max = 20)
          List<@LongRange(min = 0, max = 4_102_444_800_000L) Long> instants) {
    ZoneId id = ZoneId.of(ZONES.get(zone));
    IsoTime time = new IsoTime(id);
    for (long at : instants) {
      assertIso(time, id, at);
      assertIso(time, id, at - at % 1_000);
    }
  }

  @Example
  void timesAroundClockChangesCarryTheirOwnOffset() {
    for (String name : ZONES) {
      ZoneId zone = ZoneId.of(name);
      IsoTime time = new IsoTime(zone);
      Instant at = Instant.parse("2024-01-01T00:00:00Z");
      for (int change = 0; change < 4; change++) {
        var next = zone.getRules().nextTransition(at);
        if (next == null) {
          break;
        }
        at = next.getInstant();
        for (long shift :
            new long[] {-1, 0, -1, 1, -1, -3_600_000, 3_600_000, -7_200_001, 86_400_000, 0}) {
          assertIso(time, zone, at.toEpochMilli() + shift);
        }
      }
    }
  }

  private static void assertIso(IsoTime time, ZoneId zone, long at) {
    JsonBytes out = new JsonBytes(4);
    time.write(out, at);
    DateTimeFormatter form = at % 1_000 == 0 ? SECONDS : MILLIS;
    assertThat(text(out)).isEqualTo(form.format(Instant.ofEpochMilli(at).atZone(zone)));
  }

  @Property
  void framesAreHeadedByTheirLength(@ForAll @IntRange(min = 0, max = 70_000) int length) {
    byte[] payload = new byte[length];
    java.util.Arrays.fill(payload, (byte) 'x');
    byte[] frame = Frames.text(payload);
    assertThat(frame[0]).isEqualTo((byte) 0x81);
    int header = length < 126 ? 2 : length < 65_536 ? 4 : 10;
    assertThat(frame).hasSize(header + length);
    long told = frame[1] & 0x7f;
    if (header > 2) {
      assertThat(told).isEqualTo(header == 4 ? 126 : 127);
      told = 0;
      for (int i = 2; i < header; i++) {
        told = told << 8 | frame[i] & 0xff;
      }
    }
    assertThat(told).isEqualTo(length);
  }
}
