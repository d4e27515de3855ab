package com.alphaxiii.polygon.validate;

import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.validate.SymbolForm.Kind;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads symbols of all markets as the vendor spells them, explains their parts, and knows how other
 * programs spell the same. It tells what can be a ticker, not what is one.
 */
public final class SymbolGrammar {
  private static final Pattern STOCK = Pattern.compile("([A-Z]{1,10})");
  private static final Pattern CLASS = Pattern.compile("([A-Z]{1,5})\\.([A-Z])");
  private static final Pattern PREFERRED = Pattern.compile("([A-Z]{1,5})p([A-Z]{0,2})(w?)");
  private static final Pattern UNIT = Pattern.compile("([A-Z]{1,5})\\.U");
  private static final Pattern WARRANT = Pattern.compile("([A-Z]{1,5})\\.WS(?:\\.?([A-Z]))?");
  private static final Pattern RIGHT = Pattern.compile("([A-Z]{1,5})(?:r|\\.RT)(w?)");
  private static final Pattern WHEN_ISSUED = Pattern.compile("([A-Z]{1,5}(?:\\.[A-Z])?)w");
  private static final Pattern OPTION =
      Pattern.compile("([A-Z]{1,6}[0-9]?)([0-9]{6})([CP])([0-9]{8})");
  private static final Pattern FOREX = Pattern.compile("([A-Z]{3})([A-Z]{3})");
  private static final Pattern CRYPTO =
      Pattern.compile("([A-Z0-9]{1,12}?)(USDT|USDC|USD|EUR|GBP|JPY|BTC|ETH|AUD|CAD|CHF)");
  private static final Pattern INDEX = Pattern.compile("[A-Z0-9][A-Z0-9._]{0,31}");
  private static final Pattern FUTURE =
      Pattern.compile("([A-Z0-9]{1,4})([FGHJKMNQUVXZ])([0-9]{1,2})");
  private static final Pattern PAIR = Pattern.compile("([A-Za-z0-9]{2,10})[/_-]([A-Za-z]{3,4})");

  private static final String MONTH_LETTERS = "FGHJKMNQUVXZ";
  private static final List<String> MONTHS =
      List.of(
          "January",
          "February",
          "March",
          "April",
          "May",
          "June",
          "July",
          "August",
          "September",
          "October",
          "November",
          "December");

  private static final Set<String> CURRENCIES =
      Set.of(
          "USD", "EUR", "GBP", "JPY", "CHF", "CAD", "AUD", "NZD", "CNY", "CNH", "HKD", "SGD", "SEK",
          "NOK", "DKK", "MXN", "ZAR", "TRY", "INR", "BRL", "PLN", "KRW", "ILS", "CZK", "HUF", "THB",
          "TWD", "RUB");

  /** What other programs call indices. */
  private static final Map<String, String> INDEX_NAMES =
      Map.of(
          "GSPC", "I:SPX", "SPX", "I:SPX", "DJI", "I:DJI", "IXIC", "I:COMP", "NDX", "I:NDX", "VIX",
          "I:VIX", "RUT", "I:RUT", "NYA", "I:NYA");

  private SymbolGrammar() {}

  /** Reads a symbol; blanks around it are dropped. Nothing makes it fail. */
  public static SymbolForm read(String symbol) {
    String text = symbol.strip();
    return wellFormed(symbol, text).orElseGet(() -> malformed(symbol, text));
  }

  private static String prefix(String text) {
    return text.length() > 1 && text.charAt(1) == ':' ? text.substring(0, 2) : "";
  }

  private static SymbolForm form(String symbol, String text, Kind kind, String explanation) {
    return new SymbolForm(symbol, Optional.of(new Ticker(text)), kind, explanation, List.of());
  }

  private static Optional<SymbolForm> option(String symbol, String text) {
    Matcher parts = OPTION.matcher(text.substring(2));
    if (!parts.matches()) {
      return Optional.empty();
    }
    Optional<LocalDate> day = expiration(parts.group(2));
    if (day.isEmpty()) {
      return Optional.empty();
    }
    String root = parts.group(1);
    boolean adjusted = Character.isDigit(root.charAt(root.length() - 1));
    double strike = Integer.parseInt(parts.group(4)) / 1_000.0;
    String words =
        "%s of %s at %s, expires %s%s"
            .formatted(
                parts.group(3).equals("C") ? "call" : "put",
                adjusted ? root.substring(0, root.length() - 1) : root,
                strike == Math.rint(strike)
                    ? String.valueOf((long) strike)
                    : String.valueOf(strike),
                day.get(),
                adjusted
                    ? "; adjusted root %s: a corporate action changed what it delivers"
                        .formatted(root)
                    : "");
    return Optional.of(form(symbol, text, Kind.OPTION, words));
  }

