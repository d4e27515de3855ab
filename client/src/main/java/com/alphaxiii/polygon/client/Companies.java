package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.Cursor;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.reference.Article;
import com.alphaxiii.polygon.reference.FinancialQuery;
import com.alphaxiii.polygon.reference.FinancialReport;
import java.util.Optional;

/** News and financial reports. */
public final class Companies {
  private final Answers answers;

  Companies(Answers answers) {
    this.answers = answers;
  }

  /** All articles, the newest first; the vendor's archive begins in June 2016. */
  public Cursor<Article> news() {
    return news("news", Optional.empty(), Optional.empty());
  }

  /** The articles about a ticker, the newest first. */
  public Cursor<Article> news(Ticker ticker) {
    return news("news about " + ticker, Optional.of(ticker), Optional.empty());
  }

  /** The articles about a ticker that were published within a range, the newest first. */
  public Cursor<Article> news(Ticker ticker, TimeRange range) {
    return news(
        "news about %s %s".formatted(ticker, range), Optional.of(ticker), Optional.of(range));
  }

  private Cursor<Article> news(String subject, Optional<Ticker> ticker, Optional<TimeRange> range) {
    return answers.pages(
        subject,
        "news",
        Parameters.none()
            .with("ticker", ticker)
            .with("published_utc.gte", range.map(TimeRange::start))
            .with("published_utc.lt", range.map(TimeRange::end))
            .with("sort", "published_utc")
            .with("order", "desc"),
        WireCompany::article);
  }

  /** Financial reports, the latest period first. */
  public Cursor<FinancialReport> financials(FinancialQuery query) {
    Parameters asked =
        Parameters.of("ticker", query.ticker())
            .with("timeframe", query.timeframe())
            .with("period_of_report_date.gte", query.endFrom())
            .with("period_of_report_date.lte", query.endTo());
    if (query.sources()) {
      asked.with("include_sources", true);
    }
    return answers.pages(
        "financial reports of " + query.ticker(),
        "financials",
        asked.with("sort", "period_of_report_date").with("order", "desc"),
        WireCompany::report);
  }
}
