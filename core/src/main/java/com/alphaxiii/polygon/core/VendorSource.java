package com.alphaxiii.polygon.core;

/** The vendor's REST API as it stands, for programs that speak it. */
@FunctionalInterface
public interface VendorSource {
  /**
   * Asks for one answer, within the budget that all share.
   *
   * @param target path and query, encoded, without a key
   * @return what the vendor said, an error of its own too
   * @throws PolygonException when it refuses for now, fails, or does not answer
   */
  VendorReply ask(String target);
}
