package com.alphaxiii.polygon;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.calendar.MarketCalendar;
import com.alphaxiii.polygon.client.FlatFileFolder;
import com.alphaxiii.polygon.core.BarAnswer;
import com.alphaxiii.polygon.core.BarRequest;
import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.BarsBuilder;
import com.alphaxiii.polygon.core.Dividend;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.ReferenceSource;
import com.alphaxiii.polygon.core.Split;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TickerInfo;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Timeframe;
import com.alphaxiii.polygon.store.BarStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever files come, in whatever order and however often: what is answered is what they say. */
class FlatFileImportLawTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2024-03-13T17:30:30Z"));

  /** The end of one month and the beginning of the next. */
  private static final List<LocalDate> DAYS =
      LocalDate.parse("2024-01-29")
          .datesUntil(LocalDate.parse("2024-02-08"))
          .filter(MarketCalendar.usEquities()::isTradingDay)
          .toList();

  private static final List<String> SYMBOLS = List.of("AAA", "BBB", "BRK.A", "zz");

  /**
   * A file is written, over one that there may be.
   *
   * @param symbols a bit for each that has rows
   * @param shuffled rows in no order
   * @param load whether all that is new is imported then
   */
  private record Step(int day, int symbols, int version, boolean shuffled, boolean load) {}

  @Provide
  Arbitrary<List<Step>> steps() {
    return Combinators.combine(
            Arbitraries.integers().between(0, DAYS.size() - 1),
            Arbitraries.integers().between(0, (1 << SYMBOLS.size()) - 1),
            Arbitraries.integers().between(0, 50),
            Arbitraries.of(true, false, false),
            Arbitraries.of(true, false))
        .as(Step::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(14);
  }

  private final Map<Integer, Step> written = new TreeMap<>();
  private final Map<Integer, Step> imported = new TreeMap<>();
  private final Map<String, List<Integer>> spoke = new HashMap<>();

  @Property(tries = 20)
  void whatIsAnsweredIsWhatTheFilesSay(@ForAll("steps") List<Step> steps) throws IOException {
    written.clear();
    imported.clear();
    spoke.clear();
    Path folder = Files.createTempDirectory("polygon-import-law");
    try {
      for (int i = 0; i < steps.size(); i++) {
        Step step = steps.get(i);
        write(folder.resolve("files"), step);
        written.put(step.day(), step);
        if (step.load() || i == steps.size() - 1) {
          load(folder);
        }
      }
      check(folder.resolve("cache"));
    } finally {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path path : all.sorted(Collections.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  private static boolean has(Step step, int symbol) {
    return (step.symbols() >> symbol & 1) == 1;
  }

  private static int[] minutes(Step step, int symbol) {
    return new int[] {570 + symbol, 600 + step.version(), 900 + step.version() * symbol};
  }

  private static void write(Path files, Step step) throws IOException {
    LocalDate day = DAYS.get(step.day());
    List<String> rows = new ArrayList<>();
    for (int symbol = 0; symbol < SYMBOLS.size(); symbol++) {
      if (has(step, symbol)) {
        for (int minute : minutes(step, symbol)) {
          rows.add(FlatFileSamples.row(SYMBOLS.get(symbol), day, minute, step.version()));
        }
      }
    }
    if (step.shuffled()) {
      Collections.shuffle(rows, new Random(step.version()));
    }
    Path file = FlatFileSamples.path(files, "minute_aggs_v1", day);
    // A new file, so that its time is another even if it is as long as the one before.
    Files.deleteIfExists(file);
    FlatFileSamples.minutes(files, day, rows);
  }

  private void load(Path folder) {
    ImportReport report =
        FlatFiles.importInto(
            folder.resolve("cache"),
            FlatFileFolder.open(folder.resolve("files")),
            ImportRequest.all(),
            CLOCK,
            progress -> {});
    assertThat(report.count(ImportReport.Status.FAILED)).isZero();
    imported.putAll(written);
    written.forEach(
        (day, step) -> {
          for (int symbol = 0; symbol < SYMBOLS.size(); symbol++) {
            if (has(step, symbol)) {
              spoke.computeIfAbsent(SYMBOLS.get(symbol), s -> new ArrayList<>()).add(day);
            }
          }
        });
    written.clear();
  }

  private void check(Path cache) {
    AtomicInteger asked = new AtomicInteger();
    try (BarStore store =
        BarStore.open(
            cache,
            request -> {
              asked.incrementAndGet();
              return new BarAnswer(
                  Bars.empty(request.ticker(), request.timeframe()),
                  BarAnswer.Source.UPSTREAM,
                  List.of(),
                  null);
            },
            new NoFacts(),
            CLOCK,
            MarketCalendar.usEquities())) {
      for (int symbol = 0; symbol < SYMBOLS.size(); symbol++) {
        for (int day = 0; day < DAYS.size(); day++) {
          asked.set(0);
          BarAnswer answer = store.bars(request(symbol, day));
          Optional<Bars> expected = expected(symbol, day);
          assertThat(answer.bars())
              .isEqualTo(
                  expected.orElse(Bars.empty(Ticker.of(SYMBOLS.get(symbol)), Timeframe.MINUTE_1)));
          assertThat(asked.get()).as("requests").isEqualTo(expected.isPresent() ? 0 : 1);
        }
      }
    }
  }

  private static BarRequest request(int symbol, int day) {
    return BarRequest.raw(
        Ticker.of(SYMBOLS.get(symbol)),
        Timeframe.MINUTE_1,
        TimeRange.ofDays(DAYS.get(day), DAYS.get(day), Market.NEW_YORK));
  }

  /** What the files say of a day; empty when they say nothing. */
  private Optional<Bars> expected(int symbol, int day) {
    String name = SYMBOLS.get(symbol);
    List<Integer> days = spoke.getOrDefault(name, List.of());
    Step step = imported.get(day);
    if (step == null
        || days.isEmpty()
        || day < Collections.min(days)
        || day > Collections.max(days)) {
      return Optional.empty();
    }
    BarsBuilder bars = FlatFileSamples.builder(name);
    if (has(step, symbol)) {
      for (int minute : java.util.Arrays.stream(minutes(step, symbol)).sorted().toArray()) {
        FlatFileSamples.expect(bars, name, DAYS.get(day), minute, step.version());
      }
    }
    return Optional.of(bars.build());
  }

  /** Knows of nothing. */
  private static final class NoFacts implements ReferenceSource {
    @Override
    public Optional<TickerInfo> ticker(Ticker ticker) {
      return Optional.empty();
    }

    @Override
    public List<TickerInfo> search(String text, int most) {
      return List.of();
    }

    @Override
    public List<Split> splits(Ticker ticker) {
      return List.of();
    }

    @Override
    public List<Dividend> dividends(Ticker ticker) {
      return List.of();
    }
  }
}
