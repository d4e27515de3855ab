package com.alphaxiii.polygon.columnar;

/** The cells of one column in a batch. */
public sealed interface Cells {
  /** Which rows have one. */
  Validity valid();

  /**
   * Moments or whole numbers; what stands where there is no cell does not matter.
   *
   * @param from index of the first row
   */
  record Longs(long[] values, int from, Validity valid) implements Cells {}

  /**
   * Whole numbers.
   *
   * @param from index of the first row
   */
  record Ints(int[] values, int from, Validity valid) implements Cells {}

  /**
   * Doubles.
   *
   * @param from index of the first row
   */
  record Doubles(double[] values, int from, Validity valid) implements Cells {}

  /**
   * Texts one behind the other.
   *
   * @param ends where each row's text begins, and behind the last where it ends; begins with 0
   */
  record Texts(byte[] utf8, int[] ends, Validity valid) implements Cells {}

  /**
   * Lists one behind the other.
   *
   * @param ends where each row's list begins, and behind the last where it ends; begins with 0
   */
  record IntLists(int[] values, int[] ends) implements Cells {
    @Override
    public Validity valid() {
      return Validity.ALL;
    }
  }
}
