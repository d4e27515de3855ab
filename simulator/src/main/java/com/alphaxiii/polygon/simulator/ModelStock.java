package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.Dividend;
import com.alphaxiii.polygon.core.Split;
import com.alphaxiii.polygon.core.Ticker;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One modelled stock: its seeded daily walk, its splits and dividends. The walk fixes where each
 * day opens and closes; the day's trades are drawn between those anchors, so that any day can be
 * made without the days before it.
 */
final class ModelStock {
  private static final LocalDate REFERENCE = LocalDate.of(2024, 1, 26);
  private static final double DRIFT = 0.0002;
  private static final Map<String, List<Split>> KNOWN_SPLITS = knownSplits();

  private final Company company;
  private final long seed;
  private final ModelCalendar calendar;
  private final double volatility;
  private final double[] close;
  private final List<Split> splits;
  private final List<Dividend> dividends;

  ModelStock(Company company, long seed, ModelCalendar calendar) {
    this.company = company;
    this.seed = Mix.hash(seed, company.character());
    this.calendar = calendar;
    var random = new Mix(this.seed);
    this.volatility = 0.009 + 0.012 * random.uniform();
    this.splits = splits(company.symbol(), random);
    this.close = walk(random);
    this.dividends = random.below(2) == 0 ? List.of() : quarterly();
  }

  private static Map<String, List<Split>> knownSplits() {
    var all = new HashMap<String, List<Split>>();
    CsvFile.readResource(
        "splits.csv",
        row ->
            all.computeIfAbsent(row.text("ticker"), t -> new ArrayList<>())
                .add(
                    new Split(
                        Ticker.of(row.text("ticker")),
                        LocalDate.parse(row.text("execution_date")),
                        row.number("split_from"),
                        row.number("split_to"))));
    all.values().forEach(list -> list.sort(Comparator.comparing(Split::executionDate)));
    return all;
  }

  /** The splits that history knows; of a company in no list, one in four has a split of its own. */
  private List<Split> splits(String symbol, Mix random) {
    int kind = random.below(20);
    int day = 250 + random.below(4_500);
    if (Company.find(symbol).isPresent()) {
      return KNOWN_SPLITS.getOrDefault(symbol, List.of());
    }
    LocalDate date = calendar.day(Math.min(day, calendar.size() - 1)).date();
    Ticker ticker = Ticker.of(symbol);
    return switch (kind) {
      case 0, 1 -> List.of(new Split(ticker, date, 1, 2));
      case 2 -> List.of(new Split(ticker, date, 2, 3));
      case 3 -> List.of(new Split(ticker, date, 1, 4));
      case 4 -> List.of(new Split(ticker, date, 10, 1));
      default -> List.of();
    };
  }

  /** Raw closes of all trading days. */
  private double[] walk(Mix random) {
    double[] sum = new double[calendar.size()];
    double at = 0;
    for (int i = 0; i < sum.length; i++) {
      at += DRIFT + volatility * random.normal();
      sum[i] = at;
    }
    double reference = sum[Math.min(calendar.indexFrom(REFERENCE), sum.length - 1)];
    var ratios = new Splits(splits, LocalDate.MAX);
    double[] raw = new double[sum.length];
    for (int i = 0; i < raw.length; i++) {
      long start = Days.startOf(calendar.day(i).date());
      double price = company.price() * Math.exp(sum[i] - reference) * ratios.ratioAt(start);
      raw[i] = cents(Math.max(1, price));
    }
    return raw;
  }

  private List<Dividend> quarterly() {
    var all = new ArrayList<Dividend>();
    for (int i = 1; i < close.length; i++) {
      LocalDate date = calendar.day(i).date();
      LocalDate tenth = date.withDayOfMonth(10);
      boolean first = !date.isBefore(tenth) && calendar.day(i - 1).date().isBefore(tenth);
      if (first && date.getMonthValue() % 3 == 2 && company.tradesOn(date)) {
        double cash = cents(close[i - 1] * 0.004);
        if (cash > 0) {
          all.add(new Dividend(Ticker.of(company.symbol()), date, cash, "USD"));
        }
      }
    }
    return List.copyOf(all);
  }

  static double cents(double price) {
    return Math.round(price * 100) / 100.0;
  }

  Company company() {
    return company;
  }

  /** A seed of this stock and one day. */
  long seedOf(LocalDate day) {
    return Mix.mix(seed ^ day.toEpochDay());
  }

  /** Standard deviation of a day's return. */
  double volatility() {
    return volatility;
  }

  /** Where the day of that number closes, raw. */
  double close(int index) {
    return close[index];
  }

  /** The close before the day of that number, in that day's split terms. */
  double previousClose(int index) {
    if (index == 0) {
      return close[0];
    }
    LocalDate day = calendar.day(index).date();
    double price = close[index - 1];
    for (Split split : splits) {
      if (split.executionDate().isAfter(calendar.day(index - 1).date())
          && !split.executionDate().isAfter(day)) {
        price = price * split.from() / split.to();
      }
    }
    return Math.max(0.5, cents(price));
  }

  List<Split> splits() {
    return splits.stream().filter(s -> company.tradesOn(s.executionDate())).toList();
  }

  List<Dividend> dividends() {
    return dividends;
  }
}
