package com.alphaxiii.polygon.catalogue;

import java.util.Locale;

/** What a plan must include for an endpoint to answer. */
public enum DataType {
  AGGREGATES,
  TRADES,
  NBBO,
  SNAPSHOTS,
  REFERENCE,
  BENZINGA,
  ETF_GLOBAL,
  TMX,
  CONSUMER_SPENDING;

  /** Whether it is another company's data, which is sold apart from the plans. */
  public boolean partner() {
    return compareTo(BENZINGA) >= 0;
  }

  /** The word in lower case, such as {@code etf-global}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
