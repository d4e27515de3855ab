package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.Timeframe;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.jspecify.annotations.NullMarked;

/** Lets the benchmarks at the client's decoding of a page of bars. */
@NullMarked
public final class BarsDoor {
  private BarsDoor() {}

  /** As the client does. */
  public static Bars decoded(byte[] body, Ticker ticker) throws IOException {
    WireBars bars = new WireBars(ticker, Timeframe.MINUTE_1);
    bars.read(new ByteArrayInputStream(body)).requireComplete();
    return bars.content().bars();
  }

  /** As the client does where a page is written unusually. */
  public static Bars parsed(byte[] body, Ticker ticker) {
    WireBars bars = new WireBars(ticker, Timeframe.MINUTE_1);
    Envelope.read(new ByteArrayInputStream(body), bars.where(), bars).requireComplete();
    return bars.content().bars();
  }
}
