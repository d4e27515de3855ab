package com.alphaxiii.polygon.reference;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A news article.
 *
 * @param symbols tickers that it is about, as the publisher spells them
 */
public record Article(
    String id,
    String title,
    String author,
    Instant published,
    String url,
    Optional<String> ampUrl,
    Optional<String> imageUrl,
    Optional<String> description,
    List<String> keywords,
    List<String> symbols,
    Optional<Publisher> publisher,
    List<Insight> insights) {

  /** Who published it. */
  public record Publisher(
      String name, Optional<String> homepage, Optional<String> logo, Optional<String> favicon) {}

  /**
   * What it means for a ticker, as the vendor judges.
   *
   * @param sentiment positive, neutral or negative
   */
  public record Insight(String symbol, String sentiment, String reasoning) {}

  public Article {
    keywords = List.copyOf(keywords);
    symbols = List.copyOf(symbols);
    insights = List.copyOf(insights);
  }
}
