package com.alphaxiii.polygon.validate;

/** How bad a finding is. */
public enum Severity {
  /** Unusual, though it can be true. */
  WARNING,
  /** Cannot be true. */
  ERROR
}
