package com.alphaxiii.polygon.validate;

import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.Ticker;
import java.util.List;
import java.util.Optional;

/**
 * What the spelling of a symbol says, without asking anybody.
 *
 * @param symbol as it was given
 * @param ticker what it names; empty when it is no ticker
 * @param kind what is named
 * @param explanation the parts in words, or why it is no ticker
 * @param spellings how the vendor would spell what was probably meant
 */
public record SymbolForm(
    String symbol, Optional<Ticker> ticker, Kind kind, String explanation, List<String> spellings) {
  /** What a symbol may name. */
  public enum Kind {
    STOCK(Market.STOCKS),
    SHARE_CLASS(Market.STOCKS),
    PREFERRED(Market.STOCKS),
    UNIT(Market.STOCKS),
    WARRANT(Market.STOCKS),
    RIGHT(Market.STOCKS),
    WHEN_ISSUED(Market.STOCKS),
    OPTION(Market.OPTIONS),
    FOREX(Market.FOREX),
    CRYPTO(Market.CRYPTO),
    INDEX(Market.INDICES),
    FUTURE(Market.FUTURES),
    MALFORMED(Market.STOCKS);

    private final Market market;

    Kind(Market market) {
      this.market = market;
    }

    /** The market; stocks for what is malformed. */
    public Market market() {
      return market;
    }
  }

  public SymbolForm {
    spellings = List.copyOf(spellings);
  }

  /** True when it can be a ticker. */
  public boolean isWellFormed() {
    return ticker.isPresent();
  }
}
