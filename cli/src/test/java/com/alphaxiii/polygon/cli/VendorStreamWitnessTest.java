package com.alphaxiii.polygon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.PolygonConfig;
import com.alphaxiii.polygon.PolygonDataManager;
import com.alphaxiii.polygon.core.NanoClock;
import com.alphaxiii.polygon.core.Secret;
import com.alphaxiii.polygon.server.DataServer;
import com.alphaxiii.polygon.server.ServerConfig;
import com.alphaxiii.polygon.simulator.Scenario;
import com.alphaxiii.polygon.simulator.Simulator;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The same conversation with the simulated vendor and with the server before it: what a client of
 * the vendor's protocol is told is the same.
 */
class VendorStreamWitnessTest {
  private static final String KEY = "key-of-the-test";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** By market: what is subscribed to, and an event of each channel. */
  private static final Map<String, List<String>> EVENTS =
      Map.of(
          "stocks",
          List.of(
              "{\"ev\":\"T\",\"sym\":\"MSFT\",\"x\":4,\"i\":\"12345\",\"z\":3,\"p\":114.125,\"s\":100,\"c\":[0,12],\"t\":1536036818784,\"q\":3681328}",
              "{\"ev\":\"Q\",\"sym\":\"MSFT\",\"bx\":4,\"bp\":114.125,\"bs\":100,\"ax\":7,\"ap\":114.128,\"as\":160,\"c\":0,\"i\":[604],\"t\":1536036818784,\"q\":50385480,\"z\":3}",
              "{\"ev\":\"AM\",\"sym\":\"MSFT\",\"v\":4110,\"av\":9470157,\"op\":0.4372,\"vw\":0.4488,\"o\":0.4488,\"c\":0.4486,\"h\":0.4489,\"l\":0.4486,\"a\":0.4352,\"z\":685,\"s\":1610144640000,\"e\":1610144700000}"),
          "options",
          List.of(
              "{\"ev\":\"T\",\"sym\":\"O:AMC210827C00037000\",\"x\":65,\"p\":1.54,\"s\":1,\"c\":[233],\"t\":1629820676333,\"q\":651921857}"),
          "forex",
          List.of(
              "{\"ev\":\"C\",\"p\":\"USD/CNH\",\"x\":44,\"a\":6.83366,\"b\":6.83363,\"t\":1536036818784}"),
          "crypto",
          List.of(
              "{\"ev\":\"XT\",\"pair\":\"BTC-USD\",\"p\":33021.9,\"t\":1610462007425,\"s\":0.01616617,\"c\":[2],\"i\":\"14272084\",\"x\":3,\"r\":1610462007576}"),
          "indices",
          List.of("{\"ev\":\"V\",\"val\":3988.5,\"T\":\"I:SPX\",\"t\":1678220098130}"),
          "futures",
          List.of(
              "{\"ev\":\"T\",\"sym\":\"ESZ6\",\"p\":6001.25,\"s\":2,\"t\":1678220098130,\"q\":17}"));

  private static final Map<String, String> TOPICS =
      Map.of(
          "stocks", "T.MSFT, Q.MSFT,AM.MSFT,XT.BTC-USD,nonsense",
          "options", "T.O:AMC210827C00037000,Q.*",
          "forex", "C.USD/CNH",
          "crypto", "XT.BTC-USD",
          "indices", "V.I:SPX",
          "futures", "T.ESZ6");

  @TempDir Path folder;

