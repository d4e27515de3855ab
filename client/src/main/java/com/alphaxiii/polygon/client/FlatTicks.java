package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Quote;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.Trade;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The trades or quotes of a flat file, ticker after ticker as they lie there; one tick is in memory
 * at a time. Not for use by several threads.
 */
public final class FlatTicks<T> implements AutoCloseable {
  private static final String SIP_TIME = "sip_timestamp";
  private static final String PARTICIPANT_TIME = "participant_timestamp";

  private final FlatFile file;
  private final FlatLines lines;
  private final BiFunction<FlatLines, Ticker, T> decoder;
  private final int ticker;

  private byte[] symbol = new byte[0];

  /** Whether the line that the reader stands on has not been given away. */
  private boolean pending;

  private FlatTicks(
      FlatFile file, FlatLines lines, Function<FlatLines, BiFunction<FlatLines, Ticker, T>> form) {
    this.file = file;
    this.lines = lines;
    this.ticker = lines.column("ticker");
    Market market = file.dataset().market();
    if (market == Market.STOCKS || market == Market.OPTIONS) {
      lines.column(SIP_TIME);
      if (file.dataset().type().startsWith("quotes")) {
        lines.column("bid_size");
        lines.column("ask_size");
      }
    }
    this.decoder = form.apply(lines);
    this.pending = lines.next();
  }

  /** Begins to read a file of trades. */
  public static FlatTicks<Trade> trades(FlatFileStore.Local local) {
    return open(local, FlatTicks::tradeForm);
  }

  /** Begins to read a file of quotes. */
  public static FlatTicks<Quote> quotes(FlatFileStore.Local local) {
    return open(local, FlatTicks::quoteForm);
  }

  private static <T> FlatTicks<T> open(
      FlatFileStore.Local local, Function<FlatLines, BiFunction<FlatLines, Ticker, T>> form) {
    FlatLines lines = FlatLines.open(local);
    try {
      return new FlatTicks<>(local.file(), lines, form);
    } catch (RuntimeException e) {
      close(local.file(), lines);
      throw e;
    }
  }

  private static BiFunction<FlatLines, Ticker, Trade> tradeForm(FlatLines header) {
    int price = header.column("price");
    int size = header.column("size");
    int time = sipTime(header);
    int exchange = header.column("exchange");
    int conditions = header.columnOrNone("conditions");
    int participant = header.columnOrNone(PARTICIPANT_TIME);
    int id = header.columnOrNone("id");
    int tape = header.columnOrNone("tape");
    int sequence = header.columnOrNone("sequence_number");
    int trf = header.columnOrNone("trf_id");
    int trfTime = header.columnOrNone("trf_timestamp");
    int correction = header.columnOrNone("correction");
    return (line, asked) ->
        new Trade(
            asked,
            line.number(price),
            line.numberOrZero(size),
            line.conditions(conditions),
            line.wholeOrZero(time),
            line.wholeOrZero(participant),
            line.codeOrZero(exchange),
            id < 0 ? "" : line.text(id),
            line.codeOrZero(tape),
            line.wholeOrZero(sequence),
            line.codeOrZero(trf),
            line.wholeOrZero(trfTime),
            line.codeOrZero(correction));
  }

  /** Of currencies and coins there is only the time of the exchange; then it is none. */
  private static int sipTime(FlatLines header) {
    int time = header.columnOrNone(SIP_TIME);
    if (time < 0) {
      header.column(PARTICIPANT_TIME);
    }
    return time;
  }

  private static BiFunction<FlatLines, Ticker, Quote> quoteForm(FlatLines header) {
    int bidExchange = header.column("bid_exchange");
    int bidPrice = header.column("bid_price");
    int bidSize = header.columnOrNone("bid_size");
    int askExchange = header.column("ask_exchange");
    int askPrice = header.column("ask_price");
    int askSize = header.columnOrNone("ask_size");
    int time = sipTime(header);
    int conditions = header.columnOrNone("conditions");
    int indicators = header.columnOrNone("indicators");
    int participant = header.columnOrNone(PARTICIPANT_TIME);
    int tape = header.columnOrNone("tape");
    int sequence = header.columnOrNone("sequence_number");
    int trfTime = header.columnOrNone("trf_timestamp");
    return (line, asked) ->
        new Quote(
            asked,
            line.codeOrZero(bidExchange),
            line.numberOrZero(bidPrice),
            line.numberOrZero(bidSize),
            line.codeOrZero(askExchange),
            line.numberOrZero(askPrice),
            line.numberOrZero(askSize),
            line.conditions(conditions),
            line.conditions(indicators),
            line.wholeOrZero(time),
            line.wholeOrZero(participant),
            line.codeOrZero(tape),
            line.wholeOrZero(sequence),
            line.wholeOrZero(trfTime));
  }

  /**
   * Reads all of a file, so that it is known to be whole, well formed and in order: each ticker's
   * rows together and by time.
   *
   * @return how many rows there are
   * @throws PolygonException.BadData when it is not, with the line
   */
  public static long check(FlatFileStore.Local local) {
    boolean trades = local.file().dataset().type().startsWith("trades");
    try (FlatTicks<?> ticks = trades ? trades(local) : quotes(local)) {
      Set<Ticker> seen = new HashSet<>();
      int sip = sipTime(ticks.lines);
      int time = sip < 0 ? ticks.lines.column(PARTICIPANT_TIME) : sip;
      long rows = 0;
      while (ticks.next()) {
        if (!seen.add(ticks.ticker())) {
          throw ticks.lines.bad("the rows of %s lie in two places".formatted(ticks.ticker()));
        }
        long before = 0;
        for (Iterator<?> of = ticks.ticks(); of.hasNext(); of.next()) {
          long at = ticks.lines.whole(time);
          if (at < before) {
            throw ticks.lines.bad("%s goes back in time".formatted(ticks.ticker()));
          }
          if (!ticks.isOfDay(at)) {
            throw ticks.lines.bad("time %d is not of %s".formatted(at, local.file().day()));
          }
          before = at;
          rows++;
        }
      }
      return rows;
    }
  }

  private boolean isOfDay(long nanos) {
    Instant at = Instant.ofEpochSecond(0, nanos);
    return LocalDate.ofInstant(at, file.dataset().market().zone()).equals(file.day());
  }

  /**
   * Moves to the next ticker; false when there is none. The ticks of the one before are used up.
   */
  public boolean next() {
    if (pending) {
      symbol = lines.bytes(ticker);
    }
    return pending;
  }

  /** The ticker that {@link #next} moved to. */
  public Ticker ticker() {
    try {
      String name = new String(symbol, StandardCharsets.UTF_8);
      Market market = file.dataset().market();
      // As the rest of the vendor spells it: files have a dash within pairs, X:BTC-USD.
      return Ticker.of(
          market == Market.CRYPTO || market == Market.FOREX ? name.replace("-", "") : name);
    } catch (PolygonException.InvalidRequest e) {
      throw lines.bad(String.valueOf(e.getMessage()));
    }
  }

  /** The ticks of the ticker, which must all be taken before the next one. */
  public Iterator<T> ticks() {
    Ticker of = ticker();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return pending && lines.is(ticker, symbol);
      }

      @Override
      public T next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        T tick = decoder.apply(lines, of);
        pending = lines.next();
        return tick;
      }
    };
  }

  private static void close(FlatFile file, FlatLines lines) {
    try {
      lines.close();
    } catch (IOException e) {
      throw new PolygonException.StorageFailure(
          "%s cannot be read (%s): see that the disk is well".formatted(file, e), e);
    }
  }

  @Override
  public void close() {
    close(file, lines);
  }
}
