/** Trading days and sessions, computed from the exchanges' rules. */
@NullMarked
package com.alphaxiii.polygon.calendar;

import org.jspecify.annotations.NullMarked;
