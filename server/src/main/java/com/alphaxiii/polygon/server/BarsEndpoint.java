package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.calendar.MarketCalendar;
import com.alphaxiii.polygon.calendar.SessionBars;
import com.alphaxiii.polygon.core.BarAnswer;
import com.alphaxiii.polygon.core.BarRequest;
import com.alphaxiii.polygon.core.BarSource;
import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.Session;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Bars: of one symbol by a body or an address, or of many. */
final class BarsEndpoint {
  private static final int LONGEST_CLOSURE_DAYS = 14;
  private static final Set<String> FORMAT = Set.of("format");

  private final BarSource source;
  private final Consumer<BarAnswer.Source> answered;
  private final MarketCalendar calendar;
  private final SessionBars sessions;
  private final InstantSource clock;
  private final RecentBars recent;
  private final KeptBodies<BarsReply.Key> kept = KeptBodies.ofHeap();

  /**
   * Bars of a source.
   *
   * @param answered is told where each answer came from
   */
  BarsEndpoint(
      BarSource source,
      MarketCalendar calendar,
      InstantSource clock,
      Consumer<BarAnswer.Source> answered) {
    this.clock = clock;
    this.recent = new RecentBars(clock);
    this.source = source;
    this.answered = answered;
    this.calendar = calendar;
    this.sessions = new SessionBars(source, calendar);
  }

  /** {@code POST /api/v1/bars}. */
  Answer post(Call call) {
    BarsQuery query = BarsQuery.parse(call.body());
    RequestFields fields = call.fields(FORMAT);
    Optional<Format> format = fields.optional("format", Format::parse);
    fields.check();
    Format chosen = Format.choose(format, call.preferences().accept());
    return answer(new RecentBars.Question(query, chosen, false), reply -> reply.as(chosen));
  }

  /** {@code GET /api/v1/bars/{symbol}}: the same, for what can only name an address. */
  Answer get(Call call) {
    RequestFields fields = call.fields(BarsQuery.fieldsAnd("format"));
    Optional<Format> format = fields.optional("format", Format::parse);
    BarsQuery query = BarsQuery.parse(fields);
    Format chosen = Format.choose(format, call.preferences().accept());
    Answer answer =
        answer(new RecentBars.Question(query, chosen, true), reply -> reply.tagged(chosen));
    return BarsReply.unlessKnown(answer, call.preferences().ifNoneMatch());
  }

  private Answer answer(RecentBars.Question question, Function<BarsReply, Answer> form) {
    BarsQuery query = question.query();
    boolean cached = query.request().useCache();
    Answer last = cached ? recent.find(question) : null;
    if (last != null) {
      answered.accept(BarAnswer.Source.CACHE);
      return last;
    }
    Instant begun = clock.instant();
    BarsReply reply = reply(query);
    Answer answer = form.apply(reply);
    if (cached && reply.answer().cached()) {
      recent.give(question, begun, answer);
    }
    return answer;
  }

  /** What answers one question. */
  BarsReply reply(BarsQuery query) {
    SessionBars.Selection found = find(query.request(), query.session());
    BarAnswer answer = found.answer();
    answered.accept(answer.source());
    Bars bars = limited(query, found.bars());
    String explanation = bars.isEmpty() ? explain(query, answer.bars()) : null;
    return new BarsReply(query, found.bars(), bars, answer, explanation, kept);
  }

  private SessionBars.Selection find(BarRequest request, @Nullable Session session) {
    if (session != null) {
      return sessions.bars(request, session);
    }
    BarAnswer answer = source.bars(request);
    return new SessionBars.Selection(answer, answer.bars());
  }

  private static Bars limited(BarsQuery query, Bars bars) {
    int size = Math.min(query.limit(), bars.size());
    return query.descending() ? bars.slice(bars.size() - size, bars.size()) : bars.slice(0, size);
  }

  private String explain(BarsQuery query, Bars fetched) {
    BarRequest request = query.request();
    @Nullable Session session = query.session();
    if (session != null && !fetched.isEmpty()) {
      return "%s has %s bars in this range, but none in the %s session"
          .formatted(request.ticker(), fetched.timeframe(), session);
    }
    LocalDate first = day(request.range().start());
    LocalDate last = day(request.range().end().minusMillis(1));
    if (request.ticker().market() == Market.STOCKS && closed(first, last)) {
      return "The market was closed from %s to %s".formatted(first, last);
    }
    return "No %s bars of %s from %s to %s: either there is no such symbol, or it did not trade then"
        .formatted(request.timeframe(), request.ticker(), query.startText(), query.endText());
  }

  /** The market never closes for longer than a few days, so only short ranges need looking at. */
  private boolean closed(LocalDate first, LocalDate last) {
    return !last.isAfter(first.plusDays(LONGEST_CLOSURE_DAYS))
        && calendar.tradingDays(first, last).isEmpty();
  }

  private static LocalDate day(Instant at) {
    return LocalDate.ofInstant(at, Market.NEW_YORK);
  }
}
