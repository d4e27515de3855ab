package com.alphaxiii.polygon;

import com.alphaxiii.polygon.client.RestClient;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.ReferenceSource;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TickerInfo;
import com.alphaxiii.polygon.reference.TickerDetails;
import com.alphaxiii.polygon.reference.TickerHistory;
import com.alphaxiii.polygon.validate.EditDistance;
import com.alphaxiii.polygon.validate.SymbolAnswer;
import com.alphaxiii.polygon.validate.SymbolAnswer.State;
import com.alphaxiii.polygon.validate.SymbolAnswer.Suggestion;
import com.alphaxiii.polygon.validate.SymbolForm;
import com.alphaxiii.polygon.validate.SymbolGrammar;
import com.alphaxiii.polygon.validate.SymbolSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Tells whether symbols exist, by the vendor's reference data, and what may have been meant. */
final class SymbolLookup implements SymbolSource {
  private static final int MOST_SUGGESTIONS = 5;
  private static final int CANDIDATES = 50;
  private static final String BY_NAME = "the company's name";

  private final ReferenceSource reference;
  private final Supplier<RestClient> vendor;

  SymbolLookup(ReferenceSource reference, Supplier<RestClient> vendor) {
    this.reference = reference;
    this.vendor = vendor;
  }

  @Override
  public List<SymbolAnswer> symbols(List<String> symbols, boolean detailed) {
    return symbols.stream().map(symbol -> answer(symbol, detailed)).toList();
  }

  private SymbolAnswer answer(String symbol, boolean detailed) {
    SymbolForm form = SymbolGrammar.read(symbol);
    if (form.ticker().isEmpty()) {
      List<Suggestion> spelt =
          form.spellings().stream()
              .map(s -> new Suggestion(s, "", "spelt as the vendor does"))
              .toList();
      List<Suggestion> alike = detailed && !symbol.isBlank() ? alike(symbol.strip()) : List.of();
      return answer(
          form, State.MALFORMED, Optional.empty(), form.explanation(), merged(spelt, alike));
    }
    Ticker ticker = form.ticker().get();
    return switch (form.kind()) {
      case OPTION -> option(form, ticker);
      case FUTURE ->
          answer(
              form,
              State.PLAUSIBLE,
              Optional.empty(),
              "contracts of futures are not looked up",
              List.of());
      default -> listed(form, ticker, detailed);
    };
  }

  /** A company's name tells most; each symbol once, with the name where it is known. */
  private static List<Suggestion> merged(List<Suggestion> spelt, List<Suggestion> alike) {
    Map<String, Suggestion> all = new LinkedHashMap<>();
    alike.stream().filter(s -> s.why().equals(BY_NAME)).forEach(s -> all.put(s.symbol(), s));
    spelt.forEach(s -> all.putIfAbsent(s.symbol(), s));
    for (Suggestion near : alike) {
      all.merge(
          near.symbol(),
          near,
          (first, second) -> new Suggestion(first.symbol(), second.name(), first.why()));
    }
    return List.copyOf(all.values());
  }

  private static SymbolAnswer answer(
      SymbolForm form,
      State state,
      Optional<TickerInfo> info,
      String note,
      List<Suggestion> suggestions) {
    return new SymbolAnswer(form, state, info, Optional.empty(), note, suggestions);
  }

  private SymbolAnswer option(SymbolForm form, Ticker ticker) {
    return vendor.get().options().contract(ticker).isPresent()
        ? answer(form, State.KNOWN, Optional.empty(), "", List.of())
        : answer(
            form,
            State.UNKNOWN_SYMBOL,
            Optional.empty(),
            "no such contract, or it has expired",
            List.of());
  }

  private SymbolAnswer listed(SymbolForm form, Ticker ticker, boolean detailed) {
    Optional<TickerInfo> info = reference.ticker(ticker);
    if (info.isPresent() && info.get().active()) {
      Optional<String> former = detailed ? formerOwner(ticker) : Optional.empty();
      return answer(
          form,
          former.isPresent() ? State.RECYCLED : State.KNOWN,
          info,
          former.or(() -> detailed ? formerName(ticker) : Optional.empty()).orElse(""),
          List.of());
    }
    if (!detailed && info.isEmpty()) {
      return answer(form, State.UNKNOWN_SYMBOL, info, "", List.of());
    }
    return gone(form, ticker, info, detailed);
  }

  /** A ticker that no active instrument has: it was renamed, delisted, or never was. */
  private SymbolAnswer gone(
      SymbolForm form, Ticker ticker, Optional<TickerInfo> info, boolean detailed) {
    List<TickerDetails> former = detailed ? former(ticker) : List.of();
    Optional<TickerDetails> last =
        former.isEmpty() ? Optional.empty() : Optional.of(former.getLast());
    Optional<TickerHistory.Change> change =
        detailed ? presentTicker(ticker, last) : Optional.empty();
    if (change.isPresent()) {
      Ticker now = change.get().ticker();
      String name = reference.ticker(now).map(TickerInfo::name).orElse("");
      return answer(
          form,
          State.RENAMED,
          info,
          "%s is %s since %s; its history is told under %s"
              .formatted(ticker, now, change.get().day(), now),
          List.of(new Suggestion(now.symbol(), name, "the same instrument's ticker now")));
    }
    if (info.isPresent() || last.isPresent()) {
      Optional<LocalDate> day = last.flatMap(FormerOwners::lastDay);
      return new SymbolAnswer(
          form,
          State.DELISTED,
          info.or(() -> last.map(TickerDetails::info)),
          day,
          "%s; its history can still be asked for"
              .formatted(day.map(d -> "last traded on " + d).orElse("traded no more")),
          List.of());
    }
    return answer(form, State.UNKNOWN_SYMBOL, info, "", alike(ticker.symbol()));
  }

