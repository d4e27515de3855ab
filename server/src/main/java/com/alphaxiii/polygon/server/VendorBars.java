package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.Adjustment;
import com.alphaxiii.polygon.core.BarAnswer;
import com.alphaxiii.polygon.core.BarRequest;
import com.alphaxiii.polygon.core.BarSource;
import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.TimeRange;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Bars out of the cache in the vendor's own form. Its {@code limit} counts the stored bars that a
 * page is made of, in the order asked for; a window that the limit cuts is left to the next page,
 * unless it is the page's first.
 */
final class VendorBars {
  private static final int BLOCK = 64 * 1024;
  private static final int LONGEST_ROW = 512;

  private final BarSource source;
  private final Consumer<BarAnswer.Source> answered;

  VendorBars(BarSource source, Consumer<BarAnswer.Source> answered) {
    this.source = source;
    this.answered = answered;
  }

  /**
   * A page.
   *
   * @param scanned stored bars that it took
   * @param next the moving end of the next page's range, Unix ms; empty on the last
   */
  private record Page(Bars bars, int scanned, Optional<Long> next) {}

  /** Answers a question; links in the answer begin with {@code origin}. */
  Answer answer(VendorBarsQuery query, String requestId, String origin) {
    Page page = page(query);
    return new Answer(
        200, Answer.JSON, Map.of(), out -> write(out, query, page, requestId, origin));
  }

  private Page page(VendorBarsQuery query) {
    Bars scanned = scan(query);
    int size = scanned.size();
    if (size <= query.limit()) {
      return new Page(scanned.resample(query.timeframe()), size, Optional.empty());
    }
    return query.descending() ? newest(query, scanned) : oldest(query, scanned);
  }

  private static Page oldest(VendorBarsQuery query, Bars scanned) {
    long cut = query.windowStart(scanned.start(query.limit()));
    boolean first = cut == query.windowStart(scanned.start(0));
    int end = scanned.indexAtOrAfter(first ? query.windowEnd(cut) : cut);
    Optional<Long> next =
        end < scanned.size()
            ? Optional.of(query.windowStart(scanned.start(end)))
            : Optional.empty();
    return new Page(
        scanned.slice(0, end).resample(query.timeframe()), Math.max(query.limit(), end), next);
  }

  private static Page newest(VendorBarsQuery query, Bars scanned) {
    int size = scanned.size();
    long cut = query.windowStart(scanned.start(size - query.limit() - 1));
    boolean first = cut == query.windowStart(scanned.start(size - 1));
    int begin = scanned.indexAtOrAfter(first ? cut : query.windowEnd(cut));
    Optional<Long> next =
        begin > 0
            ? Optional.of(query.windowEnd(query.windowStart(scanned.start(begin - 1))) - 1)
            : Optional.empty();
    return new Page(
        scanned.slice(begin, size).resample(query.timeframe()),
        Math.max(query.limit(), size - begin),
        next);
  }

  /** Stored bars from one end of the range on, until there are more than the limit. */
  private Bars scan(VendorBarsQuery query) {
    List<Bars> parts = new ArrayList<>();
    int count = 0;
    TimeRange rest = query.range();
    while (!rest.isEmpty() && count <= query.limit()) {
      TimeRange piece = piece(query, rest);
      BarAnswer answer =
          source.bars(
              new BarRequest(
                  query.ticker(),
                  query.base(),
                  piece,
                  query.adjusted() ? Adjustment.SPLIT : Adjustment.NONE,
                  null,
                  true));
      answered.accept(answer.source());
      count += answer.bars().size();
      parts.add(query.descending() ? 0 : parts.size(), answer.bars());
      rest =
          query.descending()
              ? TimeRange.of(rest.start(), piece.start())
              : TimeRange.of(piece.end(), rest.end());
    }
    return Bars.concat(query.ticker(), query.base(), parts);
  }

  /**
   * As much as is likely to fill a page, so that ten years are not read for five thousand bars; it
   * ends with a whole window.
   */
  private static TimeRange piece(VendorBarsQuery query, TimeRange rest) {
    if (!query.base().timespan().isIntraday()) {
      return rest;
    }
    long bar = query.base().timespan().millis();
    long hours = 24L + 4 * query.limit() * bar / Duration.ofHours(1).toMillis();
    if (query.descending()) {
      long start = rest.end().minus(Duration.ofHours(hours)).toEpochMilli();
      Instant whole = Instant.ofEpochMilli(query.windowStart(start));
      return TimeRange.of(whole.isBefore(rest.start()) ? rest.start() : whole, rest.end());
    }
    long end = rest.start().plus(Duration.ofHours(hours)).toEpochMilli();
    Instant whole = Instant.ofEpochMilli(query.windowStart(end));
    return TimeRange.of(rest.start(), whole.isAfter(rest.end()) ? rest.end() : whole);
  }

  private static void write(
      OutputStream out, VendorBarsQuery query, Page page, String requestId, String origin)
      throws IOException {
    Bars bars = page.bars();
    int size = bars.size();
    boolean traded = query.ticker().market() != Market.INDICES;
    JsonBytes json = new JsonBytes(BLOCK + LONGEST_ROW);
    name(json.raw('{'), "ticker").text(query.ticker().symbol());
    name(json.raw(','), "queryCount").integer(page.scanned());
    name(json.raw(','), "resultsCount").integer(size);
    if (traded) {
      name(json.raw(','), "adjusted").raw(JsonBytes.ascii(Boolean.toString(query.adjusted())));
    }
    if (size > 0) {
      name(json.raw(','), "results").raw('[');
      for (int i = 0; i < size; i++) {
        if (i > 0) {
          json.raw(',');
        }
        bar(json, traded, bars, query.descending() ? size - 1 - i : i);
        if (json.size() >= BLOCK) {
          json.drainTo(out);
        }
      }
      json.raw(']');
    }
    name(json.raw(','), "status").text("OK");
    name(json.raw(','), "request_id").text(requestId);
    if (size > 0) {
      name(json.raw(','), "count").integer(size);
    }
    if (page.next().isPresent()) {
      name(json.raw(','), "next_url").text(origin + query.following(page.next().get()));
    }
    json.raw('}').drainTo(out);
  }

  private static void bar(JsonBytes json, boolean traded, Bars bars, int i) {
    json.raw('{');
    if (traded) {
      name(json, "v").number(bars.volume(i)).raw(',');
      if (!Double.isNaN(bars.vwap(i))) {
        name(json, "vw").number(bars.vwap(i)).raw(',');
      }
    }
    name(json, "o").number(bars.open(i));
    name(json.raw(','), "c").number(bars.close(i));
    name(json.raw(','), "h").number(bars.high(i));
    name(json.raw(','), "l").number(bars.low(i));
    name(json.raw(','), "t").integer(bars.start(i));
    if (traded && bars.transactions(i) >= 0) {
      name(json.raw(','), "n").integer(bars.transactions(i));
    }
    json.raw('}');
  }

  private static JsonBytes name(JsonBytes json, String name) {
    return json.text(name).raw(':');
  }
}
