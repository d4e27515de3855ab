package com.alphaxiii.polygon.store;

import java.time.LocalDate;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A file of a whole market's bars of one day that has been imported.
 *
 * @param dataset such as {@code us_stocks_sip/minute_aggs_v1}
 * @param day that it holds
 * @param fingerprint how it looked: it is imported again when it looks otherwise
 * @param symbols that were taken of it; empty for all
 * @param rows that were taken
 */
public record ImportedFile(
    String dataset, LocalDate day, String fingerprint, Set<String> symbols, long rows) {
  public ImportedFile {
    symbols = Set.copyOf(symbols);
  }

  /**
   * The same after an earlier import: for some symbols it counts for these and for those before.
   */
  ImportedFile with(@Nullable ImportedFile before) {
    if (before == null || symbols.isEmpty() || !before.fingerprint.equals(fingerprint)) {
      return this;
    }
    if (before.symbols.isEmpty()) {
      return before;
    }
    Set<String> both = new TreeSet<>(before.symbols);
    both.addAll(symbols);
    return new ImportedFile(dataset, day, fingerprint, both, before.rows + rows);
  }

  /** Whether these symbols of a file that looks so need not be imported again. */
  boolean serves(String look, Set<String> wanted) {
    return fingerprint.equals(look)
        && (symbols.isEmpty() || (!wanted.isEmpty() && symbols.containsAll(wanted)));
  }
}
