/**
 * The vendor's API: REST answers as values, the stream as events, and the one request budget that
 * all callers share.
 */
@NullMarked
package com.alphaxiii.polygon.client;

import org.jspecify.annotations.NullMarked;
