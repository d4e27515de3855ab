package com.alphaxiii.polygon.validate;

/** Looks for breaches of some laws; without state. */
interface Check {
  void look(Series series, Evidence evidence, Findings findings);
}
