package com.alphaxiii.polygon.core;

import java.time.Duration;

/**
 * How much of the request budget is used.
 *
 * @param usedLastMinute requests granted in the last 60 seconds
 * @param reset how long until the oldest of them no longer counts; zero when none does
 * @param queued callers waiting now
 * @param throttledTotal requests that had to wait, since start
 * @param rejectedByUpstreamTotal answers 429, since start
 * @param inFlight requests sent and not yet answered
 */
public record RateLimitStatus(
    Tier tier,
    int limitPerMinute,
    int usedLastMinute,
    int remaining,
    Duration reset,
    int queued,
    long throttledTotal,
    long rejectedByUpstreamTotal,
    int inFlight) {}
