package com.alphaxiii.polygon.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTest {
  @Property
  void printsAtMostTheLastFourCharactersAndNotHalfOfAShortOne(
      @ForAll @StringLength(min = 1, max = 60) @AlphaChars @NumericChars String value) {
    Secret secret = new Secret(value);
    String shown = secret.toString();
    assertThat(shown).startsWith("****");
    String tail = shown.substring(4);
    assertThat(value).endsWith(tail);
    assertThat(tail).hasSizeLessThanOrEqualTo(4);
    assertThat(tail.length() * 2).isLessThan(value.length());
    assertThat("%s".formatted(secret)).isEqualTo(shown);
    assertThat(secret.reveal()).isEqualTo(value);
  }

  @Test
  void isEqualByValue() {
    assertThat(new Secret("abcdefghijkl"))
        .isEqualTo(new Secret("abcdefghijkl"))
        .hasSameHashCodeAs(new Secret("abcdefghijkl"))
        .isNotEqualTo(new Secret("abcdefghijkm"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "\n"})
  void isNeverEmpty(String value) {
    assertThatThrownBy(() -> new Secret(value)).isInstanceOf(IllegalArgumentException.class);
  }
}
