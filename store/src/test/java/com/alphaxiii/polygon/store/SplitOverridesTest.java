package com.alphaxiii.polygon.store;

import static com.alphaxiii.polygon.store.Samples.AAPL;
import static com.alphaxiii.polygon.store.Samples.days;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alphaxiii.polygon.core.Adjustment;
import com.alphaxiii.polygon.core.AdjustmentFactors;
import com.alphaxiii.polygon.core.BarRequest;
import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Split;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Timeframe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplitOverridesTest {
  private static final TimeRange JUNE = days("2014-06-02", "2014-06-20");
  private static final LocalDate DAY = LocalDate.parse("2014-06-09");
  private static final LocalDate TODAY = LocalDate.parse("2014-07-03");
  private static final Ticker OTHER = Ticker.of("IBM");

  @TempDir private Path root;
  private final Samples.TestClock clock = new Samples.TestClock("2014-07-03T16:00:00Z");
  private final ListSource upstream = new ListSource(clock);
  private final ListReference reference = new ListReference();
  private BarStore store;
  private int edits;

  @BeforeEach
  void open() {
    for (Ticker ticker : List.of(AAPL, OTHER)) {
      upstream.put(Samples.dailies(ticker, days("2014-01-01", "2014-07-03")));
      reference.splits.add(new Split(ticker, DAY, 1, 7));
    }
    store = BarStore.open(root, upstream, reference, clock, Samples.CALENDAR);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void say(String... lines) throws IOException {
    Path file = Files.write(root.resolve("splits.csv"), List.of(lines));
    // Edits within the resolution of the file system's clock must be told apart here.
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_400_000_000_000L + 1_000L * edits++));
  }

  private Bars june(Ticker ticker, Adjustment adjustment) {
    return store.bars(new BarRequest(ticker, Timeframe.DAY_1, JUNE, adjustment, null, true)).bars();
  }

  private void assertAdjustedBy(Split... splits) {
    Bars raw = june(AAPL, Adjustment.NONE);
    assertThat(june(AAPL, Adjustment.SPLIT))
        .isEqualTo(raw.adjust(AdjustmentFactors.splits(List.of(splits), TODAY)));
  }

  @Test
  void aLineAddsChangesOrVoidsASplitAtOnceWithoutARequest() throws IOException {
    assertAdjustedBy(new Split(AAPL, DAY, 1, 7));
    upstream.clear();
    int asked = reference.asked.get();

    say("symbol,execution_date,split_from,split_to", "AAPL, 2014-06-09, 1, 6", "# and a word");
    assertAdjustedBy(new Split(AAPL, DAY, 1, 6));
    LocalDate thirteenth = LocalDate.parse("2014-06-13");
    say("AAPL,2014-06-13,2,3", "");
    assertAdjustedBy(new Split(AAPL, DAY, 1, 7), new Split(AAPL, thirteenth, 2, 3));
    assertThat(store.reference(reference).splits(AAPL))
        .containsExactly(new Split(AAPL, DAY, 1, 7), new Split(AAPL, thirteenth, 2, 3));
    say("AAPL,2014-06-09,void");
    assertAdjustedBy();
    Files.delete(root.resolve("splits.csv"));
    assertAdjustedBy(new Split(AAPL, DAY, 1, 7));

    assertThat(upstream.requests()).isEmpty();
    assertThat(reference.asked).hasValue(asked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AAPL,2014-06-9,1,7",
        "AAPL,2014-06-09,1",
        "AAPL,2014-06-09",
        "AAPL,2014-06-09,0,7",
        "AAPL,2014-06-09,1,seven",
        "AAPL,2014-06-09,1,1e300",
        "AAPL,2014-06-09,1,7,AAPL",
        "AAPL,2014-06-13,1,2\nAAPL,2014-06-13,1,2"
      })
  void aMalformedLineIsToldWithItsPlaceAndFailsItsTickerAlone(String lines) throws IOException {
    say(("# mine\n" + lines).split("\n", -1));
    int line = 1 + lines.split("\n", -1).length;
    assertThatThrownBy(() -> june(AAPL, Adjustment.SPLIT))
        .isInstanceOf(PolygonException.StorageFailure.class)
        .hasMessageContaining("splits of AAPL")
        .hasMessageContaining("splits.csv line " + line);
    assertThat(june(AAPL, Adjustment.NONE).isEmpty()).isFalse();
    assertThat(june(OTHER, Adjustment.SPLIT).isEmpty()).isFalse();
    say("AAPL,2014-06-09,1,7");
    assertThat(june(AAPL, Adjustment.SPLIT).isEmpty()).isFalse();
  }

  @Test
  void aLineWithoutATickerIsPassedOver() throws IOException {
    say("?!,2014-06-09,1,7", "AAPL,2014-06-09,void");
    assertAdjustedBy();
    assertThat(new SplitOverrides(root.resolve("splits.csv")).strays())
        .as("nothing is read before it is needed")
        .hasSize(1);
  }

  @Test
  void theSplitsOfTheCacheAreThoseThatAreApplied() {
    assertThat(store.reference(reference).splits(AAPL)).containsExactly(new Split(AAPL, DAY, 1, 7));
    int asked = reference.asked.get();
    store.reference(reference).splits(AAPL);
    assertThat(reference.asked).hasValue(asked);
  }
}
