package com.alphaxiii.polygon.catalogue;

import java.util.Locale;

/** What kind of instruments an endpoint serves; the vendor sells each as a plan of its own. */
public enum AssetClass {
  STOCKS,
  OPTIONS,
  FOREX,
  CRYPTO,
  INDICES,
  FUTURES;

  /** The word in lower case, such as {@code stocks}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
