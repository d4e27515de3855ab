package com.alphaxiii.polygon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.PolygonConfig;
import com.alphaxiii.polygon.PolygonDataManager;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.NanoClock;
import com.alphaxiii.polygon.core.Settings;
import com.alphaxiii.polygon.server.DataServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recorded day out of the cache, through the server, to a program: without a vendor. */
class ReplayServedTest {
  private static final String DAY = "2013-10-08";
  private static final List<String> SYMBOLS = List.of("AIG", "BAC", "IBM");
  private static final String QUERY = "?replay=2013-10-08T09:29&until=2013-10-08T09:36&speed=max";

  @TempDir Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private MarketDataFolder data;

  @BeforeEach
  void fillTheCache() {
    data = MarketDataFolder.orSkip();
    environment.put("CACHE_DIR", folder.resolve("cache").toString());
    environment.put("POLYGON_API_KEY", "key-of-the-test-4711");
    // Nobody listens there.
    environment.put("POLYGON_BASE_URL", "http://127.0.0.1:9");
    environment.put("POLYGON_STREAM_URL", "ws://127.0.0.1:9");
    for (String type : List.of("trades", "quotes")) {
      CliRun imported =
          CliRun.of(
              folder,
              environment,
              "import",
              data.root().resolve("flatfiles").toString(),
              "--dataset",
              "us_stocks_sip/" + type + "_v1",
              "--symbols",
              String.join(",", SYMBOLS));
      assertThat(imported.code()).as(imported.err()).isZero();
    }
  }

