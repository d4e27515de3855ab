package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Ticker;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Tickers as names of files, such that no two share a name on any file system, even one that
 * ignores case or keeps names for devices.
 *
 * <p>Capital letters, digits, {@code .}, {@code -} and {@code _} stand for themselves, so nearly
 * all stock tickers are their own names. Anything else follows a tilde: {@code ~P} is a small
 * {@code p} ({@code BCpA} is {@code BC~PA}), {@code ~0} a colon ({@code X:BTCUSD} is {@code
 * X~0BTCUSD}), {@code ~1} a dot at the very end. A bare tilde follows a first part that Windows
 * keeps for itself ({@code CON} is {@code CON~}).
 */
final class SymbolPath {
  private static final Pattern RESERVED =
      Pattern.compile("(CON|PRN|AUX|NUL|COM[0-9]|LPT[0-9])(?=\\.|$)");

  private SymbolPath() {}

  static String encode(Ticker ticker) {
    String symbol = ticker.symbol();
    StringBuilder name = new StringBuilder(symbol.length() + 4);
    for (int i = 0; i < symbol.length(); i++) {
      char c = symbol.charAt(i);
      if (c >= 'a' && c <= 'z') {
        name.append('~').append(Character.toString(c).toUpperCase(Locale.ROOT));
      } else if (c == ':') {
        name.append("~0");
      } else if (c == '.' && i == symbol.length() - 1) {
        name.append("~1");
      } else {
        name.append(c);
      }
    }
    var reserved = RESERVED.matcher(name);
    return reserved.lookingAt() ? name.insert(reserved.end(), '~').toString() : name.toString();
  }

  /** The ticker that a name stands for; empty when it stands for none. */
  static Optional<Ticker> decode(String name) {
    StringBuilder symbol = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      char next = i + 1 < name.length() ? name.charAt(i + 1) : '.';
      if (c != '~') {
        symbol.append(c);
      } else if (next >= 'A' && next <= 'Z') {
        symbol.append(Character.toString(next).toLowerCase(Locale.ROOT));
        i++;
      } else if (next == '0' || next == '1') {
        symbol.append(next == '0' ? ':' : '.');
        i++;
      }
    }
    try {
      Ticker ticker = Ticker.of(symbol.toString());
      return encode(ticker).equals(name) ? Optional.of(ticker) : Optional.empty();
    } catch (PolygonException e) {
      return Optional.empty();
    }
  }
}