  @Test
  void theServerSaysWhatTheVendorSays() throws Exception {
    try (Simulator simulator = Simulator.start(Scenario.builder().maxConnections(2).build());
        PolygonDataManager manager =
            PolygonDataManager.open(
                PolygonConfig.builder()
                    .apiKey("key-of-the-server")
                    .baseUrl(simulator.baseUrl())
                    .streamUrl(simulator.streamUrl())
                    .cacheDir(folder)
                    .build(),
                InstantSource.system(),
                NanoClock.system());
        DataServer server =
            DataServer.start(
                ServerConfig.of("127.0.0.1", 0).withTokens(Map.of("one", new Secret(KEY))),
                Wiring.ports(manager, InstantSource.system()));
        HttpClient http = HttpClient.newHttpClient()) {
      URI ours = URI.create(server.baseUrl().toString().replaceFirst("^http", "ws"));
      for (String market : EVENTS.keySet()) {
        try (Talk vendor = new Talk(http, simulator.streamUrl(), market);
            Talk same = new Talk(http, ours, market)) {
          for (String sent :
              List.of(
                  "{\"action\":\"subscribe\",\"params\":\"T.MSFT\"}",
                  "{\"action\":\"auth\",\"params\":\"" + KEY + "\"}",
                  "no json",
                  "{\"action\":\"dance\",\"params\":\"\"}",
                  "{\"action\":\"subscribe\",\"params\":\"" + TOPICS.get(market) + "\"}")) {
            vendor.send(sent);
            same.send(sent);
          }
          int told = 5 + EVENTS.get(market).size();
          List<JsonNode> expected = vendor.take(told);
          assertThat(same.take(told)).as(market).isEqualTo(expected);
          assertThat(same.frames.getFirst()).isEqualTo(vendor.frames.getFirst());
          vendor.send("{\"action\":\"unsubscribe\",\"params\":\"" + TOPICS.get(market) + "\"}");
          vendor.take(EVENTS.get(market).size());
          awaitUpstream(simulator, market, EVENTS.get(market).size());
          simulator.stream().publish(EVENTS.get(market));
          assertThat(same.take(EVENTS.get(market).size()))
              .as(market)
              .isEqualTo(EVENTS.get(market).stream().map(JSON::readTree).toList());
        }
      }
      assertThat(refusal(http, ours)).isEqualTo(refusal(http, simulator.streamUrl()));
    }
  }

  /** Waits until the server, which now is the only one, subscribes to so many topics. */
  private static void awaitUpstream(Simulator simulator, String market, int topics) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (simulator.stream().topics().stream().filter(t -> t.startsWith(market)).count()
        != topics) {
      assertThat(System.nanoTime()).as(market + " upstream").isLessThan(deadline);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  private static List<JsonNode> refusal(HttpClient http, URI base) throws Exception {
    try (Talk talk = new Talk(http, base, "stocks")) {
      talk.send("{\"action\":\"auth\",\"params\":\"bad-key\"}");
      return talk.take(2);
    }
  }

  /** One conversation, as it goes over the wire. */
  private static final class Talk implements WebSocket.Listener, AutoCloseable {
    private final LinkedBlockingQueue<JsonNode> events = new LinkedBlockingQueue<>();
    private final StringBuilder partial = new StringBuilder();
    final List<String> frames = new ArrayList<>();
    private final WebSocket socket;

    Talk(HttpClient http, URI base, String market) throws Exception {
      socket =
          http.newWebSocketBuilder()
              .buildAsync(URI.create(base + "/" + market), this)
              .get(10, TimeUnit.SECONDS);
    }

    void send(String text) throws Exception {
      socket.sendText(text, true).get(10, TimeUnit.SECONDS);
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
      partial.append(data);
      if (last) {
        frames.add(partial.toString());
        JSON.readTree(partial.toString()).forEach(events::add);
        partial.setLength(0);
      }
      webSocket.request(1);
      return null;
    }

    List<JsonNode> take(int count) throws InterruptedException {
      List<JsonNode> taken = new ArrayList<>();
      while (taken.size() < count) {
        JsonNode next = events.poll(20, TimeUnit.SECONDS);
        assertThat(next).as("after " + taken).isNotNull();
        taken.add(next);
      }
      return taken;
    }

    @Override
    public void close() {
      socket.abort();
    }
  }
}
