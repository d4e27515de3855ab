package com.alphaxiii.polygon.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.CharBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class BarsCsvTest {
  private static final Ticker AAPL = new Ticker("AAPL");

  private static List<String> lines(Bars bars, ZoneId zone) {
    StringWriter text = new StringWriter();
    try {
      bars.writeCsv(text, zone);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(text.toString()).endsWith("\n");
    return text.toString().lines().toList();
  }

  private static Bars bar(double open, double volume, double vwap, long transactions) {
    return Bars.builder(AAPL, Timeframe.MINUTE_1)
        .add(
            Instant.parse("2014-06-05T13:30:00Z").toEpochMilli(),
            open,
            650,
            645.57,
            92.2242857142857,
            volume,
            vwap,
            transactions)
        .build();
  }

  @Test
  void writesPlainNumbersAndLeavesOutWhatIsAbsent() {
    assertThat(lines(bar(0.0001, 70_790_813, Double.NaN, -1), Market.NEW_YORK))
        .containsExactly(
            "timestamp,open,high,low,close,volume,vwap,transactions",
            "2014-06-05T09:30:00-04:00,0.0001,650,645.57,92.2242857142857,70790813,,");
    assertThat(lines(bar(1e22, 1.5e7, 1.25e-9, 0), ZoneOffset.UTC).get(1))
        .isEqualTo(
            "2014-06-05T13:30:00Z,10000000000000000000000,650,645.57,92.2242857142857,15000000,0.00000000125,0");
  }

  @Test
  void writesOnlyTheHeaderWithoutBars() {
    assertThat(lines(Bars.empty(AAPL, Timeframe.MINUTE_1), ZoneOffset.UTC)).hasSize(1);
  }

  @Provide
  Arbitrary<Bars> bars() {
    return LawfulBars.any();
  }

  @Property
  void readsBackAsTheSameBars(@ForAll("bars") Bars bars) {
    Bars odd =
        bars.adjust(
            AdjustmentFactors.splits(
                List.of(
                    new Split(AAPL, LocalDate.of(2013, 3, 10), 1, 7),
                    new Split(AAPL, LocalDate.of(2014, 6, 9), 1_000, 1)),
                LocalDate.of(2030, 1, 1)));
    for (Bars each : List.of(bars, odd)) {
      List<String> lines = lines(each, Market.NEW_YORK);
      BarsBuilder read = Bars.builder(each.ticker(), each.timeframe());
      for (String line : lines.subList(1, lines.size())) {
        assertThat(line.substring(line.indexOf(','))).matches("[0-9.,]*");
        String[] fields = line.split(",", -1);
        assertThat(fields).hasSize(8);
        read.add(
            OffsetDateTime.parse(fields[0]).toInstant().toEpochMilli(),
            Double.parseDouble(fields[1]),
            Double.parseDouble(fields[2]),
            Double.parseDouble(fields[3]),
            Double.parseDouble(fields[4]),
            Double.parseDouble(fields[5]),
            fields[6].isEmpty() ? Double.NaN : Double.parseDouble(fields[6]),
            fields[7].isEmpty() ? -1 : Long.parseLong(fields[7]));
      }
      assertThat(read.build()).isEqualTo(each);
    }
  }

  @Property
  void everyFiniteNumberReadsBack(@ForAll double number) {
    String written = lines(bar(number, 1, 1, 1), ZoneOffset.UTC).get(1).split(",", -1)[1];
    assertThat(written).matches("-?[0-9]+(\\.[0-9]+)?");
    // Minus zero is zero here.
    assertThat(Double.parseDouble(written) + 0.0).isEqualTo(number + 0.0);
  }

  @Test
  void passesOnTheFailureOfItsTarget() {
    CharBuffer small = CharBuffer.allocate(60);
    Appendable full =
        new Appendable() {
          @Override
          public Appendable append(CharSequence text) throws IOException {
            if (text.length() > small.remaining()) {
              throw new IOException("full");
            }
            small.put(text.toString());
            return this;
          }

          @Override
          public Appendable append(CharSequence text, int start, int end) throws IOException {
            return append(text.subSequence(start, end));
          }

          @Override
          public Appendable append(char c) throws IOException {
            return append(String.valueOf(c));
          }
        };
    assertThatThrownBy(() -> bar(1, 1, 1, 1).writeCsv(full, ZoneOffset.UTC))
        .isInstanceOf(IOException.class)
        .hasMessage("full");
  }
}
