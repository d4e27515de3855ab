package com.alphaxiii.polygon.core;

/**
 * An element of an answer that could not be read and was left out.
 *
 * @param page of the answer, from 1
 * @param index on that page, from 1
 * @param reason what is wrong with it, naming the member
 */
public record Rejected(int page, int index, String reason) {
  @Override
  public String toString() {
    return "page %d, element %d: %s".formatted(page, index, reason);
  }
}
