package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.BarsBuilder;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.PolygonException.BadData;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.Timeframe;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Decodes one page of aggregates straight into columns: with {@link PlainBars} where the page is
 * written as usual, else bar by bar as described here. Knows no socket. Unknown members and absent
 * {@code vw}, {@code n}, {@code otc} are fine; a bar without price, volume or time is left out and
 * told with its place, since a hole must never pass for a quiet minute. Bars that are not in order
 * are {@link BadData}: of such a page nothing can be trusted.
 */
final class WireBars implements Requests.Reading<WireBars.Page> {
  /**
   * What was read.
   *
   * @param holes what was left out, in order
   */
  record Page(Bars bars, List<Hole> holes) {}

  /**
   * A bar left out.
   *
   * @param index on the page, from 1
   * @param before how many bars were read before it
   * @param start its window's start, Unix ms; {@link #UNKNOWN} when it could not be read
   */
  record Hole(int index, int before, long start, String reason) {}

  static final long UNKNOWN = Long.MIN_VALUE;

  private static final int OPEN = 1;
  private static final int HIGH = 1 << 1;
  private static final int LOW = 1 << 2;
  private static final int CLOSE = 1 << 3;
  private static final int TIME = 1 << 4;
  private static final int VOLUME = 1 << 5;
  private static final String[] NAMES = {"o", "h", "l", "c", "t", "v"};

  private final Ticker ticker;
  private final Timeframe timeframe;
  private final int required;
  private BarsBuilder columns;

  /** How many bars {@link PlainBars} has read; below zero when the list is still to be read. */
  private int plainRows = -1;

  private final List<Hole> holes = new ArrayList<>();
  private long previous = Long.MIN_VALUE;

  private int seen;
  private long start;
  private double open;
  private double high;
  private double low;
  private double close;
  private double volume;
  private double vwap;
  private long transactions;
  private @Nullable String problem;
  private @Nullable String disorder;

  WireBars(Ticker ticker, Timeframe timeframe) {
    this.ticker = ticker;
    this.timeframe = timeframe;
    this.columns = Bars.builder(ticker, timeframe);
    // Indices are not traded, so their bars have no volume.
    this.required =
        OPEN | HIGH | LOW | CLOSE | TIME | (ticker.market() == Market.INDICES ? 0 : VOLUME);
  }

  @Override
  public Page content() {
    return new Page(columns.build(), holes);
  }

  /** Reads what is usual without a parser of JSON, which would take many times as long. */
  @Override
  public Envelope read(InputStream source) throws IOException {
    PlainBars.Body body = PlainBars.Body.of(source);
    Optional<PlainBars.Found> plain = PlainBars.read(body, (required & VOLUME) != 0, columns);
    if (plain.isPresent()) {
      plainRows = plain.get().rows();
      try {
        return Envelope.read(plain.get().rest(), where(), this);
      } catch (BadData e) {
        // Said again below, of the whole body.
        plainRows = -1;
      }
    }
    columns = Bars.builder(ticker, timeframe);
    return Envelope.read(body.stream(), where(), this);
  }

  @Override
  public int read(JsonParser parser) {
    if (plainRows >= 0) {
      parser.skipChildren();
      return plainRows;
    }
    int rows = WireList.read(parser, "results of " + ticker, this::bar, this::left);
    if (disorder != null) {
      throw new BadData(disorder);
    }
    return rows;
  }

  private void bar(JsonParser parser) {
    seen = 0;
    volume = 0;
    vwap = Double.NaN;
    transactions = -1;
    problem = null;
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      JsonToken token = parser.nextToken();
      if (token == JsonToken.VALUE_NULL) {
        continue;
      }
      try {
        member(parser, token, name);
      } catch (BadData e) {
        // Reading goes on, since the time may be still to come.
        problem = problem == null ? String.valueOf(e.getMessage()) : problem;
        parser.skipChildren();
      }
    }
    int missing = required & ~seen;
    if (problem == null && missing != 0) {
      problem = "has no '%s'".formatted(NAMES[Integer.numberOfTrailingZeros(missing)]);
    }
    if (problem != null) {
      throw new BadData(problem);
    }
    requireOrder();
    columns.add(start, open, high, low, close, volume, vwap, transactions);
  }

  private void member(JsonParser parser, JsonToken token, String name) {
    switch (name) {
      case "o" -> {
        open = WireNumbers.real(parser, token, name);
        seen |= OPEN;
      }
      case "h" -> {
        high = WireNumbers.real(parser, token, name);
        seen |= HIGH;
      }
      case "l" -> {
        low = WireNumbers.real(parser, token, name);
        seen |= LOW;
      }
      case "c" -> {
        close = WireNumbers.real(parser, token, name);
        seen |= CLOSE;
      }
      case "t" -> {
        start = WireNumbers.whole(parser, token, name);
        seen |= TIME;
      }
      case "v" -> {
        volume = WireNumbers.real(parser, token, name);
        seen |= VOLUME;
      }
      case "vw" -> vwap = WireNumbers.real(parser, token, name);
      case "n" -> transactions = count(WireNumbers.whole(parser, token, name));
      default -> parser.skipChildren();
    }
  }

  private void left(int index, String reason) {
    boolean timed = problem != null && (seen & TIME) != 0;
    holes.add(new Hole(index, columns.size(), timed ? start : UNKNOWN, reason));
    problem = null;
  }

  private void requireOrder() {
    if (start <= previous && disorder == null) {
      disorder =
          "bar %d of %s starts at %s, not after the one before (%s)"
              .formatted(
                  columns.size() + holes.size() + 1,
                  ticker,
                  Instant.ofEpochMilli(start),
                  Instant.ofEpochMilli(previous));
    }
    previous = start;
  }

  private static long count(long transactions) {
    if (transactions < 0) {
      throw new BadData("'n' is %d, not a count".formatted(transactions));
    }
    return transactions;
  }
}
