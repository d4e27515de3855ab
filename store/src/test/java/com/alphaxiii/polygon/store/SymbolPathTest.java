package com.alphaxiii.polygon.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.Timeframe;
import java.nio.file.Path;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SymbolPathTest {
  @Provide
  Arbitrary<Ticker> tickers() {
    // Few letters, so that names that differ in case alone come up often.
    Arbitrary<String> prefix = Arbitraries.of("", "", "O:", "C:", "X:", "I:");
    Arbitrary<String> first = Arbitraries.of("A", "a", "C", "c", "0", "1", "CON", "con", "NUL");
    Arbitrary<String> rest =
        Arbitraries.strings().withChars("aAbBnNoO012._-").ofMinLength(0).ofMaxLength(4);
    return Combinators.combine(prefix, first, rest).as((p, f, r) -> Ticker.of(p + f + r));
  }

  @Property(tries = 5_000)
  void twoTickersNeverShareANameEvenWhereCaseIsIgnored(
      @ForAll("tickers") Ticker one, @ForAll("tickers") Ticker other) {
    String name = SymbolPath.encode(one).toLowerCase(Locale.ROOT);
    String otherName = SymbolPath.encode(other).toLowerCase(Locale.ROOT);
    assertThat(name.equals(otherName)).isEqualTo(one.equals(other));
  }

  @Property
  void namesSuitEveryFileSystem(@ForAll("tickers") Ticker ticker) {
    assertThat(SymbolPath.encode(ticker))
        .matches("[A-Z0-9._~-]+")
        .doesNotEndWith(".")
        .doesNotStartWith(".")
        .doesNotMatch("(CON|PRN|AUX|NUL|COM[0-9]|LPT[0-9])(\\..*)?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"AAPL", "BRK.A", "BF-B", "CONN", "A_B", "X.CON"})
  void ordinaryTickersAreTheirOwnNames(String symbol) {
    assertThat(SymbolPath.encode(Ticker.of(symbol))).isEqualTo(symbol);
  }

  @ParameterizedTest
  @CsvSource({"BCpA, BC~PA", "X:BTCUSD, X~0BTCUSD", "CON, CON~", "NUL.A, NUL~.A", "ABC., ABC~1"})
  void othersAreEncoded(String symbol, String name) {
    assertThat(SymbolPath.encode(Ticker.of(symbol))).isEqualTo(name);
  }

  @Test
  void fileNamesCarryTheEncodedTicker(@TempDir Path root) {
    Series series = new Series(Ticker.of("BCpA"), Timeframe.MINUTE_1);
    assertThat(new Layout(root).file(new PartKey(series, "2014-06")))
        .isEqualTo(root.resolve("parquet/symbols/BC~PA/BC~PA_1min.parquet/2014-06.parquet"));
  }
}
