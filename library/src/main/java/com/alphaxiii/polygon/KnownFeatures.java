package com.alphaxiii.polygon;

import com.alphaxiii.polygon.client.Entitlements;
import com.alphaxiii.polygon.core.Feature;
import com.alphaxiii.polygon.core.Feature.State;
import com.alphaxiii.polygon.core.Features;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Ticker;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Explains refusals by what was found out of the key, and spares requests that are known to be
 * refused. Only what a probe asked for is known: what it found out for stocks says nothing of other
 * markets.
 */
final class KnownFeatures implements Entitlements {
  private static final String AGAIN =
      "; when the plan has changed, 'polygon features --refresh' or GET"
          + " /api/v1/features?refresh=true asks anew";

  /** A feature and the paths that need it; a group that is there must be a stock's ticker. */
  private record Need(String feature, Pattern path) {}

  private static final List<Need> NEEDS =
      List.of(
          need("trades", "/v3/trades/([^/]+)"),
          need("quotes", "/v3/quotes/([^/]+)"),
          need("last_trade", "/v2/last/trade/([^/]+)"),
          need("last_quote", "/v2/last/nbbo/([^/]+)"),
          need("second_bars", "/v2/aggs/ticker/([^/]+)/range/[0-9]+/second/.*"),
          need("minute_bars", "/v2/aggs/ticker/([^/]+)/range/[0-9]+/minute/.*"),
          need("snapshots", "/v2/snapshot/locale/us/markets/stocks/.*"),
          need("financials", "/vX/reference/financials"),
          need("option_contracts", "/v3/reference/options/contracts(?:/O:.*)?"));

  private static final Pattern FROM =
      Pattern.compile("/v2/aggs/ticker/([^/]+)/range/[0-9]+/[a-z]+/([^/]+)/.*");

  /**
   * What the probe of the history says: a day that was answered, and an earlier one that was not.
   */
  private static final Pattern ALLOWED = Pattern.compile(".* from ([0-9-]{10}).*");

  private static final Pattern REFUSED = Pattern.compile(".*; ([0-9-]{10}) was refused");

  private final Supplier<Optional<Features>> remembered;

  /**
   * @param remembered what was found out lately; asks nobody
   */
  KnownFeatures(Supplier<Optional<Features>> remembered) {
    this.remembered = remembered;
  }

  private static Need need(String feature, String path) {
    return new Need(feature, Pattern.compile(path));
  }

  @Override
  public Optional<String> refusal(String path) {
    Optional<Features> known = remembered.get();
    if (known.isEmpty()) {
      return Optional.empty();
    }
    return needed(path)
        .flatMap(known.get()::find)
        .filter(feature -> feature.state() == State.NOT_ENTITLED)
        .map(feature -> told(feature, known.get()))
        .or(() -> beforeHistory(path, known.get(), REFUSED));
  }

  private static Optional<String> needed(String path) {
    for (Need need : NEEDS) {
      Matcher matcher = need.path().matcher(path);
      if (matcher.matches() && (matcher.groupCount() == 0 || isStock(matcher.group(1)))) {
        return Optional.of(need.feature());
      }
    }
    return Optional.empty();
  }

  private static boolean isStock(String symbol) {
    try {
      return Ticker.of(symbol).market() == Market.STOCKS;
    } catch (PolygonException.InvalidRequest e) {
      return false;
    }
  }

  private static String told(Feature feature, Features known) {
    return "the plan does not include %s (features of %s: %s)%s"
        .formatted(feature.name().replace('_', ' '), known.probedAt(), feature.detail(), AGAIN);
  }

  @Override
  public String explain(String path) {
    Optional<Features> known = remembered.get();
    if (known.isEmpty()) {
      return "'polygon features' or GET /api/v1/features tells what the plan includes";
    }
    return refusal(path).or(() -> beforeHistory(path, known.get(), ALLOWED)).orElse("");
  }

  /** Of bars that begin before a day that a probe told of; none of the plans has holes. */
  private static Optional<String> beforeHistory(String path, Features known, Pattern told) {
    Matcher asked = FROM.matcher(path);
    if (!asked.matches() || !isStock(asked.group(1))) {
      return Optional.empty();
    }
    Optional<Feature> history =
        known.find("history").filter(feature -> feature.state() == State.ALLOWED);
    return history
        .map(feature -> told.matcher(feature.detail()))
        .filter(Matcher::matches)
        .flatMap(matcher -> day(matcher.group(1)))
        .flatMap(bound -> day(asked.group(2)).filter(from -> from.isBefore(bound)))
        .map(
            from ->
                "%s lies before the plan's history: %s (features of %s)%s"
                    .formatted(from, history.get().detail(), known.probedAt(), AGAIN));
  }

  private static Optional<LocalDate> day(String text) {
    try {
      return text.matches("[0-9]{11,}")
          ? Optional.of(
              LocalDate.ofInstant(Instant.ofEpochMilli(Long.parseLong(text)), Market.NEW_YORK))
          : Optional.of(LocalDate.parse(text));
    } catch (DateTimeParseException | NumberFormatException e) {
      return Optional.empty();
    }
  }
}
