package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.Conditions;

/** Draws what a modelled trade looks like: size, conditions, exchange. */
final class ModelPrints {
  static final Conditions OPENING = Conditions.of(17);
  static final Conditions CLOSING = Conditions.of(8);

  /** Sold out of sequence: a trade that is reported minutes after it happened. */
  static final Conditions LATE = Conditions.of(32);

  private static final long LEAST_LATE = 60_000_000_000L;
  private static final long LATE_SPAN = 780_000_000_000L;

  private static final Conditions SWEEP = Conditions.of(14, 41);
  private static final Conditions ODD = Conditions.of(TradeRules.ODD_LOT);
  private static final Conditions ODD_SWEEP = Conditions.of(14, TradeRules.ODD_LOT, 41);
  private static final Conditions AVERAGE_PRICE = Conditions.of(2);
  private static final Conditions FORM_T = Conditions.of(TradeRules.EXTENDED_HOURS);
  private static final Conditions FORM_T_ODD =
      Conditions.of(TradeRules.EXTENDED_HOURS, TradeRules.ODD_LOT);
  private static final int[] EXCHANGES = {4, 4, 4, 12, 12, 11, 19, 8, 15, 10, 21, 7, 4, 12, 11, 18};

  private ModelPrints() {}

  /** Shares, drawn from random bits: mostly one round lot, a quarter odd lots, few blocks. */
  static double size(long bits) {
    int kind = (int) (bits & 63);
    int rest = (int) (bits >>> 6 & 0xFFFF);
    if (kind < 34) {
      return 100;
    }
    if (kind < 50) {
      return 1 + rest % 99;
    }
    return kind < 61 ? 200 + rest % 8 * 100 : 1_000 + rest % 41 * 100;
  }

  static Conditions conditions(long bits, double size, boolean extended) {
    boolean odd = size < 100;
    if (extended) {
      return odd ? FORM_T_ODD : FORM_T;
    }
    int kind = (int) (bits >>> 24 & 127);
    if (kind == 0) {
      return AVERAGE_PRICE;
    }
    boolean sweep = kind < 40;
    return odd ? (sweep ? ODD_SWEEP : ODD) : (sweep ? SWEEP : Conditions.NONE);
  }

  /** How long after it happened a late trade is reported at most, ns. */
  static long mostLate() {
    return LEAST_LATE + LATE_SPAN;
  }

  /** When a trade happened that was reported at a time, both Unix ns. */
  static long happened(long time, Conditions conditions, long sequence) {
    return conditions.equals(LATE)
        ? time - LEAST_LATE - Math.floorMod(Mix.mix(sequence ^ time), LATE_SPAN)
        : time;
  }

  static int exchange(long bits) {
    return EXCHANGES[(int) (bits >>> 32 & 15)];
  }

  /** Up to two cents from the level, or two hundredths of a percent where a share costs more. */
  static double price(double level, long bits) {
    double tick = Math.max(0.01, level * 0.0001);
    int steps = Long.bitCount(bits >>> 40 & 0xF) - 2;
    return Math.max(0.01, ModelStock.cents(level + steps * tick));
  }

  /** A trade as the tape has it. */
  static TradeTick tick(
      Company company,
      long time,
      double price,
      double size,
      Conditions conditions,
      int exchange,
      long sequence) {
    boolean offExchange = exchange == 4;
    return new TradeTick(
        company.symbol(),
        price,
        size,
        conditions,
        time,
        happened(time, conditions, sequence) - 250_000,
        exchange,
        Long.toString(sequence),
        company.tape(),
        sequence,
        offExchange ? 202 : 0,
        offExchange ? time - 100_000 : 0,
        0);
  }

  /** The quote that stood just before a trade: the trade met its bid or its ask. */
  static QuoteTick quoteBefore(TradeTick trade) {
    long bits = Mix.mix(trade.sequence() ^ trade.sipTime());
    double spread = ModelStock.cents(Math.max(0.01, trade.price() * 0.0001 * (1 + (bits & 3))));
    boolean atAsk = (bits & 4) != 0;
    double bid = ModelStock.cents(atAsk ? trade.price() - spread : trade.price());
    return new QuoteTick(
        trade.symbol(),
        exchange(bits),
        Math.max(0, bid),
        100 * (1 + (bits >>> 8 & 7)),
        exchange(bits >>> 4),
        ModelStock.cents(bid + spread),
        100 * (1 + (bits >>> 12 & 7)),
        Conditions.NONE,
        Conditions.NONE,
        trade.sipTime() - 1_000_000,
        trade.sipTime() - 1_250_000,
        trade.tape(),
        trade.sequence());
  }
}
