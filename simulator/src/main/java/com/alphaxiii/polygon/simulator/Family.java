package com.alphaxiii.polygon.simulator;

/** What an endpoint gives, as plans count it. */
enum Family {
  AGGREGATES,
  TRADES,
  NBBO,
  SNAPSHOTS,
  REFERENCE,
  FINANCIALS,
  PARTNER
}
