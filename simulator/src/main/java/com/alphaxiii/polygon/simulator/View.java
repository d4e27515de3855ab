package com.alphaxiii.polygon.simulator;

import java.time.InstantSource;

/**
 * The markets as somebody sees them: now, or on a delayed plan as they were 15 minutes ago.
 *
 * @param data all markets
 * @param options the options among them, with their chains
 * @param steady forex, crypto, indices and futures among them
 * @param clock what is now in this view
 */
record View(
    MarketData data,
    OptionMarket options,
    SteadyMarket steady,
    LiveFeed live,
    InstantSource clock) {}
