package com.alphaxiii.polygon.core;

import java.time.Duration;
import java.util.Optional;

/**
 * How much of the request budget is used.
 *
 * @param limitPerMinute requests that the plan allows in any 60 seconds
 * @param effectiveLimitPerMinute requests that are sent at most for now: fewer than the plan allows
 *     while the vendor keeps refusing them
 * @param usedLastMinute requests that count: under way, or ended in the last 60 seconds
 * @param remaining requests that may still be sent within the effective limit
 * @param reset how long until the oldest of those that count no longer does; zero when none counts
 * @param expectedWait how long about an interactive request made now would wait; zero when it would
 *     go at once
 * @param queued requests waiting now
 * @param throttledTotal requests that had to wait, since start
 * @param rejectedByUpstreamTotal answers 429, since start
 * @param inFlight requests sent and not yet answered
 * @param notice what a user should know, in a sentence: why fewer requests than the plan allows are
 *     sent, or nothing for a while; empty when all is as planned
 */
public record RateLimitStatus(
    Tier tier,
    int limitPerMinute,
    int effectiveLimitPerMinute,
    int usedLastMinute,
    int remaining,
    Duration reset,
    Duration expectedWait,
    int queued,
    long throttledTotal,
    long rejectedByUpstreamTotal,
    int inFlight,
    Optional<String> notice) {}
