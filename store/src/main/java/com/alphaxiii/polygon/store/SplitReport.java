package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.Split;
import com.alphaxiii.polygon.core.Ticker;
import java.util.List;

/**
 * How well a ticker's splits fit its prices.
 *
 * @param splits those that are applied, oldest first
 * @param findings by day
 * @param days day bars that were looked at
 */
public record SplitReport(
    Ticker ticker, List<Split> splits, List<SplitFinding> findings, int days) {
  public SplitReport {
    splits = List.copyOf(splits);
    findings = List.copyOf(findings);
  }
}
