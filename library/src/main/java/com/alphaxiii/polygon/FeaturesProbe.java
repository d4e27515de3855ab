package com.alphaxiii.polygon;

import com.alphaxiii.polygon.calendar.MarketCalendar;
import com.alphaxiii.polygon.client.FlatFileDataset;
import com.alphaxiii.polygon.client.FlatFileStore;
import com.alphaxiii.polygon.client.RestClient;
import com.alphaxiii.polygon.core.Feature;
import com.alphaxiii.polygon.core.Feature.State;
import com.alphaxiii.polygon.core.FeatureSource;
import com.alphaxiii.polygon.core.Features;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.store.FeatureTable;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out what the key may do, by the smallest question of each kind, and remembers it for a day.
 */
final class FeaturesProbe implements FeatureSource {
  private static final Logger LOG = LoggerFactory.getLogger(FeaturesProbe.class);
  private static final Duration KEPT = Duration.ofDays(1);

  private static final FlatFileDataset MINUTE_FILES =
      new FlatFileDataset("us_stocks_sip", "minute_aggs_v1");

  /** Years of history that plans have. */
  private static final int[] DEPTHS = {20, 10, 5, 2, 1};

  private record Probe(String name, String endpoint, Map<String, String> parameters) {}

  private final String account;
  private final Supplier<RestClient> vendor;
  private final FeatureTable table;
  private final InstantSource clock;
  private final Supplier<List<Feature>> stream;
  private final Supplier<Optional<FlatFileStore>> flatFiles;

  @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
  private volatile @Nullable Optional<Features> kept;

  /**
   * @param account tells keys apart without telling them
   * @param stream probes the stream
   * @param flatFiles where flat files are, if access to them is set up
   */
  FeaturesProbe(
      String account,
      Supplier<RestClient> vendor,
      FeatureTable table,
      InstantSource clock,
      Supplier<List<Feature>> stream,
      Supplier<Optional<FlatFileStore>> flatFiles) {
    this.account = account;
    this.vendor = vendor;
    this.table = table;
    this.clock = clock;
    this.stream = stream;
    this.flatFiles = flatFiles;
  }

  @Override
  public Features features(boolean anew) {
    if (!anew) {
      Optional<Features> known = remembered();
      if (known.isPresent()) {
        return known.get();
      }
    }
    Optional<Features> before = kept;
    // What was known must not keep anybody from asking meanwhile.
    kept = Optional.empty();
    Features features;
    try {
      features = new Features(account, probe(), clock.instant());
    } catch (PolygonException e) {
      kept = before;
      throw e;
    }
    kept = Optional.of(features);
    try {
      table.replace(features);
    } catch (PolygonException.StorageFailure e) {
      LOG.warn("what the key may do is not remembered: {}", e.getMessage());
    }
    return features;
  }

  /** What was found out within the last day; read once, and kept in memory. */
  Optional<Features> remembered() {
    Optional<Features> known = kept;
    if (known == null) {
      known = read();
      kept = known;
    }
    return known.filter(f -> f.probedAt().plus(KEPT).isAfter(clock.instant()));
  }

  private Optional<Features> read() {
    try {
      return table.find(account);
    } catch (PolygonException.StorageFailure e) {
      LOG.warn("what the key may do cannot be read: {}", e.getMessage());
      return Optional.empty();
    }
  }

