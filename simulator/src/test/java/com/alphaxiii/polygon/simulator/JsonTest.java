package com.alphaxiii.polygon.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  private static String written(double value) {
    return new String(Json.bytes(json -> Json.number(json, value)), StandardCharsets.UTF_8);
  }

  private static String expected(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1L << 53
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  @Property(tries = 2_000)
  void numbersAreSpelledAsJavaDoes(@ForAll long seed) {
    Random random = new Random(seed);
    double any = Double.longBitsToDouble(random.nextLong());
    double price = random.nextInt(Integer.MAX_VALUE) / Math.pow(10, random.nextInt(7));
    assertThat(written(price)).isEqualTo(expected(price));
    assertThat(written(-price)).isEqualTo(expected(-price));
    if (Double.isFinite(any)) {
      assertThat(written(any)).isEqualTo(expected(any));
    }
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {
        0,
        0.0001,
        0.001,
        0.0011,
        0.01,
        0.1,
        0.5,
        1.5,
        10.05,
        645.57,
        9_999_999.9999,
        1e7,
        1e7 + 0.5,
        0.12345,
        92.1200001,
        1e-7,
        1.0000000000000002
      })
  void edges(double value) {
    assertThat(written(value)).isEqualTo(expected(value));
  }
}
