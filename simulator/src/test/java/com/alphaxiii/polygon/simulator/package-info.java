/** Tests over real sockets with the JDK's own HTTP and WebSocket clients. */
@NullMarked
package com.alphaxiii.polygon.simulator;

import org.jspecify.annotations.NullMarked;
