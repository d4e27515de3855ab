package com.alphaxiii.polygon;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.Feature;
import com.alphaxiii.polygon.core.Features;
import com.alphaxiii.polygon.simulator.Scenario;
import com.alphaxiii.polygon.simulator.Simulator;
import com.alphaxiii.polygon.validate.SymbolAnswer;
import com.alphaxiii.polygon.validate.SymbolAnswer.State;
import java.nio.file.Path;
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
    simulator = Simulator.start(Scenario.builder().unknown(Set.of("NOPE", "APPL")).build());
    manager =
        new PolygonDataManager(
            PolygonConfig.builder()
                .apiKey("key-of-the-test-0001")
                .baseUrl(simulator.baseUrl())
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
  void malformedSymbolsCostNoRequest() {
    long asked = simulator.requests().total();
    assertThat(manager.validateTickers(List.of("aapl", "O:X", ""), false))
        .noneMatch(SymbolAnswer::isValid);
    assertThat(simulator.requests().total()).isEqualTo(asked);
  }

  @Test
  void findsACompanyByItsName() {
    assertThat(manager.validateTickers(List.of("Tesla"), true).getFirst().suggestions())
        .extracting(SymbolAnswer.Suggestion::symbol)
        .contains("TSLA");
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

  @Test
  void namesWhatThePlanLacks() {
    PolygonConfig config =
        PolygonConfig.builder()
            .apiKey("starter-key-0002")
            .baseUrl(simulator.baseUrl())
            .cacheDir(folder.resolve("other"))
            .build();
    try (PolygonDataManager starter = new PolygonDataManager(config)) {
      Features features = starter.features(false);
      assertThat(features.find("trades").orElseThrow().state())
          .isEqualTo(Feature.State.NOT_ENTITLED);
      assertThat(features.find("history").orElseThrow().detail()).startsWith("5 years");
    }
  }
}
