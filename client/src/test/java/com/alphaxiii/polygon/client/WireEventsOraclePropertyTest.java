package com.alphaxiii.polygon.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.client.WireFields.Field;
import com.alphaxiii.polygon.core.Channel;
import com.alphaxiii.polygon.core.FairMarketValue;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.Trade;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** The decoder says of any message what {@link JacksonEvents} says of it. */
class WireEventsOraclePropertyTest {
  private final Map<Market, EventDecoder> decoders = new EnumMap<>(Market.class);
  private final Map<Market, EventDecoder> oracles = new EnumMap<>(Market.class);

  @Property(tries = 1500)
  void readsWhatTheOracleReads(@ForAll Market market, @ForAll("messages") String message) {
    DecodedMessage oracle = oracle(market, message.getBytes(StandardCharsets.UTF_8));
    DecodedMessage decoded = decoded(market, message.getBytes(StandardCharsets.UTF_8));
    assertThat(oracle.malformed).as(message).noneMatch(reason -> reason.contains("not JSON"));
    assertThat(decoded.events).as(message).isEqualTo(oracle.events);
    assertThat(decoded.statuses).as(message).isEqualTo(oracle.statuses);
    assertThat(decoded.malformed).as(message).isEqualTo(oracle.malformed);
  }

  @Property(tries = 4000)
  void losesWhatTheOracleLoses(
      @ForAll Market market,
      @ForAll("messages") String message,
      @ForAll @Size(min = 1, max = 4) List<@IntRange(max = 1 << 20) Integer> places,
      @ForAll("marks") char mark) {
    byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
    for (int place : places) {
      int at = place % bytes.length;
      // A letter beyond ASCII stays whole: Jackson does not check all of them.
      if (bytes[at] >= 0) {
        bytes[at] = (byte) mark;
      }
    }
    DecodedMessage oracle = oracle(market, bytes);
    DecodedMessage decoded = decoded(market, bytes);
    String broken = new String(bytes, StandardCharsets.UTF_8);
    assertThat(decoded.events).as(broken).isEqualTo(oracle.events);
    assertThat(decoded.statuses).as(broken).isEqualTo(oracle.statuses);
    assertThat(decoded.malformed).as(broken).hasSameSizeAs(oracle.malformed);
  }

  @Property(tries = 4000)
  void readsNumbersExactly(@ForAll("numbers") String number) {
    String event = "[{\"ev\":\"FMV\",\"sym\":\"X\",\"fmv\":%s,\"t\":1}]".formatted(number);
    DecodedMessage decoded = decoded(Market.STOCKS, event.getBytes(StandardCharsets.UTF_8));
    double expected = number.equals("-0") ? 0.0 : Double.parseDouble(number);
    if (Double.isFinite(expected)) {
      double read = ((FairMarketValue) decoded.events.getFirst()).value();
      assertThat(Double.doubleToRawLongBits(read))
          .as(number)
          .isEqualTo(Double.doubleToRawLongBits(expected));
    } else {
      assertThat(decoded.malformed).containsExactly("FMV.X: 'fmv' is not finite");
    }
  }

  @Property
  void readsWholeNumbersToTheLastBit(@ForAll long number, @ForAll boolean asText) {
    String spelled = asText ? "\"" + number + "\"" : Long.toString(number);
    String event = "[{\"ev\":\"T\",\"sym\":\"X\",\"p\":1,\"t\":1,\"q\":" + spelled + "}]";
    DecodedMessage decoded = decoded(Market.STOCKS, event.getBytes(StandardCharsets.UTF_8));
    assertThat(((Trade) decoded.events.getFirst()).sequence()).isEqualTo(number);
  }

