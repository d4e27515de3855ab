package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.BarSource;
import com.alphaxiii.polygon.core.Cursor;
import com.alphaxiii.polygon.core.Quote;
import com.alphaxiii.polygon.core.TickRequest;
import com.alphaxiii.polygon.core.TickSource;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.Trade;
import com.alphaxiii.polygon.core.VendorSource;
import com.alphaxiii.polygon.validate.QualitySource;
import java.time.InstantSource;
import java.util.Optional;

/** Makes requests claim memory before what fills it is fetched. */
final class BoundedPorts {
  private BoundedPorts() {}

  /** The same ports, of which those with large answers are bounded. */
  static ServerPorts of(ServerPorts ports) {
    InstantSource clock = ports.clock();
    BarSource bars =
        request -> {
          Load.claim(Footprint.of(request, clock.instant()));
          return ports.bars().bars(request);
        };
    QualitySource quality =
        request -> {
          Load.claim(2 * Footprint.of(request, clock.instant()));
          return ports.quality().quality(request);
        };
    VendorSource vendor =
        target -> {
          Load.claim(Footprint.ofVendor(target));
          return ports.vendor().ask(target);
        };
    return new ServerPorts(
        bars,
        ports.prices(),
        new Ticks(ports.ticks()),
        ports.reference(),
        ports.snapshots(),
        vendor,
        ports.feed(),
        ports.calendar(),
        clock,
        ports.rateLimit(),
        quality,
        ports.cache(),
        ports.symbols(),
        ports.features(),
        ports.recording(),
        ports.history(),
        ports.replays(),
        ports.upstream());
  }

  private record Ticks(TickSource source) implements TickSource {
    @Override
    public Optional<Trade> lastTrade(Ticker ticker) {
      return source.lastTrade(ticker);
    }

    @Override
    public Optional<Quote> lastQuote(Ticker ticker) {
      return source.lastQuote(ticker);
    }

    @Override
    public Cursor<Trade> trades(TickRequest request) {
      Load.claim(Footprint.of(request));
      return source.trades(request);
    }

    @Override
    public Cursor<Quote> quotes(TickRequest request) {
      Load.claim(Footprint.of(request));
      return source.quotes(request);
    }
  }
}
