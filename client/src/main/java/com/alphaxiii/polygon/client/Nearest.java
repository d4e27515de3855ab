package com.alphaxiii.polygon.client;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Guesses what a mistyped name was meant to be. */
final class Nearest {
  private Nearest() {}

  /** {@code " (did you mean 'x'?)"}, or nothing where no name is near. */
  static String hint(String asked, Collection<String> known) {
    String low = asked.toLowerCase(Locale.ROOT);
    return known.stream()
        .min(Comparator.comparingInt(name -> distance(low, name.toLowerCase(Locale.ROOT))))
        .filter(
            name -> distance(low, name.toLowerCase(Locale.ROOT)) <= Math.max(2, name.length() / 3))
        .map(name -> " (did you mean '%s'?)".formatted(name))
        .orElse("");
  }

  /** How many letters must be put in, taken out or replaced. */
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int above = row[j];
        int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(above, row[j - 1]));
        diagonal = above;
      }
    }
    return row[other.length()];
  }
}
