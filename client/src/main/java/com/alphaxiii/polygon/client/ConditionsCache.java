package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.Conditions;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Shares equal {@link Conditions}: a market knows a few hundred combinations. A table without
 * chains: two combinations that meet in a slot take turns, which costs an allocation and nothing
 * else.
 */
final class ConditionsCache {
  private static final int SLOTS = 1 << 12;

  private final @Nullable Conditions[] slots = new Conditions[SLOTS];

  Conditions get(int[] codes, int count) {
    if (count == 0) {
      return Conditions.NONE;
    }
    int hash = 1;
    for (int i = 0; i < count; i++) {
      hash = 31 * hash + codes[i];
    }
    int slot = (hash ^ (hash >>> 12)) & (SLOTS - 1);
    Conditions known = slots[slot];
    if (known != null && holds(known, codes, count)) {
      return known;
    }
    Conditions conditions = Conditions.of(Arrays.copyOf(codes, count));
    slots[slot] = conditions;
    return conditions;
  }

  private static boolean holds(Conditions known, int[] codes, int count) {
    if (known.size() != count) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      if (known.get(i) != codes[i]) {
        return false;
      }
    }
    return true;
  }
}