  @Property
  void takesTextThatIsUtf8(@ForAll @Size(max = 12) byte[] text) {
    for (int i = 0; i < text.length; i++) {
      if (text[i] >= 0 && (text[i] < ' ' || text[i] == '"' || text[i] == '\\')) {
        text[i] = (byte) (text[i] | 0xC0);
      }
    }
    byte[] head =
        "[{\"ev\":\"T\",\"sym\":\"X\",\"p\":1,\"t\":1,\"i\":\"".getBytes(StandardCharsets.UTF_8);
    ByteBuffer message = ByteBuffer.allocate(head.length + text.length + 3);
    message.put(head).put(text).put("\"}]".getBytes(StandardCharsets.UTF_8));
    DecodedMessage decoded = decoded(Market.STOCKS, message.array());
    try {
      String expected =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text)).toString();
      assertThat(((Trade) decoded.events.getFirst()).id()).isEqualTo(expected);
    } catch (CharacterCodingException e) {
      assertThat(decoded.malformed).containsExactly("not JSON: a text is not UTF-8");
    }
  }

  private DecodedMessage decoded(Market market, byte[] message) {
    return DecodedMessage.of(decoders.computeIfAbsent(market, WireEvents::new), message);
  }

  private DecodedMessage oracle(Market market, byte[] message) {
    return DecodedMessage.of(oracles.computeIfAbsent(market, JacksonEvents::new), message);
  }

  @Provide
  Arbitrary<Character> marks() {
    return Arbitraries.of(
        '{', '}', '[', ']', '"', ',', ':', '\\', '0', 'e', '.', '-', 'n', 't', ' ', '\n', '\0',
        'u');
  }

  @Provide
  Arbitrary<String> messages() {
    return Arbitraries.oneOf(likely(), wild())
        .list()
        .ofMinSize(1)
        .ofMaxSize(4)
        .map(events -> "[" + String.join(",", events) + "]");
  }

  @Provide
  Arbitrary<String> numbers() {
    return Arbitraries.oneOf(
        Arbitraries.integers().map(String::valueOf),
        Arbitraries.longs().map(String::valueOf),
        Arbitraries.doubles()
            .ofScale(6)
            .between(-1e7, 1e7)
            .map(value -> BigDecimal.valueOf(value).toPlainString()),
        Arbitraries.doubles().map(String::valueOf),
        Combinators.combine(
                Arbitraries.of("", "-"),
                Arbitraries.of("0", "7", "10", "123456789012345678901234567890"),
                Arbitraries.strings()
                    .numeric()
                    .ofMaxLength(30)
                    .map(s -> s.isEmpty() ? "" : "." + s),
                Arbitraries.of("", "", "e3", "E-7", "e+0", "e400", "e-400"))
            .as((sign, whole, fraction, exponent) -> sign + whole + fraction + exponent),
        Arbitraries.of(
            "0",
            "-0",
            "-0.0",
            "0.00",
            "1e3",
            "12.0",
            "9007199254740993",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775808",
            "-9223372036854775809",
            "0.1",
            "0.3",
            "99999999",
            "999999999999999",
            "9999999999999999",
            "0.01616617",
            "1234567.12345678",
            "0.1234567890123456789",
            "2.2250738585072012e-308",
            "1e22",
            "1e23"));
  }

  private Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.of(
            "AAPL",
            "BRK.A",
            "X:BTC-USD",
            "BTC-USD",
            "EUR/USD",
            "C:EURUSD",
            "I:SPX",
            "ESZ4",
            "O:AMC210827C00037000",
            "O:AMC210827C00038000",
            "12",
            "0.25",
            "1e2",
            "",
            " 5",
            "M",
            "\\u0041APL",
            "A\\\"B",
            "\\\\",
            "\\/",
            "\\b\\f\\n\\r\\t",
            "\\ud83d\\ude00",
            "\\ud83d",
            "é",
            "日本",
            "😀",
            "a long text of more than eight bytes"),
        Arbitraries.strings().withCharRange('#', '[').ofMaxLength(20));
  }

  private Arbitrary<String> scalars() {
    return Arbitraries.oneOf(
        numbers(),
        texts().map(text -> "\"" + text + "\""),
        Arbitraries.of("null", "true", "false"));
  }

  private Arbitrary<String> values() {
    return Arbitraries.oneOf(
        numbers(),
        scalars(),
        Arbitraries.integers().between(0, 300).list().ofMaxSize(12).map(List::toString),
        list(scalars()),
        list(list(numbers())),
        list(list(scalars())),
        Arbitraries.of(
            "{}", "[[[1]],{}]", "{\"p\":[1,{\"s\":2}],\"\":null}", "[ ]", "[\n1 ,2\t]", "[{}]"));
  }

  private static Arbitrary<String> list(Arbitrary<String> elements) {
    return elements.list().ofMaxSize(3).map(all -> "[" + String.join(",", all) + "]");
  }

  private Arbitrary<String> names() {
    return Arbitraries.oneOf(
        Arbitraries.of(Field.values()).map(Field::toString),
        Arbitraries.of(
            "",
            "u",
            "xx",
            "unknown",
            "eight888",
            "nine99999",
            "s\\u0079m",
            "\\u0065v",
            "é",
            "Sym",
            "a name of many letters",
            "\\\"",
            "evil\\u0000"));
  }

  private Arbitrary<String> codes() {
    return Arbitraries.oneOf(
        Arbitraries.of(
            Arrays.stream(Channel.values())
                .flatMap(
                    channel ->
                        Arrays.stream(Market.values())
                            .flatMap(market -> channel.vendorCode(market).stream()))
                .distinct()
                .map(code -> "\"" + code + "\"")
                .toList()),
        Arbitraries.of("\"status\"", "\"\"", "5", "\"\\u0054\"", "\"something\"", "null"));
  }

  /** Members in any order and blanks between them. */
  private Arbitrary<String> wild() {
    Arbitrary<String> member =
        Combinators.combine(names(), values(), blanks())
            .as((name, value, blank) -> "\"" + name + "\"" + blank + ":" + value + blank);
    return Combinators.combine(
            codes(), member.list().ofMaxSize(20), blanks(), Arbitraries.integers())
        .as(
            (code, members, blank, seed) -> {
              List<String> all = new ArrayList<>(members);
              all.add(Math.floorMod(seed, all.size() + 1), "\"ev\":" + code);
              return "{" + blank + String.join("," + blank, all) + "}" + blank;
            });
  }

  private static Arbitrary<String> blanks() {
    return Arbitraries.frequencyOf(
        Tuple.of(6, Arbitraries.just("")), Tuple.of(1, Arbitraries.of(" ", "\n", "\t\r\n  ")));
  }

  /** All fields there and of their usual kind, so that most are events. */
  private Arbitrary<String> likely() {
    return Combinators.combine(
            codes(),
            Arbitraries.of(
                "AAPL", "X:BTC-USD", "BTC-USD", "EUR/USD", "I:SPX", "O:A210827C00037000"),
            numbers().list().ofSize(Field.values().length),
            Arbitraries.integers().between(0, 60).list().ofMaxSize(9),
            Arbitraries.longs().between(0, 1_900_000_000_000L),
            Arbitraries.randomValue(random -> random.nextLong()))
        .as(
            (code, symbol, numbers, conditions, time, seed) -> {
              List<String> members = new ArrayList<>();
              members.add("\"ev\":" + code);
              members.add("\"sym\":\"" + symbol + "\"");
              for (Field field : Field.values()) {
                switch (field) {
                  case EV, SYM, STATUS, MESSAGE, TICKER, OTC -> {}
                  case T, R, S, E, TRFT -> members.add(member(field, time.toString()));
                  case C, I -> members.add(member(field, conditions.toString()));
                  case X, Z, BX, AX, AT, TRFI, Q ->
                      members.add(member(field, Long.toString(time % 400)));
                  default -> members.add(member(field, numbers.get(members.size())));
                }
              }
              Collections.shuffle(members, new Random(seed));
              return "{" + String.join(",", members) + "}";
            });
  }

  private static String member(Field field, String value) {
    return String.format(Locale.ROOT, "\"%s\":%s", field, value);
  }
}
