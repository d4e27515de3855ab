package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.BarsBuilder;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.PolygonException.BadData;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.Timeframe;
import java.time.Instant;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Decodes one page of aggregates straight into columns. Knows no socket. Unknown members and absent
 * {@code vw}, {@code n}, {@code otc} are fine; a bar without price, volume or time is {@link
 * BadData} naming ticker and row, since a hole must never pass for a quiet minute.
 */
final class WireBars implements Requests.Reading<Bars> {
  private static final int OPEN = 1;
  private static final int HIGH = 1 << 1;
  private static final int LOW = 1 << 2;
  private static final int CLOSE = 1 << 3;
  private static final int TIME = 1 << 4;
  private static final int VOLUME = 1 << 5;
  private static final String[] NAMES = {"o", "h", "l", "c", "t", "v"};

  private final Ticker ticker;
  private final int required;
  private final BarsBuilder columns;
  private long previous = Long.MIN_VALUE;

  WireBars(Ticker ticker, Timeframe timeframe) {
    this.ticker = ticker;
    this.columns = Bars.builder(ticker, timeframe);
    // Indices are not traded, so their bars have no volume.
    this.required =
        OPEN | HIGH | LOW | CLOSE | TIME | (ticker.market() == Market.INDICES ? 0 : VOLUME);
  }

  @Override
  public Bars content() {
    return columns.build();
  }

  @Override
  public int read(JsonParser parser) {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw new BadData("results of %s is not a list".formatted(ticker));
    }
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      if (token != JsonToken.START_OBJECT) {
        throw new BadData(row("is not an object"));
      }
      try {
        bar(parser);
      } catch (BadData e) {
        throw new BadData(row(String.valueOf(e.getMessage())));
      }
    }
    return columns.size();
  }

  private void bar(JsonParser parser) {
    double open = 0;
    double high = 0;
    double low = 0;
    double close = 0;
    double volume = 0;
    double vwap = Double.NaN;
    long transactions = -1;
    long start = 0;
    int seen = 0;
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      JsonToken token = parser.nextToken();
      if (token == JsonToken.VALUE_NULL) {
        continue;
      }
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
    require(seen);
    requireOrder(start);
    columns.add(start, open, high, low, close, volume, vwap, transactions);
  }

  private void require(int seen) {
    int missing = required & ~seen;
    if (missing != 0) {
      throw new BadData("has no '%s'".formatted(NAMES[Integer.numberOfTrailingZeros(missing)]));
    }
  }

  private void requireOrder(long start) {
    if (start <= previous) {
      throw new BadData(
          "starts at %s, not after the row before (%s)"
              .formatted(Instant.ofEpochMilli(start), Instant.ofEpochMilli(previous)));
    }
    previous = start;
  }

  private static long count(long transactions) {
    if (transactions < 0) {
      throw new BadData("'n' is %d, not a count".formatted(transactions));
    }
    return transactions;
  }

  private String row(String problem) {
    return "bar %d of %s: %s".formatted(columns.size() + 1, ticker, problem);
  }
}
