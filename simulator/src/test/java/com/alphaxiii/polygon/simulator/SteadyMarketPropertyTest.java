package com.alphaxiii.polygon.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** Laws of the markets that are functions of the minute. */
class SteadyMarketPropertyTest {
  private static final Instant NOW = Instant.parse("2024-01-26T17:30:00Z");
  private static final long DAY = Instant.parse("2024-01-25T00:00:00Z").getEpochSecond();
  private static final long NANOS = 1_000_000_000L;
  private static final List<String> TICKERS =
      List.of("X:BTCUSD", "C:USDJPY", "I:VIX", "ZNH4", "X:ETHBTC", "C:GBPCAD");

  private final SteadyMarket market = new SteadyMarket(1, () -> NOW, Long.MAX_VALUE, 1);

  @Property(tries = 60)
  void playsAPartAsItPlaysTheWhole(
      @ForAll @IntRange(max = 5) int which,
      @ForAll @LongRange(max = 86_399) long one,
      @ForAll @LongRange(max = 86_399) long other) {
    Instrument instrument = market.find(TICKERS.get(which)).orElseThrow();
    long from = (DAY + Math.min(one, other)) * NANOS;
    long to = (DAY + Math.max(one, other)) * NANOS;
    List<TradeTick> whole = market.ticks(instrument, DAY * NANOS, (DAY + 86_400) * NANOS);
    assertThat(whole).isNotEmpty();
    assertThat(market.ticks(instrument, from, to))
        .isEqualTo(whole.stream().filter(t -> t.sipTime() >= from && t.sipTime() <= to).toList());
  }

  @Property(tries = 30)
  void ordersTicksAndKeepsThemOnTheGridAndInTheirHours(
      @ForAll @IntRange(max = 5) int which, @ForAll @IntRange(max = 200) int back) {
    Instrument instrument = market.find(TICKERS.get(which)).orElseThrow();
    LocalDate day = LocalDate.of(2024, 1, 25).minusDays(back);
    Hours.Span span = SteadyMarket.dayOf(instrument, day);
    List<TradeTick> ticks =
        market.ticks(instrument, span.start() * 1_000_000, span.end() * 1_000_000 - 1);
    List<Hours.Span> open = Hours.of(instrument.market(), day);
    assertThat(ticks.isEmpty()).isEqualTo(open.isEmpty());
    assertThat(ticks)
        .isSortedAccordingTo((a, b) -> Long.compare(a.sipTime(), b.sipTime()))
        .allMatch(
            t ->
                open.stream()
                    .anyMatch(
                        o ->
                            t.sipTime() >= o.start() * 1_000_000
                                && t.sipTime() < o.end() * 1_000_000))
        .allMatch(t -> Math.abs(t.price() / instrument.tick() % 1 - 0.5) > 0.499)
        .allMatch(t -> t.size() > 0 && t.price() > 0);
    for (int i = 1; i < ticks.size(); i++) {
      boolean sameDay = dayOf(instrument, ticks.get(i)).equals(dayOf(instrument, ticks.get(i - 1)));
      assertThat(!sameDay || ticks.get(i).sequence() > ticks.get(i - 1).sequence()).isTrue();
    }
    for (TradeTick tick : ticks.subList(0, Math.min(50, ticks.size()))) {
      QuoteTick quote = SteadyMarket.quote(instrument, tick);
      assertThat(quote.bidPrice()).isLessThan(quote.askPrice()).isPositive();
      assertThat(tick.price()).isBetween(quote.bidPrice(), quote.askPrice());
    }
  }

  private static LocalDate dayOf(Instrument instrument, TradeTick tick) {
    return Hours.dayOf(instrument.market(), tick.sipTime() / 1_000_000);
  }

  @Property(tries = 200)
  void readsTheTickersOfOptionsThatItWrites(
      @ForAll @IntRange(min = 1, max = 99_999_999) int mills,
      @ForAll @IntRange(max = 7_000) int day,
      @ForAll boolean call) {
    OptionContract contract =
        OptionContract.of("AAPL", LocalDate.of(2014, 6, 2).plusDays(day), call, mills / 1000.0);
    assertThat(contract.ticker()).matches("O:AAPL\\d{6}[CP]\\d{8}");
    assertThat(OptionContract.parse(contract.ticker())).contains(contract);
  }
}
