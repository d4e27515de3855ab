package com.alphaxiii.polygon.bench;

import com.alphaxiii.polygon.core.Conditions;
import com.alphaxiii.polygon.core.Quote;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TickerEvent;
import com.alphaxiii.polygon.core.Trade;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPInputStream;

/**
 * The messages that are sent round and round: the recorded trades and quotes of 2013-10-08, half
 * and half, 50 to a message, with identifiers and sequence numbers of the vendor's usual length.
 * Without the recording they are modelled on it. One message in twenty is spelled in odd ways:
 * other orders, blanks, unknown fields, escapes.
 *
 * @param messages the JSON of each
 * @param events how many events they hold together
 * @param sum what {@link Tally} makes of them
 * @param source where they come from, in words
 */
record Frames(List<byte[]> messages, long events, long sum, String source) {
  private static final int EVENTS = 80_000;
  private static final int EVENTS_IN_MESSAGE = 50;
  private static final int ODD_MESSAGES = 20;
  private static final String DAY = "2013/10/2013-10-08.csv.gz";

  /** A line of a recording, by the names of its columns. */
  private record Row(Map<String, String> cells) {
    String get(String column) {
      String cell = cells.get(column);
      if (cell == null) {
        throw new IllegalArgumentException("the recording has no column " + column);
      }
      return cell;
    }
  }

  static Frames build() throws IOException {
    Path folder = folder();
    boolean recorded = Files.isRegularFile(folder.resolve("trades_v1").resolve(DAY));
    List<TickerEvent> events = recorded ? recorded(folder) : modelled();
    Random random = new Random(50);
    Tally tally = new Tally();
    List<byte[]> messages = new ArrayList<>();
    for (int at = 0; at + EVENTS_IN_MESSAGE <= events.size(); at += EVENTS_IN_MESSAGE) {
      boolean odd = messages.size() % ODD_MESSAGES == ODD_MESSAGES - 1;
      List<String> texts = new ArrayList<>();
      for (TickerEvent event : events.subList(at, at + EVENTS_IN_MESSAGE)) {
        texts.add(odd ? odd(members(event), random) : "{" + String.join(",", members(event)) + "}");
        tally.add(event);
      }
      messages.add(("[" + String.join(",", texts) + "]").getBytes(StandardCharsets.UTF_8));
    }
    return new Frames(
        messages, tally.count(), tally.sum(), recorded ? "recorded 2013-10-08" : "modelled");
  }

  /** All messages as WebSocket text frames, one behind the other. */
  byte[] wire() {
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    messages.forEach(message -> wire.writeBytes(frame(message)));
    return wire.toByteArray();
  }

  /** A message as a WebSocket text frame. */
  static byte[] frame(byte[] message) {
    byte[] frame = new byte[message.length + 4];
    frame[0] = (byte) 0x81;
    frame[1] = 126;
    frame[2] = (byte) (message.length >>> 8);
    frame[3] = (byte) message.length;
    System.arraycopy(message, 0, frame, 4, message.length);
    return frame;
  }

  double bytesPerEvent() {
    return (double) messages.stream().mapToLong(message -> message.length).sum() / events;
  }

  private static Path folder() {
    String named = System.getenv("POLYGON_MARKET_DATA");
    Path root =
        named != null
            ? Path.of(named)
            : Path.of(System.getProperty("polygon.root", "."), "..", "shared", "market-data");
    return root.resolve("flatfiles/us_stocks_sip");
  }

  private static List<TickerEvent> recorded(Path folder) throws IOException {
    List<TickerEvent> trades = new ArrayList<>();
    List<TickerEvent> quotes = new ArrayList<>();
    List<Row> tradeRows = rows(folder.resolve("trades_v1").resolve(DAY), 16);
    List<Row> quoteRows = rows(folder.resolve("quotes_v1").resolve(DAY), 1);
    tradeRows.forEach(row -> trades.add(trade(row)));
    quoteRows.forEach(row -> quotes.add(quote(row)));
    List<TickerEvent> mixed = new ArrayList<>();
    int pairs = Math.min(EVENTS / 2, Math.min(trades.size(), quotes.size()));
    for (int i = 0; i < pairs; i++) {
      mixed.add(trades.get(i));
      mixed.add(quotes.get(i));
    }
    return mixed;
  }

