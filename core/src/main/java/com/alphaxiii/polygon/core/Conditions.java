package com.alphaxiii.polygon.core;

import java.util.Arrays;

/** Condition codes of a trade or quote in the order sent; most events have none to three. */
public final class Conditions {
  /** No conditions: a regular sale. */
  public static final Conditions NONE = new Conditions(new int[0]);

  private final int[] codes;

  private Conditions(int[] codes) {
    this.codes = codes;
  }

  public static Conditions of(int... codes) {
    return codes.length == 0 ? NONE : new Conditions(codes.clone());
  }

  public int size() {
    return codes.length;
  }

  public int get(int index) {
    return codes[index];
  }

  public boolean contains(int code) {
    for (int c : codes) {
      if (c == code) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Conditions that && Arrays.equals(codes, that.codes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(codes);
  }

  @Override
  public String toString() {
    return Arrays.toString(codes);
  }
}
