package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.Cursor;
import com.alphaxiii.polygon.core.Listing;
import com.alphaxiii.polygon.core.PolygonException.NotFound;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Asks endpoints of the catalogue and makes values of what they answer. */
final class Answers {
  /** More than any answer has had, fifty thousand million elements at full pages. */
  private static final int MOST_PAGES = 1_000_000;

  private final Pages pages;
  private final int limit;

  /**
   * Answers to one caller.
   *
   * @param limit no page is to be larger
   */
  Answers(Pages pages, int limit) {
    this.pages = pages;
    this.limit = limit;
  }

  /** One thing; throws {@link NotFound} when there is none. */
  <T> T get(String subject, String endpoint, Parameters parameters, Function<Row, T> decode) {
    Query query = Query.of(endpoint, parameters.given());
    return pages
        .single(
            subject, pages.uri(query.target()), () -> new RowPage.One<>(query.endpoint(), decode))
        .content();
  }

  /** The same; empty when there is none. */
  <T> Optional<T> find(
      String subject, String endpoint, Parameters parameters, Function<Row, T> decode) {
    try {
      return Optional.of(get(subject, endpoint, parameters, decode));
    } catch (NotFound e) {
      return Optional.empty();
    }
  }

  /** A list in as many pages as it has. */
  <T> Listing<T> list(
      String subject, String endpoint, Parameters parameters, Function<Row, T> decode) {
    return pages(subject, endpoint, parameters, decode).rest();
  }

  /** A list that comes in pages, as large as the vendor allows unless {@code limit} is given. */
  <T> Cursor<T> pages(
      String subject, String endpoint, Parameters parameters, Function<Row, T> decode) {
    return pages(subject, Query.of(endpoint, parameters.given()), decode);
  }

  /** The same of a query made before. */
  <T> Cursor<T> pages(String subject, Query query, Function<Row, T> decode) {
    PageProof proof = new PageProof(query);
    return cursor(subject, query, decode, page -> proof.take(page.sent()));
  }

  /**
   * A list of which every element is needed: one that cannot be read is {@link
   * com.alphaxiii.polygon.core.PolygonException.BadData}.
   */
  <T> List<T> all(String subject, String endpoint, Parameters parameters, Function<Row, T> decode) {
    Query query = Query.of(endpoint, parameters.given());
    PageProof proof = new PageProof(query);
    return cursor(
            subject,
            query,
            decode,
            page -> {
              String unreadable = unreadable(page);
              return unreadable == null ? proof.take(page.sent()) : unreadable;
            })
        .rest()
        .values();
  }

  private static @Nullable String unreadable(Rows<?> page) {
    if (page.faults().isEmpty()) {
      return null;
    }
    Rows.Fault first = page.faults().getFirst();
    return "element %d cannot be read, and without it the others mislead: %s"
        .formatted(first.index(), first.reason());
  }

  private <T> Cursor<T> cursor(
      String subject, Query query, Function<Row, T> decode, PagedCursor.Sequence<T> sequence) {
    Query largest = query.withLargestPages(limit);
    return new PagedCursor<>(
        pages,
        subject,
        pages.uri(largest.target()),
        MOST_PAGES,
        () -> new RowPage<>(largest.endpoint().answer(), decode),
        sequence);
  }
}
