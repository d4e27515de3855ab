package com.alphaxiii.polygon.catalogue;

import java.util.Locale;

/** Whether the vendor answers an endpoint and means to go on doing so. */
public enum State {
  SERVED,
  /** Served, and may change without notice. */
  DRAFT,
  /** Superseded; ordinary plans are refused. */
  DEPRECATED,
  /** Documented, but 404 in production. */
  UNSERVED;

  /** The word in lower case, such as {@code served}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
