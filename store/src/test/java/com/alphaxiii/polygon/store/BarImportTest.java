package com.alphaxiii.polygon.store;

import static com.alphaxiii.polygon.store.Samples.days;
import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Timeframe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file counts as imported only while all that it brought is there. */
class BarImportTest {
  private static final String DATASET = "us_stocks_sip/minute_aggs_v1";
  private static final LocalDate TUESDAY = LocalDate.parse("2014-06-10");
  private static final LocalDate WEDNESDAY = LocalDate.parse("2014-06-11");

  /** More than are written at a time, so that some are written before the end. */
  private static final List<Ticker> TICKERS =
      IntStream.range(1_000, 1_520).mapToObj(n -> Ticker.of("T" + n)).toList();

  @TempDir private Path root;
  private final Samples.TestClock clock = new Samples.TestClock("2014-07-03T16:00:00Z");
  private CacheFolder folder;

  @BeforeEach
  void open() {
    folder = CacheFolder.open(root, clock);
  }

  @AfterEach
  void close() {
    folder.close();
  }

  private BarImport importing() {
    return folder.importing(DATASET, Market.STOCKS, Timeframe.MINUTE_1, Samples.CALENDAR);
  }

  private static TimeRange range(LocalDate day) {
    return days(day.toString(), day.toString());
  }

  private static void add(BarImport target, LocalDate day, List<Ticker> tickers) {
    target.begin(List.of(day), Set.of());
    for (Ticker ticker : tickers) {
      target.add(Samples.minutes(ticker, range(day), 200), List.of(day));
    }
  }

  private static List<ImportedFile> file(LocalDate day) {
    return List.of(new ImportedFile(DATASET, day, "etag", Set.of(), 1));
  }

  private boolean isKnown(LocalDate day) {
    try (BarImport target = importing()) {
      return target.has(day, "etag", Set.of());
    }
  }

  private Bars stored(Ticker ticker, LocalDate day) throws DamagedPart {
    Series series = new Series(ticker, Timeframe.MINUTE_1);
    Snapshot snapshot =
        folder.parts().snapshot(series, range(day), clock.instant(), PartKey.EARLIEST);
    assertThat(snapshot.covered()).containsExactly(range(day));
    return folder.parts().read(series, snapshot, List.of(range(day))).getFirst();
  }

  @Test
  void whatIsClearedBeforeTheEndMakesTheFileNotCount() throws Exception {
    try (BarImport target = importing()) {
      add(target, TUESDAY, TICKERS);
      assertThat(folder.clear(Optional.of(TICKERS.getFirst()), OptionalInt.empty()).symbols())
          .isEqualTo(1);
      assertThat(target.end(file(TUESDAY))).isFalse();
      assertThat(target.has(TUESDAY, "etag", Set.of())).isFalse();
      assertThat(isKnown(TUESDAY)).isFalse();

      add(target, TUESDAY, TICKERS);
      assertThat(target.end(file(TUESDAY))).isTrue();
    }
    assertThat(isKnown(TUESDAY)).isTrue();
    for (Ticker ticker : List.of(TICKERS.getFirst(), TICKERS.getLast())) {
      assertThat(stored(ticker, TUESDAY).rows())
          .hasSameSizeAs(Samples.minutes(ticker, range(TUESDAY), 200).rows())
          .isNotEmpty();
    }
  }

  @Test
  void whatOthersLoseMeanwhileDoesNotMatter() {
    Ticker other = Ticker.of("OTHER");
    try (BarImport target = importing()) {
      add(target, TUESDAY, List.of(other));
      assertThat(target.end(file(TUESDAY))).isTrue();
      add(target, WEDNESDAY, TICKERS.subList(0, 3));
      folder.clear(Optional.of(other), OptionalInt.empty());
      assertThat(target.end(file(WEDNESDAY))).isTrue();
    }
    assertThat(isKnown(TUESDAY)).isFalse();
    assertThat(isKnown(WEDNESDAY)).isTrue();
  }

  @Test
  void aPartThatIsFoundDamagedMakesTheFilesBeforeNotCount() throws Exception {
    Ticker ticker = TICKERS.getFirst();
    try (BarImport target = importing()) {
      add(target, TUESDAY, List.of(ticker));
      assertThat(target.end(file(TUESDAY))).isTrue();
      Path file =
          folder.layout().file(new PartKey(new Series(ticker, Timeframe.MINUTE_1), "2014-06"));
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length / 2] ^= 1;
      Files.write(file, bytes);

      add(target, WEDNESDAY, List.of(ticker));
      assertThat(target.end(file(WEDNESDAY))).isFalse();
      add(target, WEDNESDAY, List.of(ticker));
      assertThat(target.end(file(WEDNESDAY))).isTrue();
    }
    assertThat(isKnown(TUESDAY)).isFalse();
    assertThat(isKnown(WEDNESDAY)).isTrue();
    assertThat(stored(ticker, WEDNESDAY).isEmpty()).isFalse();
  }

  @Test
  void aDayOfUtcLiesInTwoPartsAndIsForgottenWithEither() {
    String crypto = "global_crypto/minute_aggs_v1";
    LocalDate first = LocalDate.parse("2014-06-01");
    Ticker coin = Ticker.of("X:BTCUSD");
    TimeRange day = TimeRange.ofDays(first, first, coin.market().zone());
    try (BarImport target =
        folder.importing(crypto, Market.CRYPTO, Timeframe.MINUTE_1, Samples.CALENDAR)) {
      target.begin(List.of(first), Set.of());
      target.add(Samples.everyMinutes(coin, day, 60), List.of(first));
      assertThat(target.end(List.of(new ImportedFile(crypto, first, "etag", Set.of(), 24))))
          .isTrue();
      PartKey before = new PartKey(new Series(coin, Timeframe.MINUTE_1), "2014-05");
      assertThat(folder.parts().clear(() -> List.of(before)).files()).isEqualTo(1);
    }
    try (BarImport target =
        folder.importing(crypto, Market.CRYPTO, Timeframe.MINUTE_1, Samples.CALENDAR)) {
      assertThat(target.has(first, "etag", Set.of())).isFalse();
    }
  }
}
