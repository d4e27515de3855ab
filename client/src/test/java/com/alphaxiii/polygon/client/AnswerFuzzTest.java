package com.alphaxiii.polygon.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.catalogue.Catalogue;
import com.alphaxiii.polygon.catalogue.Endpoint;
import com.alphaxiii.polygon.core.PolygonException.BadData;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever comes instead of an answer, in every form: read, or refused as bad data. */
class AnswerFuzzTest {
  /** A real answer of one endpoint of each form. */
  record Sample(String endpoint, String body) {}

  private static final List<Sample> SAMPLES =
      List.of(
          new Sample(
              "trades",
              """
              {"results":[{"conditions":[12,41],"exchange":11,"id":"1","participant_timestamp":1517562000015577000,\
              "price":171.55,"sequence_number":1063,"sip_timestamp":1517562000016036600,"size":100,\
              "decimal_size":"100.0","tape":3},{"price":1e-6,"size":7.0e3,"conditions":null}],"status":"OK",\
              "request_id":"r","next_url":"https://api.massive.com/v3/trades/AAPL?cursor=YXA"}\
              """),
          new Sample(
              "snapshots-stocks",
              """
              {"status":"DELAYED","count":1,"tickers":[{"ticker":"AAPL","day":{"o":1.5,"v":2e7},\
              "lastTrade":{"c":null,"t":1617901342969834001},"updated":1617901342969834001}]}\
              """),
          new Sample(
              "last-trade",
              "{\"request_id\":1,\"results\":{\"T\":\"AAPL\",\"c\":[37],\"ds\":\"25.0\",\"p\":129.8473},\"status\":\"OK\"}"),
          new Sample(
              "market-status",
              "{\"afterHours\":true,\"currencies\":{\"crypto\":\"open\"},\"market\":\"extended-hours\"}"),
          new Sample(
              "market-holidays",
              "[{\"exchange\":\"NYSE\",\"name\":\"Thanksgiving\",\"date\":\"2020-11-26\",\"status\":\"closed\"}]"),
          new Sample(
              "sma",
              "{\"results\":{\"underlying\":{\"url\":\"x\"},\"values\":[{\"timestamp\":1517562000016,\"value\":140.139}]},\"status\":\"OK\"}"),
          new Sample(
              "conversion",
              "{\"converted\":73.14,\"from\":\"AUD\",\"last\":{\"ask\":1.36,\"timestamp\":1605555313000},\"status\":\"success\"}"));

  private static void read(String name, byte[] body) {
    Endpoint endpoint = Catalogue.of().find(name).orElseThrow();
    for (int way = 0; way < 2; way++) {
      Requests.Reading<?> reading =
          way == 0 ? new WholeAnswer(endpoint) : new RowPage<>(endpoint.answer(), row -> row);
      if (way == 1 && !endpoint.answer().list()) {
        continue;
      }
      try {
        Envelope envelope = reading.read(new ByteArrayInputStream(body));
        envelope.requireComplete();
        if (reading.content() instanceof Rows<?> page) {
          page.sent().forEach(row -> assertThat(row.toString()).startsWith("{"));
          new PageProof(new Query(endpoint, Map.of())).take(page.sent());
        }
      } catch (BadData e) {
        assertThat(e).hasMessageNotContaining("\n");
      } catch (IOException e) {
        throw new AssertionError("no bytes in memory can fail to be read", e);
      }
    }
  }

  @Example
  void theSamplesThemselvesAreGood() throws IOException {
    for (Sample sample : SAMPLES) {
      Endpoint endpoint = Catalogue.of().find(sample.endpoint()).orElseThrow();
      WholeAnswer answer = new WholeAnswer(endpoint);
      Envelope envelope =
          answer.read(new ByteArrayInputStream(sample.body().getBytes(StandardCharsets.UTF_8)));
      envelope.requireComplete();
      assertThat(envelope.rows()).as(sample.endpoint()).isPositive();
    }
  }

  @Property(tries = 500)
  void anyBytes(@ForAll("sample") Sample sample, @ForAll byte[] body) {
    read(sample.endpoint(), body);
  }

  @Property(tries = 500)
  void anyStart(@ForAll("sample") Sample sample, @ForAll Random random) {
    byte[] whole = sample.body().getBytes(StandardCharsets.UTF_8);
    read(sample.endpoint(), Arrays.copyOf(whole, random.nextInt(whole.length)));
  }

  @Property(tries = 2_000)
  void anyChange(
      @ForAll("sample") Sample sample, @ForAll("sample") Sample other, @ForAll Random random) {
    byte[] body = sample.body().getBytes(StandardCharsets.UTF_8);
    for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
      int at = random.nextInt(body.length);
      switch (random.nextInt(4)) {
        case 0 -> body[at] = (byte) random.nextInt(256);
        case 1 -> body[at] = (byte) "{}[]\":,0e-.nt".charAt(random.nextInt(13));
        case 2 -> body = without(body, at, Math.min(body.length, at + 1 + random.nextInt(9)));
        default -> body = twice(body, at, Math.min(body.length, at + 1 + random.nextInt(40)));
      }
      if (body.length == 0) {
        break;
      }
    }
    read(other.endpoint(), body);
    read(sample.endpoint(), body);
  }

  private static byte[] without(byte[] body, int from, int to) {
    byte[] cut = Arrays.copyOf(body, body.length - (to - from));
    System.arraycopy(body, to, cut, from, body.length - to);
    return cut;
  }

  private static byte[] twice(byte[] body, int from, int to) {
    byte[] longer = Arrays.copyOf(body, body.length + (to - from));
    System.arraycopy(body, from, longer, to, body.length - from);
    return longer;
  }

  @Example
  void noDepthAndNoLengthBreaksIt() {
    for (Sample sample : SAMPLES) {
      for (String body :
          List.of(
              "[".repeat(200_000),
              "{\"results\":".repeat(100_000),
              "{\"results\":[" + "9".repeat(100_000) + "]}",
              "{\"results\":[{\"a\":1e" + "9".repeat(500) + "}]}",
              "{\"count\":1e400,\"results\":[]}",
              "{\"count\":99999999999999999999,\"results\":[],\"tickers\":[]}",
              "{\"status\":\"" + "x".repeat(1_000_000) + "\"}",
              "null",
              "7",
              "\"text\"",
              "",
              "\uFEFF{}")) {
        read(sample.endpoint(), body.getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  @Provide
  Arbitrary<Sample> sample() {
    return Arbitraries.of(SAMPLES);
  }
}