  private List<Feature> probe() {
    List<Feature> found = new ArrayList<>();
    // A key that opens nothing ends here, as the error that it is.
    vendor.get().get("market-status", Map.of());
    String day = MarketCalendar.usEquities().previous(today().minusDays(3)).date().toString();
    for (Probe probe :
        List.of(
            new Probe("reference", "tickers", Map.of("limit", "1")),
            new Probe("day_bars", "/v2/aggs/ticker/AAPL/range/1/day/" + day + "/" + day, Map.of()),
            new Probe(
                "minute_bars",
                "/v2/aggs/ticker/AAPL/range/1/minute/" + day + "/" + day,
                Map.of("limit", "1")),
            new Probe(
                "second_bars",
                "/v2/aggs/ticker/AAPL/range/1/second/" + day + "/" + day,
                Map.of("limit", "1")),
            new Probe("snapshots", "/v2/snapshot/locale/us/markets/stocks/tickers/AAPL", Map.of()),
            new Probe("trades", "/v3/trades/AAPL", Map.of("timestamp", day, "limit", "1")),
            new Probe("quotes", "/v3/quotes/AAPL", Map.of("timestamp", day, "limit", "1")),
            new Probe("last_trade", "/v2/last/trade/AAPL", Map.of()),
            new Probe("last_quote", "/v2/last/nbbo/AAPL", Map.of()),
            new Probe("financials", "/vX/reference/financials", Map.of("limit", "1")),
            new Probe("option_contracts", "/v3/reference/options/contracts", Map.of("limit", "1")),
            new Probe("forex", "/v2/aggs/ticker/C:EURUSD/prev", Map.of()),
            new Probe("crypto", "/v2/aggs/ticker/X:BTCUSD/prev", Map.of()),
            new Probe("indices", "/v2/aggs/ticker/I:SPX/prev", Map.of()))) {
      found.add(ask(probe));
    }
    found.add(depth());
    found.add(delay(day));
    found.addAll(stream.get());
    found.add(flatFiles(LocalDate.parse(day)));
    return found;
  }

  /** Whether answers come as it happens: the vendor says of each whether it is late. */
  private Feature delay(String day) {
    String path = "/v2/aggs/ticker/AAPL/range/1/minute/" + day + "/" + day;
    try {
      boolean late = vendor.get().get(path, Map.of("limit", "1")).delayed();
      return new Feature(
          "real_time",
          late ? State.NOT_ENTITLED : State.ALLOWED,
          late ? "prices of stocks come 15 minutes late" : "answers are not marked as delayed");
    } catch (PolygonException e) {
      return new Feature("real_time", State.UNKNOWN, String.valueOf(e.getMessage()));
    }
  }

  /** Lists the minute bars of one day's month, which costs no request of the API. */
  private Feature flatFiles(LocalDate day) {
    String name = "flat_files";
    try {
      Optional<FlatFileStore> store = flatFiles.get();
      if (store.isEmpty()) {
        return new Feature(
            name,
            State.UNKNOWN,
            "no keys are set: POLYGON_S3_ACCESS_KEY and POLYGON_S3_SECRET_KEY");
      }
      int files = store.get().list(MINUTE_FILES, Optional.of(day), Optional.of(day)).size();
      return new Feature(
          name, State.ALLOWED, "%s of %s: %d file".formatted(MINUTE_FILES, day, files));
    } catch (PolygonException.NotEntitled | PolygonException.Unauthorized e) {
      return new Feature(name, State.NOT_ENTITLED, String.valueOf(e.getMessage()));
    } catch (PolygonException e) {
      return new Feature(name, State.UNKNOWN, String.valueOf(e.getMessage()));
    }
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), Market.NEW_YORK);
  }

  private Feature ask(Probe probe) {
    try {
      vendor.get().get(probe.endpoint(), probe.parameters());
      return new Feature(probe.name(), State.ALLOWED, "asked " + probe.endpoint());
    } catch (PolygonException.NotEntitled e) {
      return new Feature(probe.name(), State.NOT_ENTITLED, "refused " + probe.endpoint());
    } catch (PolygonException.NotFound e) {
      return new Feature(probe.name(), State.ALLOWED, "asked, and there is none");
    } catch (PolygonException e) {
      if (e instanceof PolygonException.Unauthorized) {
        throw e;
      }
      return new Feature(probe.name(), State.UNKNOWN, String.valueOf(e.getMessage()));
    }
  }

  /** The longest of the usual depths that is answered. */
  private Feature depth() {
    String refused = "";
    for (int years : DEPTHS) {
      LocalDate day = MarketCalendar.usEquities().next(today().minusYears(years)).date();
      Feature found =
          ask(
              new Probe(
                  "history",
                  "/v2/aggs/ticker/AAPL/range/1/day/" + day + "/" + day,
                  Map.of("limit", "1")));
      if (found.state() == State.ALLOWED) {
        return new Feature(
            "history", State.ALLOWED, "%d years, from %s%s".formatted(years, day, refused));
      }
      if (found.state() == State.UNKNOWN) {
        return found;
      }
      refused = "; %s was refused".formatted(day);
    }
    return new Feature("history", State.NOT_ENTITLED, "less than a year");
  }
}
