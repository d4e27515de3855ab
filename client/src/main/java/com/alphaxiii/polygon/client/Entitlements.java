package com.alphaxiii.polygon.client;

import java.util.Optional;

/**
 * What is known beforehand of what the key may ask for. Asked before each request; must be fast.
 */
public interface Entitlements {
  /** Nothing is known. */
  Entitlements UNKNOWN =
      new Entitlements() {
        @Override
        public Optional<String> refusal(String path) {
          return Optional.empty();
        }

        @Override
        public String explain(String path) {
          return "";
        }
      };

  /**
   * Why the vendor will refuse a request, which is then not sent; empty when it may be answered.
   *
   * @param path of the request, without host and query
   */
  Optional<String> refusal(String path);

  /**
   * What there is to know about a request that the vendor has refused by the plan; empty when
   * nothing.
   */
  String explain(String path);
}
