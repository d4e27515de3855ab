package com.alphaxiii.polygon.validate;

import com.alphaxiii.polygon.core.TickerInfo;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What is known of a symbol.
 *
 * @param form what its spelling says
 * @param state how it stands
 * @param info the vendor's reference data, of today or, for a delisted one, of its last day
 * @param delisted the last New York day on which it traded, of one that is traded no more
 * @param note what else there is to know, in words; empty when nothing
 * @param suggestions what may have been meant, best first
 */
public record SymbolAnswer(
    SymbolForm form,
    State state,
    Optional<TickerInfo> info,
    Optional<LocalDate> delisted,
    String note,
    List<Suggestion> suggestions) {
  /** How a symbol stands. */
  public enum State {
    /** Listed and active. */
    KNOWN,
    /** Active, and was another instrument's before. */
    RECYCLED,
    /** The spelling is right, and the vendor's reference data does not tell more. */
    PLAUSIBLE,
    /** Traded no more. */
    DELISTED,
    /** The instrument has another ticker now. */
    RENAMED,
    /** No such ticker. */
    UNKNOWN_SYMBOL,
    /** No ticker can be spelt so. */
    MALFORMED;

    /** In lower case, as answers tell it. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What may have been meant.
   *
   * @param name the company's name; empty when not known
   * @param why in words
   */
  public record Suggestion(String symbol, String name, String why) {}

  public SymbolAnswer {
    suggestions = List.copyOf(suggestions);
  }

  /** Whether it can be asked for today. */
  public boolean isValid() {
    return switch (state) {
      case KNOWN, RECYCLED, PLAUSIBLE -> true;
      case DELISTED, RENAMED, UNKNOWN_SYMBOL, MALFORMED -> false;
    };
  }
}
