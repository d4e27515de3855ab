package com.alphaxiii.polygon.catalogue;

import java.util.List;

/** Which comparisons a query parameter takes besides equality, as suffixes of its name. */
public enum Filter {
  NONE("", List.of()),
  RANGE("^", List.of("gt", "gte", "lt", "lte")),
  RANGE_OR_LIST("~", List.of("gt", "gte", "lt", "lte", "any_of")),
  LIST("∈", List.of("any_of")),
  /** For members that are lists: contains the value, any of the values, all of them. */
  CONTAINS("⊇", List.of("any_of", "all_of"));

  private final String mark;
  private final List<String> suffixes;

  Filter(String mark, List<String> suffixes) {
    this.mark = mark;
    this.suffixes = suffixes;
  }

  /** The mark in the catalogue's text; empty for {@link #NONE}. */
  public String mark() {
    return mark;
  }

  /** What may follow the name after a dot. */
  public List<String> suffixes() {
    return suffixes;
  }

  /** Whether the value of a suffix is a list with commas. */
  static boolean takesList(String suffix) {
    return suffix.equals("any_of") || suffix.equals("all_of");
  }
}