  private static Optional<LocalDate> expiration(String yymmdd) {
    try {
      return Optional.of(
          LocalDate.of(
              2_000 + Integer.parseInt(yymmdd.substring(0, 2)),
              Integer.parseInt(yymmdd.substring(2, 4)),
              Integer.parseInt(yymmdd.substring(4))));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** The last New York day of an option; empty for what is none. */
  public static Optional<LocalDate> lastDay(Ticker option) {
    Matcher parts = OPTION.matcher(option.symbol().substring(prefix(option.symbol()).length()));
    return option.market() == Market.OPTIONS && parts.matches()
        ? expiration(parts.group(2))
        : Optional.empty();
  }

  /** The underlying of an option symbol, without the digit of an adjusted root. */
  static Optional<Ticker> underlying(Ticker option) {
    Matcher parts = OPTION.matcher(option.symbol().substring(2));
    return parts.matches()
        ? Optional.of(new Ticker(parts.group(1).replaceAll("[0-9]$", "")))
        : Optional.empty();
  }

  private static Optional<SymbolForm> forex(String symbol, String text) {
    Matcher parts = FOREX.matcher(text.substring(2));
    return parts.matches()
        ? Optional.of(
            form(
                symbol,
                text,
                Kind.FOREX,
                "how many %s one %s costs".formatted(parts.group(2), parts.group(1))))
        : Optional.empty();
  }

  private static Optional<SymbolForm> crypto(String symbol, String text) {
    Matcher parts = CRYPTO.matcher(text.substring(2));
    return parts.matches()
        ? Optional.of(
            form(
                symbol,
                text,
                Kind.CRYPTO,
                "how many %s one %s costs".formatted(parts.group(2), parts.group(1))))
        : Optional.empty();
  }

  private static Optional<SymbolForm> index(String symbol, String text) {
    return INDEX.matcher(text.substring(2)).matches()
        ? Optional.of(form(symbol, text, Kind.INDEX, "index " + text.substring(2)))
        : Optional.empty();
  }

  private static Optional<SymbolForm> future(String symbol, String text) {
    Matcher parts = FUTURE.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    String month = MONTHS.get(MONTH_LETTERS.indexOf(parts.group(2)));
    return Optional.of(
        form(
            symbol,
            text,
            Kind.FUTURE,
            "future on %s, %s of a year that ends in %s"
                .formatted(parts.group(1), month, parts.group(3))));
  }

  private static Optional<SymbolForm> stock(String symbol, String text) {
    record Rule(Pattern pattern, Kind kind, String words) {}
    // The more special first: a unit would pass for a share class.
    List<Rule> rules =
        List.of(
            new Rule(STOCK, Kind.STOCK, "stock or fund %s"),
            new Rule(UNIT, Kind.UNIT, "unit of %s: a share with a part of a warrant"),
            new Rule(WARRANT, Kind.WARRANT, "warrant of %s %s"),
            new Rule(CLASS, Kind.SHARE_CLASS, "shares of %s, class %s"),
            new Rule(PREFERRED, Kind.PREFERRED, "preferred shares of %s, series %s"),
            new Rule(RIGHT, Kind.RIGHT, "right to shares of %s"),
            new Rule(WHEN_ISSUED, Kind.WHEN_ISSUED, "%s, traded when issued"));
    for (Rule rule : rules) {
      Matcher parts = rule.pattern().matcher(text);
      if (parts.matches()) {
        String second = parts.groupCount() > 1 && parts.group(2) != null ? parts.group(2) : "";
        String words = rule.words().formatted(parts.group(1), second).strip();
        return Optional.of(
            form(symbol, text, rule.kind(), words.replaceAll(", (series|class)$", "")));
      }
    }
    return Optional.empty();
  }

  private static SymbolForm malformed(String symbol, String text) {
    Set<String> spellings = new LinkedHashSet<>();
    for (String guess : guesses(text)) {
      if (!guess.equals(text) && wellFormed(guess, guess).isPresent()) {
        spellings.add(guess);
      }
    }
    String why =
        text.isEmpty()
            ? "an empty text"
            : text.startsWith("O:")
                ? "an option is O:, root, expiration as yymmdd, C or P, and the strike times 1,000"
                    + " in eight digits"
                : text.startsWith("C:")
                    ? "a currency pair is C: and six letters"
                    : text.startsWith("X:")
                        ? "a crypto pair is X:, the coin and a currency"
                        : "no market spells a symbol so";
    return new SymbolForm(
        symbol, Optional.empty(), Kind.MALFORMED, why, new ArrayList<>(spellings));
  }

  private static Optional<SymbolForm> wellFormed(String symbol, String text) {
    return switch (prefix(text)) {
      case "O:" -> option(symbol, text);
      case "C:" -> forex(symbol, text);
      case "X:" -> crypto(symbol, text);
      case "I:" -> index(symbol, text);
      default -> future(symbol, text).or(() -> stock(symbol, text));
    };
  }

  /** How the vendor may spell what was meant. */
  private static List<String> guesses(String text) {
    List<String> guesses = new ArrayList<>();
    String upper = text.toUpperCase(Locale.ROOT);
    String bare = upper.replaceFirst("^[$^]", "").replaceFirst("\\.US$", "").replace(" ", "");
    if (text.startsWith("^") || INDEX_NAMES.containsKey(bare)) {
      guesses.add(INDEX_NAMES.getOrDefault(bare, "I:" + bare));
    }
    Matcher pair = PAIR.matcher(text);
    if (pair.matches()) {
      String base = pair.group(1).toUpperCase(Locale.ROOT);
      String quote = pair.group(2).toUpperCase(Locale.ROOT);
      boolean both = CURRENCIES.contains(base) && CURRENCIES.contains(quote);
      guesses.add((both ? "C:" : "X:") + base + quote);
    }
    if (OPTION.matcher(bare).matches()) {
      guesses.add("O:" + bare);
    }
    guesses.add(bare.replaceFirst("[/_-](?=[A-Z]$)", "."));
    guesses.add(bare.replaceFirst("[./_-]?PR?[./_-]?([A-Z])$", "p$1"));
    guesses.add(bare.replaceFirst("[/_-](WS|U)$", ".$1"));
    guesses.add(bare.replaceFirst("[+]$", ".WS"));
    guesses.add(bare.replaceFirst("=$", ".U"));
    guesses.add(bare);
    return guesses;
  }
}
