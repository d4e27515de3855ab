package com.alphaxiii.polygon.simulator;

import java.time.InstantSource;

/**
 * The markets as somebody sees them: now, or on a delayed plan as they were 15 minutes ago.
 *
 * @param clock what is now in this view
 */
record View(MarketData data, LiveFeed live, InstantSource clock) {}
