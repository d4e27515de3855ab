package com.alphaxiii.polygon.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.PolygonException.BadData;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.Timeframe;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The quick way to read bars gives what the parser of JSON gives, whatever the answer. */
class PlainBarsTest {
  private static final String[] ODD = {
    "-1.5",
    "1e3",
    "7.0790813e+07",
    "0.1e-7",
    "1234567890123456789",
    "123456789012345.5",
    "00.5",
    "1.",
    ".5",
    "-",
    "-0.0",
    "1e999",
    "null",
    "\"12.5\"",
    "true",
    "[1]",
    "{}",
    "12.0",
    " 1",
    "0.00000000000000000001",
    "99999999999999.123",
    "+1",
    "01",
    "0",
    "1E5"
  };
  private static final String[] NAMES = {
    "o", "h", "l", "c", "v", "vw", "t", "n", "otc", "x", "op", "vwx", "", "\\u006f", "v\u00e4"
  };

  /** What came of reading. */
  private record Outcome(
      Optional<Bars> bars, Optional<Object> holes, Optional<Envelope> envelope, String problem) {}

  private interface Way {
    Envelope read(WireBars bars, InputStream body) throws IOException;
  }

  private static Outcome outcome(byte[] body, String symbol, Way way) throws IOException {
    WireBars bars = new WireBars(Ticker.of(symbol), Timeframe.MINUTE_1);
    try {
      Envelope envelope = way.read(bars, new ByteArrayInputStream(body));
      WireBars.Page page = bars.content();
      return new Outcome(
          Optional.of(page.bars()), Optional.of(page.holes()), Optional.of(envelope), "");
    } catch (BadData e) {
      return new Outcome(
          Optional.empty(), Optional.empty(), Optional.empty(), String.valueOf(e.getMessage()));
    }
  }

  private static void assertSame(byte[] body, String symbol) throws IOException {
    assertThat(outcome(body, symbol, WireBars::read))
        .as(() -> new String(body, StandardCharsets.ISO_8859_1))
        .isEqualTo(outcome(body, symbol, (bars, in) -> Envelope.read(in, bars.where(), bars)));
  }

  private static String body(Random random, int rows, int oddity) {
    StringBuilder body = new StringBuilder("{\"ticker\":\"AAPL\",\"adjusted\":false,\"results\":[");
    long time = 1_673_240_400_000L;
    for (int i = 0; i < rows; i++) {
      time += 60_000L * random.nextInt(oddity > 0 && random.nextInt(oddity) == 0 ? 1 : 5) + 60_000;
      body.append(i == 0 ? "{" : ",{");
      String[] names = {"v", "vw", "o", "c", "h", "l", "t", "n"};
      for (int m = 0; m < names.length; m++) {
        boolean odd = oddity > 0 && random.nextInt(8 * oddity) == 0;
        if (odd && random.nextBoolean()) {
          continue;
        }
        String name = odd ? NAMES[random.nextInt(NAMES.length)] : names[m];
        String value =
            odd && random.nextBoolean()
                ? ODD[random.nextInt(ODD.length)]
                : names[m].equals("t") ? Long.toString(time) : number(random, names[m].equals("n"));
        body.append(body.charAt(body.length() - 1) == '{' ? "" : ",");
        body.append('"').append(name).append("\":").append(value);
      }
      body.append(random.nextInt(20) == 0 ? ",\"otc\":true}" : "}");
    }
    return body.append("],\"status\":\"OK\",\"request_id\":\"a\",\"resultsCount\":")
        .append(rows)
        .append(",\"next_url\":\"https://x/y?cursor=[{\\\"results\\\":[\"}")
        .toString();
  }

  private static String number(Random random, boolean whole) {
    if (whole) {
      return Long.toString(random.nextLong(1L << random.nextInt(1, 50)));
    }
    return switch (random.nextInt(5)) {
      case 0 -> Integer.toString(random.nextInt(1_000_000));
      case 1 -> Double.toString(random.nextDouble() * 1e4);
      case 2 -> Double.toString(random.nextDouble() * 1e-5);
      default -> Double.toString(Math.rint(random.nextDouble() * 1e7) / 1e4);
    };
  }

  @Property(tries = 300)
  void readsUsualBarsAsTheParserDoes(@ForAll long seed, @ForAll @IntRange(max = 40) int rows)
      throws IOException {
    byte[] body = body(new Random(seed), rows, 0).getBytes(StandardCharsets.UTF_8);
    assertSame(body, "AAPL");
    assertThat(
            PlainBars.read(
                PlainBars.Body.of(new ByteArrayInputStream(body)),
                true,
                Bars.builder(Ticker.of("AAPL"), Timeframe.MINUTE_1)))
        .as("needs no parser")
        .isPresent();
  }

  @Property(tries = 1_000)
  void readsUnusualBarsAsTheParserDoes(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int oddity) throws IOException {
    Random random = new Random(seed);
    byte[] body = body(random, random.nextInt(12), oddity).getBytes(StandardCharsets.UTF_8);
    assertSame(body, random.nextBoolean() ? "AAPL" : "I:SPX");
  }

  @Property(tries = 2_000)
  void readsWhatWasAlteredOrCutAsTheParserDoes(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    byte[] body = body(random, random.nextInt(6), 0).getBytes(StandardCharsets.UTF_8);
    for (int i = random.nextInt(3); i >= 0; i--) {
      String marks = "{}[]\",:.-+eE019 \\tnx\0";
      body[random.nextInt(body.length)] = (byte) marks.charAt(random.nextInt(marks.length()));
    }
    int length = random.nextInt(4) == 0 ? random.nextInt(body.length + 1) : body.length;
    assertSame(java.util.Arrays.copyOf(body, length), "AAPL");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{}",
        "[]",
        "null",
        "{\"results\":[]}",
        "{\"results\":[],\"results\":[]}",
        "{\"results\":null,\"results\":[],\"resultsCount\":0}",
        "{\"x\":{\"results\":[]}}",
        "{\"x\":\"\\\"results\":[]}",
        "{\"results\":[],\"resultsCount\":0}x",
        "{\"results\":[{}],\"resultsCount\":1}",
        "{\"results\":[1],\"resultsCount\":1}"
      })
  void readsOddAnswersAsTheParserDoes(String body) throws IOException {
    assertSame(body.getBytes(StandardCharsets.UTF_8), "AAPL");
  }

  @Test
  void aBodyLargerThanTheFirstRoomIsReadWhole() throws IOException {
    byte[] body = body(new Random(1), 20_000, 0).getBytes(StandardCharsets.UTF_8);
    assertThat(body.length).isGreaterThan(1 << 20);
    InputStream slow =
        new java.io.FilterInputStream(new ByteArrayInputStream(body)) {
          @Override
          public int read(byte[] target, int offset, int length) throws IOException {
            return super.read(target, offset, Math.min(length, 7_001));
          }

          @Override
          public int available() {
            return 1;
          }
        };
    assertThat(outcome(body, "AAPL", (bars, in) -> bars.read(slow)))
        .isEqualTo(outcome(body, "AAPL", (bars, in) -> Envelope.read(in, bars.where(), bars)));
  }
}
