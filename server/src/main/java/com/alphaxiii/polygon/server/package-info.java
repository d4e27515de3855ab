/**
 * The data server: bars, latest prices and live events for any program on this machine or network,
 * over HTTP and WebSocket. It knows only the ports of {@code core}; {@link
 * com.alphaxiii.polygon.server.DataServer} is the door.
 *
 * <p>Threads: event loops read requests, write answers and hold everything that belongs to a
 * WebSocket client; calls to ports run on virtual threads; the feed's own thread encodes events and
 * hands them to the loops without waiting.
 */
@NullMarked
package com.alphaxiii.polygon.server;

import org.jspecify.annotations.NullMarked;
