package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.Conditions;
import java.util.Arrays;

/**
 * The consolidated update rules of US trade conditions: what a trade may move. With several
 * conditions, all must allow it.
 */
final class TradeRules {
  /** Form T: a print outside regular hours. */
  static final int EXTENDED_HOURS = 12;

  static final int ODD_LOT = 37;

  private static final int HIGH_LOW = 1;
  private static final int OPEN_CLOSE = 2;
  private static final int VOLUME = 4;
  private static final int ALL = HIGH_LOW | OPEN_CLOSE | VOLUME;

  private static final int[] RULES = new int[100];

  static {
    Arrays.fill(RULES, ALL);
    for (int onlyVolume : new int[] {2, 7, 12, 13, 20, 21, 29, 37, 52, 53}) {
      RULES[onlyVolume] = VOLUME;
    }
    for (int notOpenClose : new int[] {5, 10, 22, 32, 33}) {
      RULES[notOpenClose] = HIGH_LOW | VOLUME;
    }
    RULES[15] = 0;
    RULES[16] = 0;
    RULES[38] = HIGH_LOW | OPEN_CLOSE;
  }

  private TradeRules() {}

  static boolean movesHighLow(Conditions conditions, boolean intraday) {
    return (allowed(conditions, intraday) & HIGH_LOW) != 0;
  }

  static boolean movesOpenClose(Conditions conditions, boolean intraday) {
    return (allowed(conditions, intraday) & OPEN_CLOSE) != 0;
  }

  static boolean movesVolume(Conditions conditions) {
    return (allowed(conditions, true) & VOLUME) != 0;
  }

  /** Form T forms second and minute bars, though by the rule at the day's end it is volume only. */
  private static int allowed(Conditions conditions, boolean intraday) {
    int allowed = ALL;
    for (int i = 0; i < conditions.size(); i++) {
      int condition = conditions.get(i);
      if (condition >= 0
          && condition < RULES.length
          && !(intraday && condition == EXTENDED_HOURS)) {
        allowed &= RULES[condition];
      }
    }
    return allowed;
  }
}
