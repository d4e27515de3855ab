package com.alphaxiii.polygon.core;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The two currencies of a forex or crypto ticker, which the vendor spells in four ways: {@code
 * X:BTCUSD} as a ticker, {@code BTC-USD} and {@code EUR/USD} on the streams, {@code BTC} and {@code
 * USD} as parts of a path.
 *
 * @param base what is priced, such as BTC
 * @param quote what it is priced in, such as USD
 */
public record CurrencyPair(String base, String quote) {
  private static final Pattern CODE = Pattern.compile("[A-Z0-9]{1,12}");
  // Without a separator the shortest base wins whose rest is a currency: three letters, or one of
  // the longer codes in which the vendor prices. BUSD is none of them: X:BTCBUSD reads as BTCB in
  // USD, since SHIB, ARB and BNB in USD end the same way and are traded still.
  private static final Pattern JOINED = Pattern.compile("([A-Z0-9]{1,12}?)(USDT|USDC|[A-Z]{3})");
  private static final Pattern PARTED = Pattern.compile("([A-Z0-9]{1,12})[-/]([A-Z0-9]{1,12})");

  /** Throws {@link PolygonException.InvalidRequest} when one cannot be a currency. */
  public CurrencyPair {
    if (!CODE.matcher(base).matches() || !CODE.matcher(quote).matches()) {
      throw refused(base + "-" + quote);
    }
  }

  /** Reads {@code BTC-USD}, {@code EUR/USD} or {@code BTCUSD}, in any case. */
  public static CurrencyPair parse(String text) {
    String upper = text.strip().toUpperCase(Locale.ROOT);
    for (Pattern form : new Pattern[] {PARTED, JOINED}) {
      Matcher matcher = form.matcher(upper);
      if (matcher.matches()) {
        return new CurrencyPair(matcher.group(1), matcher.group(2));
      }
    }
    throw refused(text);
  }

  /** The pair of a forex or crypto ticker. */
  public static CurrencyPair of(Ticker ticker) {
    if (ticker.market() != Market.FOREX && ticker.market() != Market.CRYPTO) {
      throw new PolygonException.InvalidRequest(
          "symbol", ticker.symbol(), "%s is no pair of currencies".formatted(ticker));
    }
    return parse(ticker.symbol().substring(2));
  }

  /** The ticker as REST spells it, such as {@code X:BTCUSD}. */
  public Ticker ticker(Market market) {
    return new Ticker(market.prefix() + base + quote);
  }

  /** {@code BTC-USD}, the crypto stream's spelling. */
  public String dashed() {
    return base + "-" + quote;
  }

  /** {@code EUR/USD}, the forex stream's spelling. */
  public String slashed() {
    return base + "/" + quote;
  }

  @Override
  public String toString() {
    return dashed();
  }

  private static PolygonException refused(String text) {
    return new PolygonException.InvalidRequest(
        "symbol",
        text,
        "'%s' is not a pair of currencies: write EURUSD or BTC-USD".formatted(text));
  }
}
