package com.alphaxiii.polygon.columnar;

import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * One column of a table.
 *
 * @param nullable whether cells may be absent
 * @param zone in which times are shown by readers that know zones; null but for times
 */
public record Column(String name, Type type, boolean nullable, @Nullable ZoneId zone) {
  /** What the cells of a column are. */
  public enum Type {
    /** A moment, Unix ms. */
    MILLIS,
    /** A moment, Unix ns. */
    NANOS,
    /** A whole number of 64 bits. */
    INT64,
    /** A whole number of 32 bits. */
    INT32,
    /** A double. */
    FLOAT64,
    /** UTF-8. */
    TEXT,
    /** A list of whole numbers of 32 bits, which may be empty but not absent. */
    INT32_LIST
  }

  /** A column of moments. */
  public static Column time(String name, Type unit, boolean nullable, ZoneId zone) {
    return new Column(name, unit, nullable, zone);
  }

  /** A column whose every row has a cell. */
  public static Column required(String name, Type type) {
    return new Column(name, type, false, null);
  }

  /** A column some of whose cells may be absent. */
  public static Column optional(String name, Type type) {
    return new Column(name, type, true, null);
  }
}
