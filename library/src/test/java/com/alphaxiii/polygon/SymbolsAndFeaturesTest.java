package com.alphaxiii.polygon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alphaxiii.polygon.client.FlatFileFolder;
import com.alphaxiii.polygon.core.BarRequest;
import com.alphaxiii.polygon.core.Feature;
import com.alphaxiii.polygon.core.Features;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Timeframe;
import com.alphaxiii.polygon.simulator.Scenario;
import com.alphaxiii.polygon.simulator.Simulator;
import com.alphaxiii.polygon.validate.SymbolAnswer;
import com.alphaxiii.polygon.validate.SymbolAnswer.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of symbols and of the key, over sockets. */
class SymbolsAndFeaturesTest {
  @TempDir Path folder;
  private Simulator simulator;
  private PolygonDataManager manager;

  @BeforeEach
  void start() {
    simulator = Simulator.start(Scenario.builder().unknown(Set.of("NOPE", "APPL", "FB")).build());
    manager =
        new PolygonDataManager(
            PolygonConfig.builder()
                .apiKey("key-of-the-test-0001")
                .baseUrl(simulator.baseUrl())
                .streamUrl(simulator.streamUrl())
                .cacheDir(folder)
                .build());
  }

  @AfterEach
  void stop() {
    manager.close();
    simulator.close();
  }

  @Test
  void tellsWhatSymbolsAre() {
    List<SymbolAnswer> answers =
        manager.validateTickers(List.of("AAPL", "APPL", "aapl", "O:NONSENSE", "ESZ6"), true);
    assertThat(answers)
        .extracting(a -> a.form().symbol())
        .containsExactly("AAPL", "APPL", "aapl", "O:NONSENSE", "ESZ6");
    assertThat(answers)
        .extracting(SymbolAnswer::state)
        .containsExactly(
            State.KNOWN, State.UNKNOWN_SYMBOL, State.MALFORMED, State.MALFORMED, State.PLAUSIBLE);
    assertThat(answers.getFirst().info().orElseThrow().name()).contains("Apple");
    assertThat(answers.get(1).suggestions())
        .extracting(SymbolAnswer.Suggestion::symbol)
        .contains("AAPL");
    assertThat(answers.get(2).suggestions())
        .extracting(SymbolAnswer.Suggestion::symbol)
        .startsWith("AAPL");
  }

  @Test
  void tellsNewNamesFormerNamesAndDelistingsWithTheirDays() {
    List<SymbolAnswer> answers = manager.validateTickers(List.of("FB", "META", "TWTR"), true);
    assertThat(answers)
        .extracting(SymbolAnswer::state)
        .containsExactly(State.RENAMED, State.KNOWN, State.DELISTED);
    assertThat(answers.get(0).note()).startsWith("FB is META since 2022-06-09");
    assertThat(answers.get(0).suggestions())
        .extracting(SymbolAnswer.Suggestion::symbol)
        .containsExactly("META");
    assertThat(answers.get(1).note()).isEqualTo("until 2022-06-09 the ticker was FB");
    assertThat(answers.get(2).delisted()).isPresent();
    assertThat(answers.get(2).note())
        .isEqualTo("last traded on 2022-11-07; its history can still be asked for");
    assertThat(answers).extracting(SymbolAnswer::isValid).containsExactly(false, true, false);
  }

  @Test
  void malformedSymbolsCostNoRequest() {
    long asked = simulator.requests().total();
    assertThat(manager.validateTickers(List.of("aapl", "O:X", ""), false))
        .noneMatch(SymbolAnswer::isValid);
    assertThat(simulator.requests().total()).isEqualTo(asked);
  }

  @Test
  void findsACompanyByItsName() {
    assertThat(manager.validateTickers(List.of("Tesla"), true).getFirst().suggestions())
        .first()
        .isEqualTo(new SymbolAnswer.Suggestion("TSLA", "Tesla, Inc.", "the company's name"));
  }

  @Test
  void suggestsEachSymbolOnceAndByName() {
    assertThat(manager.validateTickers(List.of("BRK-B"), true).getFirst().suggestions())
        .startsWith(
            new SymbolAnswer.Suggestion(
                "BRK.B", "Berkshire Hathaway Inc. Class B", "spelt as the vendor does"))
        .extracting(SymbolAnswer.Suggestion::symbol)
        .doesNotHaveDuplicates();
  }

  @Test
  void remembersWhatTheKeyMayDo() {
    Features features = manager.features(false);
    assertThat(features.find("day_bars").orElseThrow().state()).isEqualTo(Feature.State.ALLOWED);
    assertThat(features.find("trades").orElseThrow().state()).isEqualTo(Feature.State.ALLOWED);
    assertThat(features.find("history").orElseThrow().detail()).contains("years");
    assertThat(features.account()).doesNotContain("key-of-the-test");
    long asked = simulator.requests().total();
    assertThat(manager.features(false).features())
        .containsExactlyInAnyOrderElementsOf(features.features());
    assertThat(simulator.requests().total()).isEqualTo(asked);
    manager.features(true);
    assertThat(simulator.requests().total()).isGreaterThan(asked);
  }

