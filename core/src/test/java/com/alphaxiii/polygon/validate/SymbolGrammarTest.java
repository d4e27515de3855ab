package com.alphaxiii.polygon.validate;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.validate.SymbolForm.Kind;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SymbolGrammarTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "AAPL|STOCK|stock or fund AAPL",
        "BRK.A|SHARE_CLASS|shares of BRK, class A",
        "BACpL|PREFERRED|preferred shares of BAC, series L",
        "Fp|PREFERRED|preferred shares of F",
        "PSTH.U|UNIT|unit of PSTH: a share with a part of a warrant",
        "AONE.WS|WARRANT|warrant of AONE",
        "BAC.WS.A|WARRANT|warrant of BAC A",
        "GTXr|RIGHT|right to shares of GTX",
        "HHHw|WHEN_ISSUED|HHH, traded when issued",
        "O:AAPL230616C00150000|OPTION|call of AAPL at 150, expires 2023-06-16",
        "O:SPXW240119P04725500|OPTION|put of SPXW at 4725.5, expires 2024-01-19",
        "O:AAPL1230616C00150000|OPTION|call of AAPL at 150, expires 2023-06-16; adjusted root"
            + " AAPL1: a corporate action changed what it delivers",
        "C:EURUSD|FOREX|how many USD one EUR costs",
        "X:BTCUSD|CRYPTO|how many USD one BTC costs",
        "X:1INCHUSD|CRYPTO|how many USD one 1INCH costs",
        "I:SPX|INDEX|index SPX",
        "ESZ6|FUTURE|future on ES, December of a year that ends in 6",
        "GCQ26|FUTURE|future on GC, August of a year that ends in 26",
      })
  void explainsWhatAMarketSpells(String symbol, Kind kind, String explanation) {
    SymbolForm form = SymbolGrammar.read(symbol);
    assertThat(form.kind()).isEqualTo(kind);
    assertThat(form.explanation()).isEqualTo(explanation);
    assertThat(form.ticker()).contains(Ticker.of(symbol));
    assertThat(Ticker.of(symbol).market()).isEqualTo(kind.market());
  }

  @ParameterizedTest
  @CsvSource({
    "aapl, AAPL",
    "brk.a, BRK.A",
    "BRK-B, BRK.B",
    "BRK/B, BRK.B",
    "AAPL.US, AAPL",
    "$TSLA, TSLA",
    "^GSPC, I:SPX",
    "BTC-USD, X:BTCUSD",
    "EUR/USD, C:EURUSD",
    "AAPL230616C00150000, O:AAPL230616C00150000",
    "BAC-PL, BACpL",
    "O:AAPL230631C00150000, ",
    "NO SUCH THING, ",
    "'', ",
  })
  void knowsHowOthersSpell(String symbol, String spelling) {
    SymbolForm form = SymbolGrammar.read(symbol);
    assertThat(form.isWellFormed()).isFalse();
    assertThat(form.kind()).isEqualTo(Kind.MALFORMED);
    assertThat(form.explanation()).isNotEmpty();
    if (spelling == null) {
      assertThat(form.spellings()).isEmpty();
    } else {
      assertThat(form.spellings()).contains(spelling);
    }
  }

  @Property
  void readsAnyText(@ForAll String text) {
    SymbolForm form = SymbolGrammar.read(text);
    assertThat(form.symbol()).isEqualTo(text);
    form.spellings()
        .forEach(spelt -> assertThat(SymbolGrammar.read(spelt).isWellFormed()).isTrue());
  }

  @Test
  void findsTheUnderlyingOfAnOption() {
    assertThat(SymbolGrammar.underlying(Ticker.of("O:AAPL1230616C00150000")))
        .contains(Ticker.of("AAPL"));
  }

  @ParameterizedTest
  @CsvSource({
    "AAPL, AAPL, 0",
    "AAPL, aapl, 0",
    "APPL, AAPL, 1",
    "AALP, AAPL, 1",
    "TSL, TSLA, 1",
    "MSFT, AAPL, 4",
    "'', AB, 2"
  })
  void countsLetters(String a, String b, int distance) {
    assertThat(EditDistance.of(a, b)).isEqualTo(distance);
    assertThat(EditDistance.of(b, a)).isEqualTo(distance);
  }

  @Test
  void tellsTheLastDayOfAnOption() {
    assertThat(SymbolGrammar.lastDay(new Ticker("O:AAPL230616C00150000")))
        .contains(java.time.LocalDate.of(2023, 6, 16));
    assertThat(SymbolGrammar.lastDay(new Ticker("AAPL"))).isEmpty();
    assertThat(SymbolGrammar.lastDay(new Ticker("O:NONSENSE"))).isEmpty();
  }
}
