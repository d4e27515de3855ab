package com.alphaxiii.polygon.reference;

import com.alphaxiii.polygon.core.OptionTerms;
import com.alphaxiii.polygon.core.Ticker;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An option that is or was listed.
 *
 * @param underlying symbol of what it is on, such as AAPL or SPX
 * @param primaryExchange MIC of the exchange it is listed on
 * @param cfi classification of financial instruments (ISO 10962)
 * @param correction number of the correction of these facts
 * @param deliverables what is delivered besides or instead, after corporate actions
 */
public record OptionContract(
    Ticker ticker,
    String underlying,
    OptionTerms terms,
    Optional<String> primaryExchange,
    Optional<String> cfi,
    OptionalInt correction,
    List<Deliverable> deliverables) {

  /**
   * A thing delivered.
   *
   * @param underlying symbol, or a currency
   * @param type the vendor's word: equity or currency
   * @param amount shares, or units of the currency
   */
  public record Deliverable(String underlying, String type, double amount) {}

  public OptionContract {
    deliverables = List.copyOf(deliverables);
  }
}
