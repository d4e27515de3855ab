package com.alphaxiii.polygon.catalogue;

/** What a parameter takes or a member of an answer holds, with the unit of times. */
public enum ValueType {
  TEXT("text"),
  /** Texts in one value, separated by commas. */
  TEXTS("texts"),
  INTEGER("int"),
  NUMBER("number"),
  /** {@code true} or {@code false}. */
  FLAG("flag"),
  /** {@code YYYY-MM-DD}. */
  DATE("date"),
  /** {@code YYYYMMDD}. */
  COMPACT_DATE("yyyymmdd"),
  /** RFC 3339 with an offset. */
  DATE_TIME("datetime"),
  /** Unix time in milliseconds. */
  MILLIS("ms"),
  /** Unix time in nanoseconds. */
  NANOS("ns"),
  /** A date, or Unix time in milliseconds. */
  DATE_OR_MILLIS("date-or-ms"),
  /** A date, RFC 3339, or Unix time in nanoseconds. */
  DATE_OR_NANOS("date-or-ns"),
  /** A date, or RFC 3339. */
  DATE_OR_DATE_TIME("date-or-datetime"),
  /** An object with members of its own. */
  OBJECT("object");

  private final String word;

  ValueType(String word) {
    this.word = word;
  }

  /** The word in the catalogue's text, such as {@code date-or-ms}. */
  public String word() {
    return word;
  }
}
