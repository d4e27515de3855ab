package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.client.WireFields.Field;
import com.alphaxiii.polygon.core.Aggregate;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Quote;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TickerEvent;
import com.alphaxiii.polygon.core.Timespan;
import com.alphaxiii.polygon.core.Trade;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads the JSON of the stocks stream: trades (T), quotes (Q), second and minute aggregates (A,
 * AM), and status. Events of other kinds are passed over. Fields that the vendor leaves out when
 * they are zero or empty read as zero or empty; ticker, price and time must be there.
 *
 * <p>The stream stamps trades and quotes in milliseconds; the values hold nanoseconds, so here the
 * last six digits are zero. Aggregates keep their milliseconds. Decimal sizes and volumes ({@code
 * ds}, {@code dv}, {@code dav}) win over the whole ones beside them.
 *
 * <p>An event whose fields make no sense costs only itself. After an event that is not even JSON,
 * reading goes on at the next thing that looks like the beginning of one.
 */
final class WireEvents implements EventDecoder {
  /** More tickers than any market has, options apart. */
  private static final int TICKERS = 1 << 17;

  /** Broken JSON in one message after which the rest of it is given up, so that it cannot stall. */
  private static final int REPAIRS = 256;

  /** The last millisecond whose nanoseconds fit 64 bits: in the year 2262. */
  private static final long LAST_MILLISECOND = Long.MAX_VALUE / 1_000_000;

  private final JsonFactory json =
      JsonFactory.builder()
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
          .build();
  private final WireFields fields = new WireFields();
  private final TickerCache tickers = new TickerCache(TICKERS);
  private final ConditionsCache conditions = new ConditionsCache();

  @Override
  public void decode(byte[] bytes, int offset, int length, Output output) {
    int end = offset + length;
    int done = offset;
    try (JsonParser parser = json.createParser(ObjectReadContext.empty(), bytes, offset, length)) {
      JsonToken first = parser.nextToken();
      if (first == JsonToken.START_OBJECT) {
        fields.read(parser);
        tell(output);
        return;
      }
      if (first != JsonToken.START_ARRAY) {
        output.malformed("a message is neither an array nor an event");
        return;
      }
      for (JsonToken token = parser.nextToken();
          token != JsonToken.END_ARRAY;
          token = parser.nextToken()) {
        if (token == JsonToken.START_OBJECT) {
          fields.read(parser);
          tell(output);
        } else {
          parser.skipChildren();
          output.malformed("an element of a message is not an event");
        }
        done = position(parser, offset);
      }
    } catch (JacksonException e) {
      output.malformed(reason(e));
      repair(bytes, done, end, output);
    }
  }

  /** Reads on behind an event that is not JSON; {@code done} is where the last good one ended. */
  private void repair(byte[] bytes, int done, int end, Output output) {
    int start = nextEvent(bytes, Math.min(skipTo(bytes, done, end, '{') + 1, end), end);
    int repairs = 1;
    while (start < end) {
      int next;
      try (JsonParser parser =
          json.createParser(ObjectReadContext.empty(), bytes, start, end - start)) {
        parser.nextToken();
        fields.read(parser);
        tell(output);
        next = position(parser, start);
      } catch (JacksonException e) {
        output.malformed(reason(e));
        repairs++;
        if (repairs > REPAIRS) {
          output.malformed("too much of a message is broken: the rest is given up");
          return;
        }
        next = start + 1;
      }
      start = nextEvent(bytes, next, end);
    }
  }

  /** The next brace that a comma or bracket precedes and a quote follows; {@code end} for none. */
  private static int nextEvent(byte[] bytes, int from, int end) {
    for (int at = skipTo(bytes, from, end, '{'); at < end; at = skipTo(bytes, at + 1, end, '{')) {
      int before = at - 1;
      while (before >= 0 && bytes[before] <= ' ' && bytes[before] >= 0) {
        before--;
      }
      int after = at + 1;
      while (after < end && bytes[after] <= ' ' && bytes[after] >= 0) {
        after++;
      }
      if (before >= 0
          && (bytes[before] == ',' || bytes[before] == '[')
          && after < end
          && bytes[after] == '"') {
        return at;
      }
    }
    return end;
  }

