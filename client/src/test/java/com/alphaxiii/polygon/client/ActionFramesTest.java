package com.alphaxiii.polygon.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.Channel;
import com.alphaxiii.polygon.core.Secret;
import com.alphaxiii.polygon.core.Topic;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ActionFramesTest {
  @Test
  void joinsTopicsWithCommas() {
    assertThat(ActionFrames.subscribe(List.of(Topic.parse("T.AAPL"), Topic.parse("AM.*"))))
        .containsExactly("{\"action\":\"subscribe\",\"params\":\"T.AAPL,AM.*\"}");
    assertThat(ActionFrames.unsubscribe(List.of(Topic.parse("T.BRK.A"))))
        .containsExactly("{\"action\":\"unsubscribe\",\"params\":\"T.BRK.A\"}");
    assertThat(ActionFrames.subscribe(List.of())).isEmpty();
  }

  @Test
  void escapesTheKey() {
    assertThat(ActionFrames.auth(new Secret("a\"b\\c")))
        .isEqualTo("{\"action\":\"auth\",\"params\":\"a\\\"b\\\\c\"}");
  }

  @Test
  void splitsLongListsBelow64KilobytesAndLosesNone() {
    Set<Topic> topics = new LinkedHashSet<>();
    for (int i = 0; i < 20_000; i++) {
      topics.add(new Topic(Channel.TRADES, "SYB" + i));
    }
    List<String> frames = ActionFrames.subscribe(topics);
    assertThat(frames).hasSizeGreaterThan(2).allMatch(frame -> frame.length() < 64 * 1024);
    List<Topic> told = new ArrayList<>();
    for (String frame : frames) {
      String params = frame.substring(frame.indexOf("params\":\"") + 9, frame.length() - 2);
      for (String topic : params.split(",")) {
        told.add(Topic.parse(topic));
      }
    }
    assertThat(told).containsExactlyElementsOf(topics);
  }
}