  /** Delisted instruments that had the ticker. */
  private List<TickerDetails> former(Ticker ticker) {
    return known(() -> FormerOwners.of(ticker, vendor.get().reference())).orElse(List.of());
  }

  /** The ticker that the instrument has now, and since when. */
  private Optional<TickerHistory.Change> presentTicker(
      Ticker ticker, Optional<TickerDetails> last) {
    if (ticker.market() != Market.STOCKS) {
      return Optional.empty();
    }
    String id = last.flatMap(TickerDetails::compositeFigi).orElse(ticker.symbol());
    return changes(id).stream()
        .max(Comparator.comparing(TickerHistory.Change::day))
        .filter(now -> !now.ticker().equals(ticker))
        .filter(now -> reference.ticker(now.ticker()).filter(TickerInfo::active).isPresent());
  }

  private List<TickerHistory.Change> changes(String id) {
    return known(() -> vendor.get().reference().history(id))
        .flatMap(found -> found)
        .map(TickerHistory::changes)
        .orElse(List.of());
  }

  /** What the instrument was called before, in words. */
  private Optional<String> formerName(Ticker ticker) {
    if (ticker.market() != Market.STOCKS) {
      return Optional.empty();
    }
    List<TickerHistory.Change> changes =
        changes(ticker.symbol()).stream()
            .sorted(Comparator.comparing(TickerHistory.Change::day))
            .toList();
    for (int i = changes.size() - 1; i > 0; i--) {
      Ticker before = changes.get(i - 1).ticker();
      if (changes.get(i).ticker().equals(ticker) && !before.equals(ticker)) {
        return Optional.of("until %s the ticker was %s".formatted(changes.get(i).day(), before));
      }
    }
    return Optional.empty();
  }

  /** Who had the ticker before its present owner, in words. */
  private Optional<String> formerOwner(Ticker ticker) {
    List<TickerDetails> former = former(ticker);
    if (former.isEmpty()) {
      return Optional.empty();
    }
    Optional<TickerDetails> present =
        known(() -> vendor.get().reference().details(ticker)).flatMap(found -> found);
    return present.flatMap(
        now ->
            former.reversed().stream()
                .filter(other -> !FormerOwners.isSame(other, now))
                .findFirst()
                .map(
                    other ->
                        "until %s the ticker was that of %s; it is that of %s%s"
                            .formatted(
                                FormerOwners.lastDay(other)
                                    .map(LocalDate::toString)
                                    .orElse("an earlier day"),
                                FormerOwners.words(other),
                                FormerOwners.words(now),
                                now.listed().map(day -> " since " + day).orElse(""))));
  }

  /** Tickers and names near a text: by the company's name as it stands, and by the letters. */
  private List<Suggestion> alike(String text) {
    Map<String, TickerInfo> candidates = new LinkedHashMap<>();
    List<String> questions = new ArrayList<>(List.of(text));
    if (text.length() > 2) {
      questions.add(text.substring(0, text.length() - 1));
      questions.add(text.substring(0, 2));
    }
    for (String question : questions) {
      known(() -> reference.search(question, CANDIDATES))
          .orElse(List.of())
          .forEach(info -> candidates.putIfAbsent(info.ticker().symbol(), info));
    }
    int most = Math.max(1, text.length() / 2);
    return candidates.values().stream()
        .filter(info -> distance(text, info) <= most)
        .sorted(
            Comparator.comparingInt((TickerInfo info) -> distance(text, info))
                .thenComparing(TickerInfo::ticker))
        .limit(MOST_SUGGESTIONS)
        .map(info -> new Suggestion(info.ticker().symbol(), info.name(), why(text, info)))
        .toList();
  }

  private static int distance(String text, TickerInfo info) {
    return isNamed(text, info) ? 0 : EditDistance.of(text, info.ticker().symbol());
  }

  private static boolean isNamed(String text, TickerInfo info) {
    return text.length() > 2
        && info.name().toLowerCase(Locale.ROOT).startsWith(text.toLowerCase(Locale.ROOT));
  }

  private static String why(String text, TickerInfo info) {
    if (isNamed(text, info)) {
      return BY_NAME;
    }
    int letters = EditDistance.of(text, info.ticker().symbol());
    return letters == 1 ? "one letter away" : letters + " letters away";
  }

  /** What is asked for; empty when the plan does not have it, or it is not to be had. */
  private static <T> Optional<T> known(Supplier<T> ask) {
    try {
      return Optional.of(ask.get());
    } catch (PolygonException.NotEntitled
        | PolygonException.InvalidRequest
        | PolygonException.NotFound e) {
      return Optional.empty();
    }
  }
}
