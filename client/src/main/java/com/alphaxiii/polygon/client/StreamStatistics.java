package com.alphaxiii.polygon.client;

/**
 * What a {@link StreamClient} has seen since it was opened; each number only grows.
 *
 * @param messages whole messages received; the vendor packs many events into one
 * @param events market events decoded, each counted once however many sinks it went to
 * @param malformed events that could not be read
 * @param reconnects times the connection was restored after a loss
 * @param sinkFailures times a sink threw
 * @param dropped events that its {@link BufferedSink}s discarded because their targets were slow
 */
public record StreamStatistics(
    long messages, long events, long malformed, long reconnects, long sinkFailures, long dropped) {}
