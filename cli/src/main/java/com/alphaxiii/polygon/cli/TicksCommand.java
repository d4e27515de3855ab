package com.alphaxiii.polygon.cli;

import com.alphaxiii.polygon.PolygonConfig;
import com.alphaxiii.polygon.PolygonDataManager;
import com.alphaxiii.polygon.core.Conditions;
import com.alphaxiii.polygon.core.Cursor;
import com.alphaxiii.polygon.core.InclusiveRange;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.TickRequest;
import com.alphaxiii.polygon.core.TickSource;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TickerEvent;
import com.alphaxiii.polygon.core.TimeRange;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * What {@code polygon trades} and {@code polygon quotes} share: a line for each tick as it comes,
 * in columns on a terminal, as CSV when piped.
 */
@SuppressWarnings("NullAway.Init")
abstract class TicksCommand<T extends TickerEvent> implements Callable<Integer> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSSSSxxx").withZone(Market.NEW_YORK);

  private final CommandContext context;

  @Mixin private UpstreamOptions upstream;

  @Parameters(arity = "1", paramLabel = "SYMBOL", description = "A ticker such as AAPL.")
  private String symbol;

  @Option(
      names = "--from",
      required = true,
      paramLabel = "TIME",
      description = "First day or time, such as 2024-01-26 or 2024-01-26T09:30:00 (New York).")
  private String from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      description = "Last day or time, included; the day of --from when left out.")
  private @Nullable String to;

  @Option(names = "--limit", paramLabel = "N", description = "At most so many.")
  private long limit = Long.MAX_VALUE;

  @Option(
      names = "--no-cache",
      description = "Ask the vendor for just this range and store nothing.")
  private boolean noCache;

  TicksCommand(CommandContext context) {
    this.context = context;
  }

  /** The columns, the first of which is the time. */
  abstract List<String> header();

  abstract Cursor<T> ticks(TickSource source, TickRequest request);

  /** The cells behind the time. */
  abstract List<String> cells(T tick);

  @Override
  public Integer call() {
    PolygonConfig config = PolygonConfig.from(upstream.settings(context));
    Ticker ticker = Ticker.of(symbol);
    String last = to != null ? to : from.substring(0, Math.min(10, from.length()));
    TimeRange range = InclusiveRange.parse(from, last, ticker.market().zone());
    TickRequest request = new TickRequest(ticker, range, false, !noCache);
    long count = 0;
    try (PolygonDataManager manager =
        PolygonDataManager.open(config, context.clock(), context.nanoClock())) {
      Cursor<T> ticks = ticks(manager.tickSource(), request);
      boolean any = ticks.hasNext();
      if (any) {
        print(header());
      }
      while (count < limit && ticks.hasNext() && !context.out().checkError()) {
        print(row(ticks.next()));
        count++;
      }
      if (ticks.rejectedCount() > 0) {
        context
            .err()
            .println(
                "polygon: %d could not be read and are left out, the first: %s"
                    .formatted(ticks.rejectedCount(), ticks.rejected().getFirst()));
      }
    }
    if (count == 0) {
      context.err().println("polygon: nothing of %s in this range".formatted(ticker));
      return ExitCode.EMPTY;
    }
    return ExitCode.OK;
  }

  private List<String> row(T tick) {
    Instant at = Instant.ofEpochSecond(0, tick.time());
    java.util.ArrayList<String> row = new java.util.ArrayList<>();
    row.add(TIME.format(at));
    row.addAll(cells(tick));
    return row;
  }

  private void print(List<String> cells) {
    if (!context.terminal()) {
      context.out().println(cells.stream().map(TicksCommand::csv).collect(Collectors.joining(",")));
      return;
    }
    StringBuilder line = new StringBuilder("%-36s".formatted(cells.getFirst()));
    cells.stream().skip(1).forEach(cell -> line.append(" %14s".formatted(cell)));
    context.out().println(line);
  }

  private static String csv(String cell) {
    return cell.chars().anyMatch(c -> c == ',' || c == '"' || c <= ' ')
        ? '"' + cell.replace("\"", "\"\"") + '"'
        : cell;
  }

  /** Codes with commas, as in the vendor's flat files. */
  static String codes(Conditions conditions) {
    return IntStream.range(0, conditions.size())
        .mapToObj(i -> Integer.toString(conditions.get(i)))
        .collect(Collectors.joining(","));
  }

  /** A time in Unix ns; empty when it was not sent. */
  static String nanos(long time) {
    return time == 0 ? "" : Long.toString(time);
  }
}
