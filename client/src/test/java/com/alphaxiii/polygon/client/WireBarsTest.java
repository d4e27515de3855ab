package com.alphaxiii.polygon.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.PolygonException.BadData;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.Timeframe;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.ByteRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WireBarsTest {
  private static final String BODY =
      """
      {"ticker":"AAPL","queryCount":3,"resultsCount":3,"adjusted":true,"results":[\
      {"v":7.0790813e+07,"vw":131.6292,"o":130.465,"c":130.15,"h":133.41,"l":129.89,"t":1673240400000,"n":645365},\
      {"v":12,"o":700000.5,"c":1e-6,"h":700001,"l":0.000001,"t":1673240460000,"otc":true},\
      {"v":3.5,"vw":null,"o":1,"c":2,"h":3,"l":0.5,"t":1.67324052e12,"n":12.0,"x":{"y":[1,{}]}}],\
      "status":"OK","request_id":1,"count":3,"next_url":null}\
      """;

  private static WireBars.Page page(byte[] body, String symbol) {
    WireBars bars = new WireBars(Ticker.of(symbol), Timeframe.MINUTE_1);
    Envelope.read(new ByteArrayInputStream(body), bars.where(), bars).requireComplete();
    return bars.content();
  }

  private static WireBars.Page page(String body) {
    return page(body.getBytes(StandardCharsets.UTF_8), "AAPL");
  }

  private static Bars decode(byte[] body, String symbol) {
    return page(body, symbol).bars();
  }

  private static Bars decode(String body) {
    return decode(body.getBytes(StandardCharsets.UTF_8), "AAPL");
  }

  private static String withBar(String bar) {
    return "{\"results\":[{\"v\":1,\"o\":1,\"c\":1,\"h\":1,\"l\":1,\"t\":1},"
        + bar
        + ",{\"v\":1,\"o\":1,\"c\":1,\"h\":1,\"l\":1,\"t\":3}],\"resultsCount\":3}";
  }

  @Test
  void readsNumbersInAllFormsTheVendorUses() {
    Bars bars = decode(BODY);

    assertThat(bars.size()).isEqualTo(3);
    assertThat(bars.volume(0)).isEqualTo(70_790_813d);
    assertThat(bars.vwap(0)).isEqualTo(131.6292);
    assertThat(bars.transactions(0)).isEqualTo(645_365);
    assertThat(bars.close(1)).isEqualTo(0.000001);
    assertThat(bars.vwap(1)).isNaN();
    assertThat(bars.transactions(1)).isEqualTo(-1);
    assertThat(bars.start(2)).isEqualTo(1_673_240_520_000L);
    assertThat(bars.transactions(2)).isEqualTo(12);
  }

  @ParameterizedTest
  @ValueSource(strings = {"o", "h", "l", "c", "v", "t"})
  void aBarWithoutARequiredMemberIsNamed(String missing) {
    String bar = "{\"v\":1,\"o\":1,\"c\":1,\"h\":1,\"l\":1,\"t\":2}";
    String without = bar.replace("\"" + missing + "\":", "\"zz\":");
    String nulled = bar.replaceAll("\"" + missing + "\":\\d", "\"" + missing + "\":null");

    for (String broken : new String[] {without, nulled}) {
      WireBars.Page page = page(withBar(broken));
      assertThat(page.bars().size()).isEqualTo(2);
      assertThat(page.holes())
          .containsExactly(
              new WireBars.Hole(
                  2, 1, missing.equals("t") ? WireBars.UNKNOWN : 2, "has no '" + missing + "'"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "o,'\"1x\"'",
    "h,true",
    "l,[1]",
    "c,{}",
    "v,1e999",
    "t,1.5",
    "t,1e300",
    "n,2.5",
    "n,-1",
    "vw,'\"\"'"
  })
  void aMemberThatIsNoNumberIsNamed(String name, String value) {
    String bar =
        "{\"v\":1,\"o\":1,\"c\":1,\"h\":1,\"l\":1,\"t\":2,\"%s\":%s}".formatted(name, value);

    WireBars.Page page = page(withBar(bar));
    assertThat(page.bars().size()).isEqualTo(2);
    assertThat(page.holes()).hasSize(1);
    assertThat(page.holes().getFirst().reason()).startsWith("'" + name + "' is ");
  }

  @Test
  void barsOfIndicesHaveNoVolume() {
    byte[] body =
        "{\"results\":[{\"o\":1,\"c\":1,\"h\":1,\"l\":1,\"t\":1}],\"resultsCount\":1}"
            .getBytes(StandardCharsets.UTF_8);

    assertThat(decode(body, "I:SPX").volume(0)).isZero();
    assertThat(page(body, "AAPL").holes().getFirst().reason()).isEqualTo("has no 'v'");
  }

  @Test
  void resultsThatComeTwiceAreNoAnswer() {
    assertThatThrownBy(() -> decode("{\"results\":[],\"results\":[],\"count\":0}"))
        .isInstanceOf(BadData.class);
  }

  @Property(tries = 300)
  void aBodyCutAnywhereIsBadData(@ForAll @IntRange(min = 0, max = 100_000) int place) {
    byte[] whole = BODY.getBytes(StandardCharsets.UTF_8);
    byte[] cut = Arrays.copyOf(whole, place % whole.length);

    assertThatThrownBy(() -> decode(cut, "AAPL")).isInstanceOf(BadData.class);
  }

  @Property(tries = 2_000)
  void aMutatedBodyIsBarsOrAnErrorOfTheFamily(
      @ForAll @IntRange(min = 0, max = 100_000) int place,
      @ForAll @IntRange(min = 0, max = 100_000) int other,
      @ForAll @ByteRange(min = Byte.MIN_VALUE, max = Byte.MAX_VALUE) byte value) {
    byte[] body = BODY.getBytes(StandardCharsets.UTF_8);
    body[place % body.length] = value;
    body[other % body.length] = body[(other / 7) % body.length];

    try {
      assertThat(decode(body, "AAPL").size()).isBetween(0, 3);
    } catch (PolygonException e) {
      assertThat(e).isInstanceOf(BadData.class);
    }
  }
}
