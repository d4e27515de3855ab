package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.Tier;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a key may see: the one place that knows the vendor's plans. A plan counts for all markets,
 * though the vendor sells it for each. Immutable.
 */
final class Access {
  private static final Set<Tier> LEAST = EnumSet.of(Tier.BASIC);
  private static final Set<Tier> WITH_TRADES =
      EnumSet.of(Tier.DEVELOPER, Tier.ADVANCED, Tier.BUSINESS);
  private static final Set<Tier> FULL = EnumSet.of(Tier.ADVANCED, Tier.BUSINESS);

  private final Tier tier;
  private final InstantSource clock;

  /**
   * @param clock the vendor's
   */
  Access(Tier tier, InstantSource clock) {
    this.tier = tier;
    this.clock = clock;
  }

  Tier tier() {
    return tier;
  }

  /**
   * Refuses an endpoint that the plan does not include.
   *
   * @throws ApiError 403 "You are not entitled to this data"
   */
  void require(Family family, Market market) {
    if (!includes(family, market)) {
      throw ApiError.notEntitled();
    }
  }

  boolean includes(Family family, Market market) {
    return switch (family) {
      case AGGREGATES, REFERENCE -> true;
      case SNAPSHOTS -> !LEAST.contains(tier);
      case TRADES -> isCurrency(market) ? !LEAST.contains(tier) : WITH_TRADES.contains(tier);
      case NBBO -> isCurrency(market) ? !LEAST.contains(tier) : FULL.contains(tier);
      case FINANCIALS, PARTNER -> FULL.contains(tier);
    };
  }

  /**
   * Refuses days that the plan does not reach: those before its history, and on plans without the
   * whole history those to come; on {@code basic} also today.
   *
   * @param first of the days asked for, in the market's zone
   * @param last of them, inclusive
   * @throws ApiError 403 with the vendor's words for either
   */
  void requireDays(Market market, LocalDate first, LocalDate last) {
    if (yearsOfHistory() == Integer.MAX_VALUE) {
      return;
    }
    LocalDate today = today(market);
    if (first.isBefore(firstDay(market)) || last.isAfter(today)) {
      throw ApiError.outOfTimeframe();
    }
    if (tier == Tier.BASIC && last.equals(today)) {
      throw ApiError.beforeEndOfDay();
    }
  }

  /** The first day of a market that {@link #requireDays} lets pass; 1970 where all do. */
  LocalDate firstDay(Market market) {
    int years = yearsOfHistory();
    return years == Integer.MAX_VALUE ? LocalDate.EPOCH : today(market).minusYears(years);
  }

  /** The last day of a market that may have data for the plan. */
  LocalDate lastDay(Market market) {
    return tier == Tier.BASIC ? today(market).minusDays(1) : today(market);
  }

  private LocalDate today(Market market) {
    return LocalDate.ofInstant(clock.instant(), market.zone());
  }

  private int yearsOfHistory() {
    return switch (tier) {
      case BASIC -> 2;
      case STARTER -> 5;
      case DEVELOPER -> 10;
      case ADVANCED, BUSINESS -> Integer.MAX_VALUE;
    };
  }

  /** Whether the plan sees a market late: its answers then say {@code DELAYED}. */
  boolean isDelayed(Market market) {
    return tier.delayed() && tier != Tier.BASIC && !isCurrency(market);
  }

  /** {@code OK} or {@code DELAYED}: what an answer with market data has as its status. */
  String status(Market market) {
    return isDelayed(market) ? "DELAYED" : "OK";
  }

  /** Whether the plan has the stream at all. */
  boolean hasStream() {
    return tier != Tier.BASIC;
  }

  /** Whether the plan has a channel of the stream, named as the vendor does in that market. */
  boolean hasChannel(Market market, String channel) {
    return switch (channel) {
      case "FMV", "LV" -> tier == Tier.BUSINESS;
      case "AM" -> hasStream();
      case "A" -> market == Market.INDICES ? FULL.contains(tier) : hasStream();
      case "T" -> WITH_TRADES.contains(tier);
      case "Q", "LULD", "NOI", "V" -> FULL.contains(tier);
      default -> isCurrency(market) && hasStream();
    };
  }

  private static boolean isCurrency(Market market) {
    return market == Market.FOREX || market == Market.CRYPTO;
  }
}
