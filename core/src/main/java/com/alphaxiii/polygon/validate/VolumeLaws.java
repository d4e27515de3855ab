package com.alphaxiii.polygon.validate;

import com.alphaxiii.polygon.core.Adjustment;
import com.alphaxiii.polygon.core.Market;

/** What volume and transactions of a single bar must obey. */
final class VolumeLaws implements Check {
  @Override
  public void look(Series series, Evidence evidence, Findings findings) {
    boolean counted =
        series.market == Market.STOCKS
            || series.market == Market.OPTIONS
            || series.market == Market.FUTURES;
    // Corrected volume may be less than the trades that made it.
    boolean whole = counted && evidence.adjustment() == Adjustment.NONE;
    for (int i = 0; i < series.size; i++) {
      double volume = series.volume[i];
      if (!(volume >= 0 && volume < Double.POSITIVE_INFINITY)) {
        findings.row(Law.VOLUME_IS_NOT_A_COUNT, i, "volume %s".formatted(volume));
      } else if (volume == 0 && counted) {
        findings.row(Law.VOLUME_IS_ZERO, i, "volume 0 at close %s".formatted(series.close[i]));
      } else if (whole && series.transactions[i] > Math.ceil(volume)) {
        findings.row(
            Law.TRANSACTIONS_EXCEED_VOLUME,
            i,
            "%d transactions in a volume of %s".formatted(series.transactions[i], volume));
      }
    }
  }
}
