package com.alphaxiii.polygon.core;

/** What a live feed delivers: events of a ticker, and word about the feed itself. */
public sealed interface MarketEvent permits TickerEvent, FeedStatus, Gap {}
