package com.alphaxiii.polygon.validate;

import java.util.Locale;

/** How bad a finding is. */
public enum Severity {
  /** True and worth knowing, such as a halt of trading; costs no score. */
  INFO,
  /** Unusual, though it can be true. */
  WARNING,
  /** Cannot be true, or is lost. */
  ERROR;

  /** In lower case, as reports tell it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
