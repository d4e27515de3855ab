package com.alphaxiii.polygon.store;

import static com.alphaxiii.polygon.store.Samples.AAPL;
import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.BarsBuilder;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.Split;
import com.alphaxiii.polygon.core.Timeframe;
import com.alphaxiii.polygon.store.SplitFinding.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class SplitAuditTest {
  private static final Split TWO_2000 = split("2000-06-21", 1, 2);
  private static final Split TWO_2005 = split("2005-02-28", 1, 2);
  private static final Split SEVEN = split("2014-06-09", 1, 7);
  private static final Split FOUR = split("2020-08-31", 1, 4);
  private static final List<Split> ALL = List.of(TWO_2000, TWO_2005, SEVEN, FOUR);

  private static Split split(String day, double from, double to) {
    return new Split(AAPL, LocalDate.parse(day), from, to);
  }

  /** Day bars of ten dollars that jump once, by a factor. */
  private static Bars jumping(String day, double factor) {
    BarsBuilder bars = Bars.builder(AAPL, Timeframe.DAY_1);
    double price = 10;
    for (var each :
        Samples.CALENDAR.tradingDays(
            LocalDate.parse("2014-05-01"), LocalDate.parse("2014-07-01"))) {
      price = each.date().toString().equals(day) ? price * factor : price;
      bars.add(
          each.date().atStartOfDay(Market.NEW_YORK).toInstant().toEpochMilli(),
          price,
          price * 1.01,
          price * 0.99,
          price,
          1_000,
          Double.NaN,
          -1);
    }
    return bars.build();
  }

  private static List<Kind> kinds(List<SplitFinding> findings) {
    return findings.stream().map(SplitFinding::kind).toList();
  }

  @Test
  void recordedPricesFitTheRecordedSplits() throws IOException {
    Bars days = recorded();
    assertThat(SplitAudit.findings(ALL, ALL, days)).isEmpty();

    List<Split> lacking = new ArrayList<>(ALL);
    lacking.remove(SEVEN);
    List<SplitFinding> missing = SplitAudit.findings(lacking, lacking, days);
    assertThat(kinds(missing)).containsExactly(Kind.MISSING);
    assertThat(missing.getFirst().day()).isEqualTo(SEVEN.executionDate());
    assertThat(missing.getFirst().message()).contains("7 for 1");

    List<Split> wrong = List.of(TWO_2000, TWO_2005, split("2014-06-09", 1, 2), FOUR);
    List<SplitFinding> mismatch = SplitAudit.findings(wrong, wrong, days);
    assertThat(kinds(mismatch)).containsExactly(Kind.MISMATCH);
    assertThat(mismatch.getFirst().message()).contains("2 for 1", "0.143");
  }

  @Test
  void aWrongDayIsToldWithTheRightOne() {
    Split late = split("2014-06-11", 1, 3);
    List<SplitFinding> findings =
        SplitAudit.findings(List.of(late), List.of(late), jumping("2014-06-09", 1 / 3.0));
    assertThat(kinds(findings)).containsExactly(Kind.MISSING, Kind.MISMATCH);
    assertThat(findings.getLast().message()).contains("prices jump so on 2014-06-09");
  }

  @Test
  void aReverseSplitFitsAndIsMissedToo() {
    Split reverse = split("2014-06-09", 10, 1);
    Bars bars = jumping("2014-06-09", 9.3);
    assertThat(SplitAudit.findings(List.of(reverse), List.of(reverse), bars)).isEmpty();
    List<SplitFinding> missing =
        SplitAudit.findings(List.of(), List.of(), jumping("2014-06-09", 10));
    assertThat(kinds(missing)).containsExactly(Kind.MISSING);
    assertThat(missing.getFirst().message()).contains("1 for 10");
  }

  @Test
  void repetitionsContradictionsAndCorrectionsAreTold() {
    Bars bars = jumping("2014-06-09", 1 / 7.0);
    assertThat(kinds(SplitAudit.findings(List.of(SEVEN, SEVEN), List.of(SEVEN), bars)))
        .containsExactly(Kind.DUPLICATE);
    Split other = split("2014-06-09", 1, 6.9);
    assertThat(kinds(SplitAudit.findings(List.of(SEVEN, other), List.of(SEVEN, other), bars)))
        .contains(Kind.CONTRADICTION);
    assertThat(kinds(SplitAudit.findings(List.of(other), List.of(SEVEN), bars)))
        .containsExactly(Kind.OVERRIDDEN, Kind.OVERRIDDEN);
  }

  @Test
  void whatCannotBeSeenIsNotCalledRight() {
    Split before = split("2013-01-07", 1, 2);
    Split small = split("2014-06-09", 100, 105);
    assertThat(
            kinds(
                SplitAudit.findings(
                    List.of(before, small), List.of(before, small), jumping("2014-06-09", 1))))
        .containsExactly(Kind.UNCHECKED, Kind.UNCHECKED);
    assertThat(SplitAudit.findings(List.of(), List.of(), Bars.empty(AAPL, Timeframe.DAY_1)))
        .isEmpty();
  }

  /** {@code date,open,high,low,close,volume}, raw. */
  private static Bars recorded() throws IOException {
    Path file = RecordedSplitTest.marketData().resolve("daily/AAPL.csv.gz");
    BarsBuilder bars = Bars.builder(AAPL, Timeframe.DAY_1);
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      lines
          .lines()
          .skip(1)
          .map(line -> line.split(",", -1))
          .forEach(
              cells ->
                  bars.add(
                      LocalDate.parse(cells[0])
                          .atStartOfDay(Market.NEW_YORK)
                          .toInstant()
                          .toEpochMilli(),
                      Double.parseDouble(cells[1]),
                      Double.parseDouble(cells[2]),
                      Double.parseDouble(cells[3]),
                      Double.parseDouble(cells[4]),
                      Double.parseDouble(cells[5]),
                      Double.NaN,
                      -1));
    }
    return bars.build();
  }
}
