package com.alphaxiii.polygon.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.Market;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.ByteRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class WireEventsPropertyTest {
  private static final List<String> SAMPLES =
      List.of(
          "{\"ev\":\"T\",\"sym\":\"MSFT\",\"x\":4,\"i\":\"12345\",\"z\":3,\"p\":114.125,\"s\":100,"
              + "\"c\":[0,12],\"t\":1536036818784,\"q\":3681328}",
          "{\"ev\":\"Q\",\"sym\":\"BRK.A\",\"bx\":4,\"bp\":114.125,\"bs\":100,\"ax\":7,"
              + "\"ap\":114.128,\"as\":160,\"c\":0,\"i\":[604],\"t\":1536036818784,\"q\":50385480,"
              + "\"z\":3}",
          "{\"ev\":\"AM\",\"sym\":\"GTE\",\"v\":4110,\"av\":9470157,\"op\":0.4372,\"vw\":0.4488,"
              + "\"o\":0.4488,\"c\":0.4486,\"h\":0.4489,\"l\":0.4486,\"a\":0.4352,\"z\":685,"
              + "\"s\":1610144640000,\"e\":1610144700000}",
          "{\"ev\":\"status\",\"status\":\"success\",\"message\":\"subscribed to: T.A\\\"B\"}",
          "{\"ev\":\"LULD\",\"T\":\"MSFT\",\"h\":218.96,\"l\":198.11,\"i\":[21],\"z\":3,"
              + "\"t\":1601316752683746,\"q\":290317}");

  private final WireEvents decoder = new WireEvents(Market.STOCKS);

  @Provide
  Arbitrary<List<String>> samples() {
    return Arbitraries.of(SAMPLES).list().ofMinSize(1).ofMaxSize(12);
  }

  @Property
  void readsTheSameAlone(@ForAll("samples") List<String> samples) {
    DecodedMessage together = decode(samples);
    List<Object> alone = new ArrayList<>();
    for (String sample : samples) {
      alone.addAll(decode(List.of(sample)).events);
    }
    assertThat(together.malformed).isEmpty();
    assertThat(together.events).isEqualTo(alone);
  }

  @Property
  void survivesAnyCut(@ForAll("samples") List<String> samples, @ForAll @IntRange int seed) {
    byte[] whole = bytes(samples);
    byte[] cut = Arrays.copyOf(whole, Math.floorMod(seed, whole.length));
    DecodedMessage full = DecodedMessage.of(decoder, whole);
    DecodedMessage part = DecodedMessage.of(decoder, cut);
    assertThat(part.malformed).hasSize(1);
    assertThat(part.events).isEqualTo(full.events.subList(0, part.events.size()));
  }

  @Property(tries = 3000)
  void survivesAnyMutation(
      @ForAll("samples") List<String> samples,
      @ForAll @Size(min = 1, max = 12) List<@IntRange Integer> places,
      @ForAll @ByteRange byte value) {
    byte[] message = bytes(samples);
    String marks = "{}[]\",:\\0e.-nt";
    for (int place : places) {
      byte replacement =
          place % 2 == 0 ? value : (byte) marks.charAt(Math.floorMod(place, marks.length()));
      message[Math.floorMod(place, message.length)] = replacement;
    }
    DecodedMessage decoded = DecodedMessage.of(decoder, message);
    assertThat(decoded.events.size()).isLessThanOrEqualTo(samples.size() * 2);
  }

  @Property
  void survivesAnyBytes(@ForAll @Size(max = 400) byte[] message) {
    DecodedMessage decoded = DecodedMessage.of(decoder, message);
    assertThat(decoded.events).isEmpty();
  }

  @Property
  void losesOnlyTheEventThatIsBroken(
      @ForAll("samples") List<String> before,
      @ForAll("samples") List<String> after,
      @ForAll @IntRange(min = 1, max = 60) int cut) {
    String whole = SAMPLES.getFirst();
    List<String> all = new ArrayList<>(before);
    all.add(whole.substring(0, whole.length() - cut) + "}");
    all.addAll(after);
    List<Object> neighbours = new ArrayList<>(decode(before).events);
    neighbours.addAll(decode(after).events);
    DecodedMessage decoded = decode(all);
    List<Object> told = new ArrayList<>(decoded.events);
    if (told.size() == neighbours.size() + 1) {
      told.remove(decode(before).events.size());
    } else {
      assertThat(decoded.malformed).isNotEmpty();
    }
    assertThat(told).isEqualTo(neighbours);
  }

  private DecodedMessage decode(List<String> samples) {
    return DecodedMessage.of(decoder, bytes(samples));
  }

  private static byte[] bytes(List<String> samples) {
    return ("[" + String.join(",", samples) + "]").getBytes(StandardCharsets.UTF_8);
  }
}