  /** Every so many rows of a file, by the names in its first line. */
  private static List<Row> rows(Path file, int step) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      String[] names = reader.readLine().split(",", -1);
      List<Row> rows = new ArrayList<>();
      String line = reader.readLine();
      for (int i = 0; line != null && rows.size() < EVENTS / 2; i++) {
        String[] values = line.split(",", -1);
        if (i % step == 0 && values.length == names.length) {
          Map<String, String> cells = new HashMap<>();
          for (int column = 0; column < names.length; column++) {
            cells.put(names[column].toLowerCase(Locale.ROOT), values[column]);
          }
          rows.add(new Row(cells));
        }
        line = reader.readLine();
      }
      return rows;
    }
  }

  private static Trade trade(Row row) {
    int number = Integer.parseInt(row.get("sequence_number"));
    String codes = row.get("conditions");
    int[] conditions =
        codes.isEmpty()
            ? new int[0]
            : Arrays.stream(codes.split("[^0-9]+"))
                .filter(code -> !code.isEmpty())
                .mapToInt(Integer::parseInt)
                .toArray();
    return new Trade(
        Ticker.of(row.get("ticker")),
        Double.parseDouble(row.get("price")),
        Double.parseDouble(row.get("size")),
        Conditions.of(conditions),
        millis(row.get("sip_timestamp")),
        0,
        Integer.parseInt(row.get("exchange")),
        Long.toString(52_983_500_000_000L + number),
        Integer.parseInt(row.get("tape")),
        3_000_000L + number,
        0,
        0);
  }

  private static Quote quote(Row row) {
    return new Quote(
        Ticker.of(row.get("ticker")),
        Integer.parseInt(row.get("bid_exchange")),
        Double.parseDouble(row.get("bid_price")),
        Double.parseDouble(row.get("bid_size")),
        Integer.parseInt(row.get("ask_exchange")),
        Double.parseDouble(row.get("ask_price")),
        Double.parseDouble(row.get("ask_size")),
        Conditions.of(1),
        Conditions.of(604),
        millis(row.get("sip_timestamp")),
        0,
        Integer.parseInt(row.get("tape")),
        50_000_000L + Long.parseLong(row.get("sequence_number")));
  }

  private static long millis(String nanoseconds) {
    return Long.parseLong(nanoseconds) / 1_000_000 * 1_000_000;
  }

  private static List<TickerEvent> modelled() {
    Random random = new Random(2013);
    String[] symbols = {"AAPL", "AIG", "BAC", "IBM", "SPY", "GOOG", "FB", "USO", "WM", "BRK.A"};
    List<TickerEvent> events = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      Ticker ticker = Ticker.of(symbols[random.nextInt(symbols.length)]);
      double price = (1_000 + random.nextInt(60_000)) / 100.0;
      long time = (1_381_239_000_000L + 250L * i) * 1_000_000;
      int size = 100 * (1 + random.nextInt(9));
      int[] codes = random.nextInt(3) == 0 ? new int[] {14, 37} : new int[0];
      events.add(
          i % 2 == 0
              ? new Trade(
                  ticker,
                  price,
                  size,
                  Conditions.of(codes),
                  time,
                  0,
                  4 + random.nextInt(10),
                  Long.toString(52_983_500_000_000L + i),
                  1 + random.nextInt(3),
                  3_000_000L + i,
                  0,
                  0)
              : new Quote(
                  ticker,
                  4 + random.nextInt(10),
                  price,
                  size,
                  4 + random.nextInt(10),
                  (1_000 + random.nextInt(60_000)) / 100.0,
                  size,
                  Conditions.of(1),
                  Conditions.of(604),
                  time,
                  0,
                  1 + random.nextInt(3),
                  50_000_000L + i));
    }
    return events;
  }

  private static List<String> members(TickerEvent event) {
    return switch (event) {
      case Trade t -> {
        List<String> members = new ArrayList<>();
        members.add("\"ev\":\"T\"");
        members.add("\"sym\":\"" + t.symbol() + "\"");
        members.add("\"x\":" + t.exchange());
        members.add("\"i\":\"" + t.id() + "\"");
        members.add("\"z\":" + t.tape());
        members.add("\"p\":" + plain(t.price()));
        members.add("\"s\":" + plain(t.size()));
        if (t.conditions().size() > 0) {
          members.add("\"c\":" + t.conditions().toString().replace(" ", ""));
        }
        members.add("\"t\":" + t.sipTime() / 1_000_000);
        members.add("\"q\":" + t.sequence());
        yield members;
      }
      case Quote q ->
          new ArrayList<>(
              List.of(
                  "\"ev\":\"Q\"",
                  "\"sym\":\"" + q.symbol() + "\"",
                  "\"bx\":" + q.bidExchange(),
                  "\"bp\":" + plain(q.bidPrice()),
                  "\"bs\":" + plain(q.bidSize()),
                  "\"ax\":" + q.askExchange(),
                  "\"ap\":" + plain(q.askPrice()),
                  "\"as\":" + plain(q.askSize()),
                  "\"c\":" + q.conditions().get(0),
                  "\"i\":" + q.indicators(),
                  "\"t\":" + q.sipTime() / 1_000_000,
                  "\"q\":" + q.sequence(),
                  "\"z\":" + q.tape()));
      default -> throw new IllegalStateException("not sent: " + event);
    };
  }

  private static String odd(List<String> members, Random random) {
    Collections.shuffle(members, random);
    members.add(
        random.nextInt(members.size()), "\"new\" : {\"a\":[1,2.5e3,null],\"b\":\"\\u00e9\"}");
    return "{ " + String.join(" , ", members) + " }";
  }

  private static String plain(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }
}
