package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.TickerEvent;

/**
 * An event as a recording has it.
 *
 * @param received when this machine took it from the feed, Unix ns
 * @param session the stretch of recording that it belongs to; later ones have greater names
 * @param arrival its place among all events of the session, whatever their symbols
 */
public record Recorded<T extends TickerEvent>(
    T event, long received, String session, long arrival) {}
