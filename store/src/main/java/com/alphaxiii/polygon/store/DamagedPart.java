package com.alphaxiii.polygon.store;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A part file that is not what the catalog says: lost, cut, altered, or replaced meanwhile. */
final class DamagedPart extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient PartKey key;
  private final Damage.Kind kind;

  DamagedPart(PartKey key, Damage.Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.key = key;
    this.kind = kind;
  }

  PartKey key() {
    return key;
  }

  Damage.Kind kind() {
    return kind;
  }
}