  /** All raw messages until the tape ends. */
  private static final class Listener implements WebSocket.Listener {
    final List<String> messages = new ArrayList<>();
    final CompletableFuture<List<String>> ended = new CompletableFuture<>();
    private final StringBuilder partial = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
      partial.append(text);
      if (last) {
        String message = partial.toString();
        partial.setLength(0);
        messages.add(message);
        if (message.contains("the tape ends here")) {
          ended.complete(messages);
        }
      }
      socket.request(1);
      return null;
    }
  }

  private static List<String> play(HttpClient http, URI server, String query, String... words)
      throws Exception {
    Listener listener = new Listener();
    WebSocket socket =
        http.newWebSocketBuilder()
            .buildAsync(
                URI.create("ws://" + server.getAuthority() + "/ws/player" + query), listener)
            .get(10, TimeUnit.SECONDS);
    for (String word : words) {
      socket.sendText(word, true).get(10, TimeUnit.SECONDS);
    }
    List<String> messages = listener.ended.get(90, TimeUnit.SECONDS);
    socket.abort();
    return messages;
  }

  private static long nanos(LocalTime time) {
    return LocalDate.parse(DAY).atTime(time).atZone(Market.NEW_YORK).toEpochSecond()
        * 1_000_000_000L;
  }

  private record Tick(long time, int channel, String symbol, int row, String text) {}

  /** What the files say, in the order of time, trades before quotes. */
  private List<String> tape(LocalTime from, LocalTime until) {
    List<Tick> ticks = new ArrayList<>();
    for (String symbol : SYMBOLS) {
      for (int channel = 0; channel < 2; channel++) {
        List<Map<String, String>> rows =
            data.rows(channel == 0 ? "trades_v1" : "quotes_v1", DAY, symbol);
        long latest = 0;
        for (int i = 0; i < rows.size(); i++) {
          Map<String, String> row = rows.get(i);
          long time = Long.parseLong(row.get("sip_timestamp"));
          if (time >= nanos(from) && time < nanos(until)) {
            latest = Math.max(latest, time);
            ticks.add(new Tick(latest, channel, symbol, i, text(channel, symbol, row, time)));
          }
        }
      }
    }
    ticks.sort(
        Comparator.comparingLong(Tick::time)
            .thenComparingInt(Tick::channel)
            .thenComparing(Tick::symbol)
            .thenComparingInt(Tick::row));
    return ticks.stream().map(Tick::text).toList();
  }

  private static String text(int channel, String symbol, Map<String, String> row, long time) {
    return channel == 0
        ? "trade %s %d %s".formatted(symbol, time / 1_000_000, row.get("id"))
        : "quote %s %d %s %s"
            .formatted(
                symbol,
                time / 1_000_000,
                Double.parseDouble(row.get("bid_price")),
                Double.parseDouble(row.get("ask_price")));
  }

  private static List<String> events(List<String> messages) {
    List<String> events = new ArrayList<>();
    for (String message : messages) {
      if (message.startsWith("{\"type\":\"market_data\"")) {
        String start =
            field(message, "event_type")
                + " "
                + field(message, "symbol")
                + " "
                + field(message, "timestamp");
        events.add(
            start.startsWith("trade")
                ? start + " " + field(message, "trade_id")
                : start
                    + " "
                    + Double.parseDouble(field(message, "bid_price"))
                    + " "
                    + Double.parseDouble(field(message, "ask_price")));
      }
    }
    return events;
  }

  private static String field(String message, String name) {
    int start = message.indexOf("\"" + name + "\":") + name.length() + 3;
    int end = start + 1;
    while (",}".indexOf(message.charAt(end)) < 0) {
      end++;
    }
    return message.substring(start, end).replace("\"", "");
  }

  @Test
  void aDayIsPlayedAsTheFilesHaveItAndTwiceTheSame() throws Exception {
    String subscribe =
        "{\"action\":\"subscribe\",\"symbols\":[\"AIG\",\"BAC\",\"IBM\"],\"channels\":[\"T\",\"Q\"]}";
    try (PolygonDataManager manager =
            PolygonDataManager.open(
                PolygonConfig.from(Settings.of(environment)),
                InstantSource.system(),
                NanoClock.system());
        DataServer server =
            DataServer.start(
                Wiring.serverConfig(Settings.of(Map.of("SERVER_PORT", "0"))),
                Wiring.ports(manager, InstantSource.system()));
        HttpClient http = HttpClient.newHttpClient()) {
      List<String> first = play(http, server.baseUrl(), QUERY, subscribe);
      assertThat(first.getFirst())
          .contains("\"type\":\"connected\"", "2013-10-08T09:29:00-04:00", "\"replay\":true");
      List<String> tape = tape(LocalTime.of(9, 29), LocalTime.of(9, 36));
      assertThat(tape.size()).isGreaterThan(2_000);
      assertThat(events(first)).isEqualTo(tape);
      List<String> data = first.stream().filter(m -> m.contains("market_data")).toList();
      for (String message : data) {
        // The time of a message is that of the tape, which is its event's or a little later.
        assertThat(message).contains("\"timestamp\":\"2013-10-08T09:");
      }
      assertThat(first).noneMatch(message -> message.contains("\"dropped\""));
      // What is asked for at once is answered alike to the last byte.
      assertThat(play(http, server.baseUrl(), QUERY, subscribe)).isEqualTo(first);

      // Paused, wound and let go: the rest of the tape.
      List<String> wound =
          play(
              http,
              server.baseUrl(),
              QUERY + "&paused=true",
              subscribe,
              "{\"action\":\"seek\",\"to\":\"2013-10-08T09:31\"}",
              "{\"action\":\"resume\"}");
      assertThat(events(wound)).isEqualTo(tape(LocalTime.of(9, 31), LocalTime.of(9, 36)));
      assertThat(wound).anyMatch(message -> message.contains("\"type\":\"replay\""));
    }
  }

  @Test
  void streamPlaysWithoutAKeyAndEndsWithTheTape() {
    environment.remove("POLYGON_API_KEY");
    CliRun run =
        CliRun.of(
            folder,
            environment,
            "stream",
            "AIG",
            "BAC",
            "IBM",
            "-c",
            "T,Q",
            "--replay",
            "2013-10-08T09:29",
            "--until",
            "2013-10-08T09:36",
            "--speed",
            "max");
    assertThat(run.code()).as(run.err()).isZero();
    List<String> lines =
        run.lines().stream().map(line -> "{\"type\":\"market_data\",\"data\":" + line).toList();
    assertThat(events(lines)).isEqualTo(tape(LocalTime.of(9, 29), LocalTime.of(9, 36)));
    assertThat(run.err()).contains("the tape ends here");

    CliRun nothing = CliRun.of(folder, environment, "stream", "SPY", "--replay", "2013-10-08");
    assertThat(nothing.code()).isEqualTo(2);
    assertThat(nothing.err()).contains("nothing of T.SPY is recorded or cached");
  }
}
