package com.alphaxiii.polygon.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicTest {
  @Property
  void printsWhatItIsReadFrom(
      @ForAll Channel channel,
      @ForAll @StringLength(max = 10) @CharRange(from = 'A', to = 'Z') @Chars({'.', '-'})
          String rest) {
    Topic topic = Topic.of(channel, Ticker.of("A" + rest));
    assertThat(topic).hasToString(channel.code() + ".A" + rest);
    assertThat(Topic.parse(topic.toString())).isEqualTo(topic);
    assertThat(topic.ticker()).hasValue(Ticker.of("A" + rest));
    assertThat(topic.isAll()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Channel.class)
  void readsEachChannelByItsCode(Channel channel) {
    assertThat(Channel.parse(channel.toString())).isEqualTo(channel);
    Topic all = Topic.parse(channel.code() + ".*");
    assertThat(all.isAll()).isTrue();
    assertThat(all.ticker()).isEmpty();
    assertThat(Topic.parse(all.toString())).isEqualTo(all);
  }

  @Test
  void splitsAtTheFirstDot() {
    assertThat(Topic.parse("T.BRK.A")).isEqualTo(Topic.of(Channel.TRADES, Ticker.of("BRK.A")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "T", "T.", ".AAPL", "X.AAPL", "t.AAPL", "T.A B", "T.**", "T .AAPL"})
  void refusesWhatIsNoTopic(String text) {
    assertThatThrownBy(() -> Topic.parse(text)).isInstanceOf(PolygonException.InvalidRequest.class);
  }
}
