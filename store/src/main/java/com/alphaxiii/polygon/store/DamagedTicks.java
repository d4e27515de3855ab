package com.alphaxiii.polygon.store;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A file of ticks that is not what the catalog says: lost, cut, altered, or cleared meanwhile. */
final class DamagedTicks extends IOException {
  private static final long serialVersionUID = 1L;

  DamagedTicks(String message) {
    this(message, null);
  }

  DamagedTicks(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
