package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.calendar.MarketCalendar;
import com.alphaxiii.polygon.core.BarSource;
import com.alphaxiii.polygon.core.CacheControl;
import com.alphaxiii.polygon.core.EventFeed;
import com.alphaxiii.polygon.core.FeatureSource;
import com.alphaxiii.polygon.core.LiveHistory;
import com.alphaxiii.polygon.core.PriceSource;
import com.alphaxiii.polygon.core.RateLimitStatus;
import com.alphaxiii.polygon.core.RecordingStatus;
import com.alphaxiii.polygon.core.ReferenceSource;
import com.alphaxiii.polygon.core.ReplaySource;
import com.alphaxiii.polygon.core.TickSource;
import com.alphaxiii.polygon.core.UpstreamWatch;
import com.alphaxiii.polygon.core.VendorSource;
import com.alphaxiii.polygon.snapshot.SnapshotSource;
import com.alphaxiii.polygon.validate.QualitySource;
import com.alphaxiii.polygon.validate.SymbolSource;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the server serves from. It calls all but {@code feed} from many virtual threads at once, and
 * closes none of them.
 *
 * @param history what a stream missed a moment ago, past any cache
 * @param clock tells the times that answers and messages carry
 * @param recording what is recorded of the feed; empty when nothing is
 */
public record ServerPorts(
    BarSource bars,
    PriceSource prices,
    TickSource ticks,
    ReferenceSource reference,
    SnapshotSource snapshots,
    VendorSource vendor,
    EventFeed feed,
    MarketCalendar calendar,
    InstantSource clock,
    Supplier<RateLimitStatus> rateLimit,
    QualitySource quality,
    CacheControl cache,
    SymbolSource symbols,
    FeatureSource features,
    Supplier<Optional<RecordingStatus>> recording,
    LiveHistory history,
    ReplaySource replays,
    UpstreamWatch upstream) {}
