package com.alphaxiii.polygon;

import com.alphaxiii.polygon.client.References;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.reference.TickerDetails;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Who had a ticker of stocks before, by the vendor's reference data. */
final class FormerOwners {
  private FormerOwners() {}

  /** Delisted instruments that had a ticker, the last one last. */
  static List<TickerDetails> of(Ticker ticker, References references) {
    if (ticker.market() != Market.STOCKS) {
      return List.of();
    }
    return references.delisted(ticker).values().stream()
        .filter(found -> found.info().ticker().equals(ticker))
        .sorted(Comparator.comparing(d -> lastDay(d).orElse(LocalDate.MIN)))
        .toList();
  }

  /** The same without what belonged to the present owner: it may have been listed twice. */
  static List<TickerDetails> before(Ticker ticker, TickerDetails present, References references) {
    return of(ticker, references).stream().filter(former -> !isSame(former, present)).toList();
  }

  /** Whether two entries are of one company; by their names where no number tells. */
  static boolean isSame(TickerDetails one, TickerDetails other) {
    if (known(one.compositeFigi(), other.compositeFigi()) || known(one.cik(), other.cik())) {
      return one.compositeFigi().isPresent() && one.compositeFigi().equals(other.compositeFigi())
          || one.cik().isPresent() && one.cik().equals(other.cik());
    }
    return one.info().name().equals(other.info().name());
  }

  private static boolean known(Optional<String> one, Optional<String> other) {
    return one.isPresent() && other.isPresent();
  }

  /** The last New York day on which it traded; empty when that is not known. */
  static Optional<LocalDate> lastDay(TickerDetails details) {
    return details.delisted().map(at -> LocalDate.ofInstant(at, Market.NEW_YORK));
  }

  /** An owner by name and by the numbers of registers. */
  static String words(TickerDetails owner) {
    StringBuilder words = new StringBuilder(owner.info().name());
    String separator = " (";
    if (owner.cik().isPresent()) {
      words.append(separator).append("CIK ").append(owner.cik().get());
      separator = ", ";
    }
    if (owner.compositeFigi().isPresent()) {
      words.append(separator).append("FIGI ").append(owner.compositeFigi().get());
      separator = ", ";
    }
    return words.append(separator.equals(", ") ? ")" : "").toString();
  }
}
