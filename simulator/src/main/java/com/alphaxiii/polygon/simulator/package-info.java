/**
 * The vendor, embedded: REST and WebSocket on one port, over recorded market data or a seeded model
 * of the market, with faults on demand. The door is {@link
 * com.alphaxiii.polygon.simulator.Simulator}.
 */
@NullMarked
package com.alphaxiii.polygon.simulator;

import org.jspecify.annotations.NullMarked;
