package com.alphaxiii.polygon.client;

import java.util.List;

/**
 * The elements of one page, and what was wrong with those left out.
 *
 * @param sent the elements as sent, where they were read as rows, for the proof of the sequence
 */
record Rows<T>(List<T> values, List<Row> sent, List<Fault> faults) {
  /**
   * An element left out.
   *
   * @param index on the page, from 1
   */
  record Fault(int index, String reason) {}
}
