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
final class BarsEndpoint implements AutoCloseable {
  private static final int LONGEST_CLOSURE_DAYS = 14;
  private static final Set<String> FORMAT = Set.of("format");
  private static final Set<String> GET_FIELDS = BarsQuery.fieldsAnd("format");

  /** Bytes of a body that is read on an event loop: more than any question needs. */
  private static final int MOST_READ_AT_ONCE = 4 * 1024;

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
    RecentBars.Question question = posted(call);
    return answer(question, reply -> reply.as(question.format()));
  }

  /** {@code GET /api/v1/bars/{symbol}}: the same, for what can only name an address. */
  Answer get(Call call) {
    RecentBars.Question question = gotten(call);
    Answer answer = answer(question, reply -> reply.tagged(question.format()));
    return BarsReply.unlessKnown(answer, call.preferences().ifNoneMatch());
  }

  /** What {@link #post} would answer, if that was given just now. */
  @Nullable Answer readyToPost(Call call) {
    return call.content().length > MOST_READ_AT_ONCE ? null : ready(call, BarsEndpoint::posted);
  }

  /** What {@link #get} would answer, if that was given just now. */
  @Nullable Answer readyToGet(Call call) {
    // A tag is compared by the work itself.
    return call.preferences().ifNoneMatch() == null ? ready(call, BarsEndpoint::gotten) : null;
  }

  private @Nullable Answer ready(Call call, Function<Call, RecentBars.Question> read) {
    if (recent.isEmpty()) {
      return null;
    }
    RecentBars.Question question;
    try {
      question = read.apply(call);
    } catch (RuntimeException e) {
      // Told by the work itself.
      return null;
    }
    return question.query().request().useCache() ? recent.find(question) : null;
  }

  private static RecentBars.Question posted(Call call) {
    BarsQuery query = BarsQuery.parse(call.body());
    RequestFields fields = call.fields(FORMAT);
    Optional<Format> format = fields.optional("format", Format::parse);
    fields.check();
    return new RecentBars.Question(
        query, Format.choose(format, call.preferences().accept()), false);
  }

  private static RecentBars.Question gotten(Call call) {
    RequestFields fields = call.fields(GET_FIELDS);
    Optional<Format> format = fields.optional("format", Format::parse);
    BarsQuery query = BarsQuery.parse(fields);
    return new RecentBars.Question(query, Format.choose(format, call.preferences().accept()), true);
  }

  private Answer answer(RecentBars.Question question, Function<BarsReply, Answer> form) {
    BarRequest request = question.query().request();
    Answer last = request.useCache() ? recent.findOrLook(question) : null;
    if (last != null) {
      answered.accept(BarAnswer.Source.CACHE);
      return last;
    }
    Instant begun = clock.instant();
    BarsReply reply = reply(question.query());
    Answer answer = form.apply(reply);
    if (!request.useCache()) {
      recent.forget(request.ticker());
    } else if (reply.answer().cached()) {
      recent.give(question, begun, answer);
    }
    return answer;
  }

  /** Lets go what it keeps. */
  @Override
  public void close() {
    kept.close();
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