  private static int skipTo(byte[] bytes, int from, int end, char wanted) {
    int at = from;
    while (at < end && bytes[at] != wanted) {
      at++;
    }
    return at;
  }

  /** Where the parser stands in the array; it counts from where its own part begins. */
  private static int position(JsonParser parser, int offset) {
    return offset + (int) parser.currentLocation().getByteOffset();
  }

  private static String reason(JacksonException e) {
    return "not JSON: " + e.getOriginalMessage();
  }

  private void tell(Output output) {
    String kind = "";
    TickerEvent event;
    try {
      kind = fields.text(Field.EV);
      switch (kind) {
        case "T" -> event = trade();
        case "Q" -> event = quote();
        case "A" -> event = aggregate(Timespan.SECOND);
        case "AM" -> event = aggregate(Timespan.MINUTE);
        case "status" -> {
          output.status(fields.text(Field.STATUS), fields.text(Field.MESSAGE));
          return;
        }
        case "" -> throw new MalformedEvent("no 'ev'");
        default -> {
          return;
        }
      }
    } catch (MalformedEvent e) {
      output.malformed(subject(kind) + e.getMessage());
      return;
    }
    output.event(event);
  }

  private String subject(String kind) {
    String symbol;
    try {
      symbol = fields.text(Field.SYM);
    } catch (MalformedEvent e) {
      symbol = "";
    }
    return kind.isEmpty() ? "an event: " : kind + "." + symbol + ": ";
  }

  private Trade trade() {
    return new Trade(
        ticker(),
        fields.number(Field.P),
        fields.number(fields.has(Field.DS) ? Field.DS : Field.S, 0),
        fields.codes(Field.C, conditions),
        nanoseconds(Field.T, fields.whole(Field.T)),
        0,
        fields.small(Field.X),
        fields.text(Field.I),
        fields.small(Field.Z),
        fields.whole(Field.Q, 0),
        fields.small(Field.TRFI),
        nanoseconds(Field.TRFT, fields.whole(Field.TRFT, 0)));
  }

  private Quote quote() {
    return new Quote(
        ticker(),
        fields.small(Field.BX),
        fields.number(Field.BP, 0),
        fields.number(Field.BS, 0),
        fields.small(Field.AX),
        fields.number(Field.AP, 0),
        fields.number(Field.AS, 0),
        fields.codes(Field.C, conditions),
        fields.codes(Field.I, conditions),
        nanoseconds(Field.T, fields.whole(Field.T)),
        0,
        fields.small(Field.Z),
        fields.whole(Field.Q, 0));
  }

  private Aggregate aggregate(Timespan timespan) {
    long start = fields.whole(Field.S);
    return new Aggregate(
        ticker(),
        timespan,
        start,
        fields.whole(Field.E, start + timespan.millis()),
        fields.number(Field.O),
        fields.number(Field.H),
        fields.number(Field.L),
        fields.number(Field.C),
        fields.number(fields.has(Field.DV) ? Field.DV : Field.V, 0),
        fields.number(Field.VW, 0),
        fields.number(fields.has(Field.DAV) ? Field.DAV : Field.AV, 0),
        fields.number(Field.OP, 0),
        fields.number(Field.A, 0),
        fields.number(Field.Z, 0),
        0,
        0,
        fields.flag(Field.OTC));
  }

  private Ticker ticker() {
    String symbol = fields.text(Field.SYM);
    try {
      return tickers.get(symbol);
    } catch (PolygonException.InvalidRequest e) {
      throw new MalformedEvent("'sym' is not a ticker");
    }
  }

  private static long nanoseconds(Field field, long milliseconds) {
    if (milliseconds < 0 || milliseconds > LAST_MILLISECOND) {
      throw new MalformedEvent("'" + field + "' is no time in milliseconds: " + milliseconds);
    }
    return milliseconds * 1_000_000;
  }
}
