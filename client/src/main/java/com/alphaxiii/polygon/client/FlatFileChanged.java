package com.alphaxiii.polygon.client;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A flat file is no longer the one that was listed. */
final class FlatFileChanged extends IOException {
  private static final long serialVersionUID = 1;

  FlatFileChanged(String how, @Nullable Throwable cause) {
    super(how, cause);
  }
}