  private PolygonDataManager starter() {
    PolygonConfig config =
        PolygonConfig.builder()
            .apiKey("starter-key-0002")
            .baseUrl(simulator.baseUrl())
            .streamUrl(simulator.streamUrl())
            .cacheDir(folder.resolve("other"))
            .build();
    return new PolygonDataManager(config);
  }

  private static void assertState(Features features, String name, Feature.State state) {
    assertThat(features.find(name)).get().extracting(Feature::state).as(name).isEqualTo(state);
  }

  @Test
  void namesWhatThePlanLacks() {
    try (PolygonDataManager starter = starter()) {
      Features features = starter.features(false);
      assertState(features, "trades", Feature.State.NOT_ENTITLED);
      assertState(features, "real_time", Feature.State.NOT_ENTITLED);
      assertState(features, "stream_stocks", Feature.State.ALLOWED);
      assertState(features, "stream_crypto", Feature.State.ALLOWED);
      assertThat(features.find("stream_stocks").orElseThrow().detail())
          .contains("minute_aggregates", "not confirmed: trades, quotes");
      assertThat(features.find("history").orElseThrow().detail())
          .startsWith("5 years")
          .endsWith("was refused");
    }
    assertState(manager.features(false), "real_time", Feature.State.ALLOWED);
    assertThat(manager.features(false).find("stream_stocks").orElseThrow().detail())
        .doesNotContain("not confirmed");
  }

  @Test
  void aPlanWithoutStreamIsTold() {
    PolygonConfig config =
        PolygonConfig.builder()
            .apiKey("basic-key-0003")
            .baseUrl(simulator.baseUrl())
            .streamUrl(simulator.streamUrl())
            .cacheDir(folder.resolve("third"))
            .build();
    try (PolygonDataManager basic = new PolygonDataManager(config)) {
      Features features = basic.features(false);
      assertState(features, "stream_stocks", Feature.State.NOT_ENTITLED);
      assertState(features, "stream_options", Feature.State.NOT_ENTITLED);
    }
  }

  @Test
  void explainsARefusalByWhatIsKnownAndSparesIt() {
    TimeRange day =
        TimeRange.ofDays(LocalDate.of(2023, 3, 1), LocalDate.of(2023, 3, 1), Market.NEW_YORK);
    try (PolygonDataManager starter = starter()) {
      // Nothing is known yet: it is asked, and the way to know is told.
      long before = simulator.requests().total();
      assertThatThrownBy(() -> starter.quotes("AAPL", day).hasNext())
          .isInstanceOf(PolygonException.NotEntitled.class)
          .hasMessageContaining("polygon features");
      assertThat(simulator.requests().total()).isGreaterThan(before);
      starter.features(false);
      long asked = simulator.requests().total();
      assertThatThrownBy(() -> starter.quotes("AAPL", day).hasNext())
          .isInstanceOf(PolygonException.NotEntitled.class)
          .hasMessageContaining("not asked: the plan does not include quotes")
          .hasMessageContaining("features of 20")
          .hasMessageContaining("--refresh")
          .hasMessageNotContaining("starter-key-0002");
      assertThatThrownBy(
              () ->
                  starter.bars(
                      BarRequest.raw(
                          Ticker.of("AAPL"),
                          Timeframe.DAY_1,
                          TimeRange.ofDays(
                              LocalDate.of(2004, 3, 1),
                              LocalDate.of(2004, 3, 1),
                              Market.NEW_YORK))))
          .isInstanceOf(PolygonException.NotEntitled.class)
          .hasMessageContaining("2004-03-01 lies before the plan's history: 5 years");
      assertThat(simulator.requests().total()).isEqualTo(asked);
      // Of other markets nothing was found out about quotes.
      assertThatThrownBy(() -> starter.quotes("O:AAPL230616C00150000", day).hasNext())
          .isInstanceOf(PolygonException.NotEntitled.class)
          .hasMessageNotContaining("not asked");
    }
  }

  @Test
  void looksForFlatFilesWhereTheyAre() throws IOException {
    assertState(manager.features(true), "flat_files", Feature.State.UNKNOWN);
    Path files = Files.createDirectories(folder.resolve("flat"));
    manager.probeFlatFiles(() -> FlatFileFolder.open(files));
    assertThat(manager.features(true).find("flat_files").orElseThrow().state())
        .isIn(Feature.State.ALLOWED, Feature.State.UNKNOWN);
  }
}
