/**
 * The library that programs depend on. Begin with {@link com.alphaxiii.polygon.Polygon} for single
 * calls, {@link com.alphaxiii.polygon.PolygonDataManager} to hold resources yourself, {@link
 * com.alphaxiii.polygon.PolygonWebSocketClient} for live events.
 */
@NullMarked
package com.alphaxiii.polygon;

import org.jspecify.annotations.NullMarked;
