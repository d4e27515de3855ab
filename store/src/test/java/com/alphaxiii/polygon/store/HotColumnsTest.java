package com.alphaxiii.polygon.store;

import static com.alphaxiii.polygon.store.Samples.AAPL;
import static com.alphaxiii.polygon.store.Samples.days;
import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.Adjustment;
import com.alphaxiii.polygon.core.BarAnswer;
import com.alphaxiii.polygon.core.BarRequest;
import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Timeframe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was decoded is answered from memory, and never when it is no longer so. */
class HotColumnsTest {
  private static final TimeRange SPRING = days("2014-04-01", "2014-06-30");
  private static final TimeRange MAY = days("2014-05-01", "2014-05-31");

  @TempDir private Path root;
  private final Samples.TestClock clock = new Samples.TestClock("2014-07-03T16:00:00Z");
  private final ListSource upstream =
      new ListSource(clock).put(Samples.minutes(AAPL, days("2014-03-03", "2014-07-03"), 7));

  private BarStore open() {
    return BarStore.open(root, upstream, new ListReference(), clock, Samples.CALENDAR);
  }

  private BarAnswer ask(BarStore store, TimeRange range) {
    BarRequest request = BarRequest.raw(AAPL, Timeframe.MINUTE_1, range);
    BarAnswer answer = store.bars(request);
    assertThat(answer.bars()).isEqualTo(upstream.plain(request));
    return answer;
  }

  private void removeFiles() throws IOException {
    try (var files = Files.walk(root.resolve("parquet/symbols"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void aRepeatReadsNoFile() throws IOException {
    try (BarStore store = open()) {
      ask(store, SPRING);
      ask(store, SPRING);
      removeFiles();
      assertThat(ask(store, SPRING).cached()).isTrue();
      assertThat(ask(store, MAY).cached()).isTrue();
      assertThat(ask(store, days("2014-04-15", "2014-05-20")).cached()).isTrue();
    }
    try (BarStore store = open()) {
      assertThat(ask(store, MAY).cached()).isFalse();
    }
  }

  @Test
  void whatAnotherStoreReplacedIsNotAnsweredFromMemory() {
    try (BarStore store = open();
        BarStore other = open()) {
      ask(store, SPRING);
      ask(store, SPRING);
      Bars corrected = Samples.minutes(AAPL, MAY, 5);
      upstream.put(upstream.all(AAPL, Timeframe.MINUTE_1).replace(MAY, corrected));
      other.bars(new BarRequest(AAPL, Timeframe.MINUTE_1, MAY, Adjustment.NONE, null, false));
      upstream.clear();
      ask(store, SPRING);
      ask(store, MAY);
      assertThat(upstream.requests()).isEmpty();
    }
  }

  @Test
  void whatWasClearedIsNotAnsweredFromMemory() {
    try (BarStore store = open();
        BarStore other = open()) {
      ask(store, SPRING);
      ask(store, SPRING);
      other.clear(Optional.of(AAPL), OptionalInt.empty());
      assertThat(ask(store, MAY).cached()).isFalse();
      ask(store, SPRING);
      store.clear(Optional.of(AAPL), OptionalInt.empty());
      assertThat(ask(store, SPRING).cached()).isFalse();
    }
  }

  @Test
  void partsReadTogetherAreJoinedWithoutACopyAndDroppedTogether() {
    Series series = new Series(AAPL, Timeframe.MINUTE_1);
    Bars spring = Samples.minutes(AAPL, SPRING, 7);
    List<HotColumns.Version> versions = versions(series, SPRING, 1);
    HotColumns hot = new HotColumns(1 << 20);
    hot.put(versions, spring);
    List<Bars> found = new ArrayList<>();
    for (HotColumns.Version version : versions) {
      assertThat(hot.find(version)).contains(spring.slice(version.range()));
      found.add(hot.find(version).orElseThrow());
    }
    assertThat(Bars.concat(AAPL, Timeframe.MINUTE_1, found)).isEqualTo(spring);
    assertThat(hot.find(versions(series, SPRING, 2).getFirst())).isEmpty();

    hot.drop(List.of(versions.getFirst().part()));
    assertThat(versions).allSatisfy(version -> assertThat(hot.find(version)).isEmpty());
  }

  @Test
  void keepsNoMoreThanItMay() {
    Bars year = Samples.minutes(AAPL, days("2013-01-02", "2013-12-31"), 7);
    HotColumns hot = new HotColumns(64 * 10_000);
    int kept = 0;
    for (int look = 1; look <= 50; look++) {
      List<HotColumns.Version> versions =
          versions(new Series(AAPL, Timeframe.MINUTE_1), days("2013-01-02", "2013-01-31"), look);
      hot.put(versions, year.slice(0, 1_000));
    }
    for (int look = 1; look <= 50; look++) {
      kept +=
          hot.find(
                      versions(
                              new Series(AAPL, Timeframe.MINUTE_1),
                              days("2013-01-02", "2013-01-31"),
                              look)
                          .getFirst())
                  .isPresent()
              ? 1
              : 0;
    }
    assertThat(kept).isBetween(1, 10);
    hot.put(
        versions(new Series(AAPL, Timeframe.MINUTE_1), days("2013-02-01", "2013-02-02"), 1), year);
    assertThat(
            hot.find(
                versions(new Series(AAPL, Timeframe.MINUTE_1), days("2013-02-01", "2013-02-02"), 1)
                    .getFirst()))
        .as("more than half of all")
        .isEmpty();
  }

  private static List<HotColumns.Version> versions(Series series, TimeRange range, int look) {
    return PartKey.of(series, range).stream()
        .map(key -> new HotColumns.Version(key, new Fingerprint(look, look), key.range()))
        .toList();
  }
}
