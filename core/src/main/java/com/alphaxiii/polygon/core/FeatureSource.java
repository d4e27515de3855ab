package com.alphaxiii.polygon.core;

/** Who tells what the key may do. */
public interface FeatureSource {
  /**
   * What the key may do, as it was found out within the last day, else by some fifteen small
   * requests now.
   *
   * @param anew asks even if the answer is remembered
   */
  Features features(boolean anew);
}
