package com.alphaxiii.polygon.validate;

import static com.alphaxiii.polygon.validate.Severity.ERROR;
import static com.alphaxiii.polygon.validate.Severity.INFO;
import static com.alphaxiii.polygon.validate.Severity.WARNING;

import java.util.Locale;

/**
 * What data must obey, named after what is wrong when it does not. The page on quality tells each
 * law's bounds.
 */
public enum Law {
  /** A bar starts before 1971 or after 2100: times in seconds or microseconds, most likely. */
  TIME_IS_IMPLAUSIBLE(ERROR, "give window starts as Unix milliseconds"),
  /** A bar comes after one that starts later. */
  STARTS_ARE_DISORDERED(ERROR, "sort the bars by their start"),
  /** Several bars have the same start. */
  START_IS_REPEATED(ERROR, "keep one bar of each window, and find out which is right"),
  /** A bar starts within a window of its timeframe. */
  START_IS_MISALIGNED(ERROR, "check the time zone and the timeframe of the bars"),

  /** A price is not a finite number above zero. */
  PRICE_IS_NOT_POSITIVE(ERROR, "fetch the bars anew without the cache"),
  /** High is below low, open or close. */
  HIGH_IS_NOT_HIGHEST(ERROR, "fetch the bars anew without the cache"),
  /** Low is above open or close. */
  LOW_IS_NOT_LOWEST(ERROR, "fetch the bars anew without the cache"),
  /** Vwap lies outside low and high by more than a thousandth. */
  VWAP_IS_OUTSIDE(WARNING, "recompute it from trades where it matters"),
  /** Raw stock prices with more than four decimals: the bars are adjusted, not raw. */
  PRICE_IS_TOO_FINE(WARNING, "see whether the bars were adjusted already"),

  /** Volume is negative or not a number. */
  VOLUME_IS_NOT_A_COUNT(ERROR, "fetch the bars anew without the cache"),
  /** A bar without volume: the vendor makes no bar without a trade. */
  VOLUME_IS_ZERO(WARNING, "see whether the bars were filled up"),
  /** More trades than shares. */
  TRANSACTIONS_EXCEED_VOLUME(WARNING, "see whether volume counts lots instead of shares"),

  /** Neighbouring bars are the same in all columns. */
  BAR_IS_REPEATED(ERROR, "the feed stood still: fetch the stretch anew"),
  /** A price that does not move while the ticker otherwise does. */
  PRICE_IS_STUCK(WARNING, "the feed stood still: fetch the stretch anew"),
  /** A day holds the bars of the day before. */
  DAY_IS_REPEATED(ERROR, "fetch the day anew"),

  /** A bar on a day on which the market stayed closed. */
  DAY_IS_CLOSED(ERROR, "check the dates and the time zone of the bars"),
  /** The bars of a missing trading day lie on a closed day beside it. */
  DAY_IS_MISDATED(ERROR, "move the bars to the day they belong to"),
  /** A bar outside the hours in which the market trades. */
  BAR_IS_OFF_SESSION(ERROR, "check the time zone of the bars"),
  /** All bars lie some hours away from where the market trades. */
  SERIES_IS_SHIFTED(ERROR, "move the bars by the hours named"),
  /** The bars of some days lie some hours away from where the market trades. */
  DAY_IS_SHIFTED(ERROR, "move the bars of these days by the hours named"),
  /** A bar before the listing or after the delisting of the ticker. */
  BAR_IS_UNLISTED(WARNING, "the ticker may have been another company's then"),

  /** Another company had the ticker before, and its bars are judged apart. */
  TICKER_CHANGED_HANDS(INFO, "take the bars of one company alone, by the days named"),

  /** A trading day without bars, on which the ticker traded or cannot but have traded. */
  DAY_IS_MISSING(ERROR, "fetch the days anew without the cache"),
  /** A trading day without bars, and nobody knows whether the ticker traded. */
  DAY_IS_UNKNOWN(WARNING, "trades of the day tell whether there was an eligible trade"),
  /** The regular session begins late or ends early. */
  DAY_IS_CUT(ERROR, "fetch the day anew without the cache"),
  /** Trades or second bars show that a window traded which has no bar. */
  WINDOW_IS_LOST(ERROR, "fetch the day anew without the cache"),
  /** A window without bar in which the ticker usually trades: nobody knows. */
  WINDOW_IS_UNKNOWN(WARNING, "trades of the day tell whether there was an eligible trade"),
  /** Of this market it is not known when a product trades, so windows are not missed. */
  GAPS_ARE_NOT_JUDGED(INFO, "compare with the exchange's hours of the product"),
  /** Trading was halted, or looks as if it had been. */
  TRADING_WAS_HALTED(INFO, "nothing is missing"),

  /** A price far from both sides, to which it returns. */
  PRICE_SPIKES(WARNING, "compare with trades; leave the bar out if none supports it"),
  /** A price leaps within a session and stays. */
  PRICE_LEAPS(WARNING, "see the news, and trades around it"),
  /** A window with many times its usual volume. */
  VOLUME_BURSTS(WARNING, "compare with trades; blocks and auctions are real"),
  /** A day with a small part or many times of the volume of the days around. */
  VOLUME_IS_SCALED(WARNING, "see whether volume counts lots, or was multiplied"),
  /** A day at another price level than the days around it. */
  DAY_IS_OFF_LEVEL(ERROR, "the day may be scaled, or another ticker's: fetch it anew"),

  /** Prices leap overnight as by a split that the table does not have. */
  SPLIT_IS_MISSING(ERROR, "refresh the splits of the ticker, or add this one"),
  /** A split of the table does not show in raw prices. */
  SPLIT_IS_NOT_SEEN(ERROR, "see whether the bars were adjusted already, or the split is wrong"),
  /** Adjusted prices still leap at a split of the table. */
  SPLIT_IS_NOT_APPLIED(ERROR, "adjust the bars from raw ones anew"),
  /** A large dividend does not show in raw prices. */
  DIVIDEND_IS_NOT_SEEN(WARNING, "check the dividend's amount and ex-date"),

  /** Shorter bars and the day bar disagree about open, high, low or close. */
  PRICE_DIFFERS_FROM_DAY(WARNING, "fetch both anew; the day bar follows the official rules"),
  /** Shorter bars and the day bar disagree about volume. */
  VOLUME_DIFFERS_FROM_DAY(WARNING, "fetch both anew; the day bar counts 04:00 to 20:00"),
  /** A price outside the band within which the ticker was allowed to trade. */
  PRICE_IS_OUTSIDE_BAND(WARNING, "compare with trades");

  private final Severity severity;
  private final String suggestion;

  Law(Severity severity, String suggestion) {
    this.severity = severity;
    this.suggestion = suggestion;
  }

  /** How bad a breach usually is. */
  public Severity severity() {
    return severity;
  }

  /** What a user can do about a breach. */
  public String suggestion() {
    return suggestion;
  }

  /** The name in reports and in the catalog, such as {@code day_is_missing}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
