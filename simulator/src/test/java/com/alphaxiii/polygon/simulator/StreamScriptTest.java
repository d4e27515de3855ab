package com.alphaxiii.polygon.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alphaxiii.polygon.core.PolygonException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Breaks of the stream at exact places. */
class StreamScriptTest {
  private Simulator simulator;

  @BeforeEach
  void start() {
    simulator = Simulator.start(Scenario.builder().build());
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  /** Trades of AAPL with the numbers {@code from} to {@code to}. */
  private static List<String> trades(int from, int to) {
    return IntStream.rangeClosed(from, to)
        .mapToObj(i -> "{\"ev\":\"T\",\"sym\":\"AAPL\",\"q\":%d}".formatted(i))
        .toList();
  }

  private static void hear(Socket socket, List<Long> heard, long last) throws Exception {
    while (heard.isEmpty() || heard.getLast() != last) {
      for (Map<String, Object> event : socket.events()) {
        heard.add((Long) event.get("q"));
      }
    }
  }

  @Test
  void sendsEverythingBeforeTheBreakAndNothingAfterIt() throws Exception {
    simulator.stream().script(List.of(StreamFault.drop(7)));
    try (var socket = subscribed()) {
      simulator.stream().publish(trades(1, 10));
      String all = socket.readToEnd();
      assertThat(numbers(all)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
      assertThat(all).as("no close frame").endsWith("\"q\":7}]");
      assertThat(simulator.stream().connections()).isZero();
      assertThat(simulator.stream().delivered()).isEqualTo(10);
    }
  }

  /** A caller that reads to the last byte before a break, which the JDK's does not. */
  private RawSocket subscribed() throws Exception {
    RawSocket socket = asking();
    Wait.until("subscribed", () -> simulator.stream().topics().contains("stocks/T.AAPL"));
    return socket;
  }

  private RawSocket asking() throws Exception {
    var socket = new RawSocket(simulator.streamUrl(), "/stocks");
    socket.send("{\"action\":\"auth\",\"params\":\"k\"}");
    socket.send("{\"action\":\"subscribe\",\"params\":\"T.AAPL\"}");
    return socket;
  }

  private static List<Long> numbers(String frames) {
    return Pattern.compile("\"q\":(\\d+)")
        .matcher(frames)
        .results()
        .map(number -> Long.valueOf(number.group(1)))
        .toList();
  }

  @Test
  void closesWithTheCodeOfTheScript() throws Exception {
    simulator.stream().script(List.of(StreamFault.close(1, 1001)));
    try (var socket = Socket.subscribed(simulator, "T.AAPL")) {
      simulator.stream().publish(trades(1, 3));
      assertThat(socket.events()).singleElement().extracting(e -> e.get("q")).isEqualTo(1L);
      assertThat(socket.awaitClose()).isEqualTo(1001);
    }
  }

  @Test
  void cutsAFrameInTwo() throws Exception {
    simulator.stream().script(List.of(StreamFault.dropInFrame(1)));
    try (var socket = subscribed()) {
      simulator.stream().publish(trades(1, 2));
      assertThat(socket.readToEnd())
          .contains("[{\"ev\":\"T\",\"sym\":\"AAPL\",\"q\":1}]")
          .contains("\"q\":1}]\u0081~\0~[{")
          .endsWith("[{\"ev\":\"T\",\"sym");
    }
  }

  @Test
  void stallsBeforeItBreaks() throws Exception {
    simulator.stream().script(List.of(StreamFault.drop(5).quietBefore(2), StreamFault.drop(9)));
    try (var socket = subscribed()) {
      simulator.stream().publish(trades(1, 6));
      assertThat(socket.readToEnd()).contains("\"q\":3}").doesNotContain("\"q\":4}");
    }
    var heard = new ArrayList<Long>();
    try (var socket = Socket.subscribed(simulator, "T.AAPL")) {
      simulator.stream().publish(trades(7, 8));
      hear(socket, heard, 8);
    }
    assertThat(heard).containsExactly(7L, 8L);
  }

  @Test
  void waitsForTheSameTopicsWhenSoManyEventsAreLost() throws Exception {
    simulator.stream().script(List.of(StreamFault.drop(3).waitingAfter(2)));
    var heard = new ArrayList<Long>();
    CompletableFuture<Void> published;
    try (var socket = Socket.subscribed(simulator, "T.AAPL,Q.AAPL")) {
      published = CompletableFuture.runAsync(() -> simulator.stream().publish(trades(1, 10)));
      hear(socket, heard, 3);
    }
    try (var socket = Socket.subscribed(simulator, "T.AAPL")) {
      assertThat(simulator.stream().delivered()).isEqualTo(5);
      assertThat(published).isNotDone();
      socket.send("subscribe", "Q.AAPL");
      socket.awaitStatus("subscribed to: Q.AAPL");
      hear(socket, heard, 10);
    }
    published.get(20, TimeUnit.SECONDS);
    assertThat(heard).containsExactly(1L, 2L, 3L, 6L, 7L, 8L, 9L, 10L);
  }

  @Test
  void survivesManyBreaksAndLosesAsManyAsTheScriptSays() throws Exception {
    var script = new ArrayList<StreamFault>();
    for (int i = 1; i <= 50; i++) {
      script.add(StreamFault.drop(20L * i).waitingAfter(5));
    }
    script.add(StreamFault.drop(1_010));
    simulator.stream().script(script);
    Thread publisher =
        Thread.startVirtualThread(
            () -> {
              Wait.until("subscribed", () -> simulator.stream().topics().contains("stocks/T.AAPL"));
              simulator.stream().publish(trades(1, 1_010));
            });
    var heard = new ArrayList<Long>();
    for (int i = 0; i < script.size(); i++) {
      try (var socket = asking()) {
        heard.addAll(numbers(socket.readToEnd()));
      }
    }
    publisher.join();
    assertThat(heard).doesNotHaveDuplicates().isSorted().hasSize(1_010 - 50 * 5);
  }

  @Test
  void refusesPlacesThatDoNotAscendAndCodesThatCannotBeSent() {
    assertThatThrownBy(
            () ->
                simulator.stream().script(List.of(StreamFault.drop(5), StreamFault.close(5, 1001))))
        .isInstanceOf(PolygonException.InvalidRequest.class)
        .hasMessageContaining("ascend");
    assertThatThrownBy(() -> StreamFault.close(1, 1006))
        .isInstanceOf(PolygonException.InvalidRequest.class);
    assertThatThrownBy(() -> StreamFault.drop(0))
        .isInstanceOf(PolygonException.InvalidRequest.class);
  }

  @Test
  void refusesToPublishWhatIsNoObject() {
    for (String text : List.of("[]", "{\"ev\":", "nonsense")) {
      assertThatThrownBy(() -> simulator.stream().publish(text))
          .isInstanceOf(PolygonException.InvalidRequest.class);
    }
  }
}
