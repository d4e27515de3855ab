package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.catalogue.Answer;
import com.alphaxiii.polygon.core.DocumentCache;
import com.alphaxiii.polygon.core.DocumentCache.Document;
import com.alphaxiii.polygon.core.Listing;
import com.alphaxiii.polygon.core.PolygonException.BadData;
import com.alphaxiii.polygon.core.PolygonException.NotFound;
import com.alphaxiii.polygon.core.Rejected;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/**
 * Answers that stay true for hours, from a {@link DocumentCache} where there is one. What is kept
 * are the vendor's own bytes, and only those of an answer that was whole and could be read, so that
 * they can always be read again.
 */
final class KeptAnswers {
  private final Answers answers;
  private final Pages pages;
  private final int limit;
  private final @Nullable DocumentCache cache;

  /**
   * Answers to one caller.
   *
   * @param cache null = everything is asked for each time
   */
  KeptAnswers(Answers answers, Pages pages, int limit, @Nullable DocumentCache cache) {
    this.answers = answers;
    this.pages = pages;
    this.limit = limit;
    this.cache = cache;
  }

  /** One thing; empty when there is none, which is asked for each time. */
  <T> Optional<T> find(
      String subject, String endpoint, Parameters parameters, Function<Row, T> decode) {
    if (cache == null) {
      return answers.find(subject, endpoint, parameters, decode);
    }
    Query query = Query.of(endpoint, parameters.given());
    Supplier<RowPage.One<T>> readings = () -> new RowPage.One<>(query.endpoint(), decode);
    try {
      Document document =
          cache.get(
              query.target(),
              fresh(query),
              () -> asked(subject, query, readings, true, content -> null));
      return Optional.of(decoded(subject, document, readings.get()));
    } catch (NotFound e) {
      return Optional.empty();
    }
  }

  /** A list, which is kept when it comes as one page. */
  <T> Listing<T> list(
      String subject, String endpoint, Parameters parameters, Function<Row, T> decode) {
    if (cache == null) {
      return answers.list(subject, endpoint, parameters, decode);
    }
    try {
      return page(subject, endpoint, parameters, decode, false);
    } catch (MorePages e) {
      return answers.list(subject, endpoint, parameters, decode);
    }
  }

  /** The first page of a list. */
  <T> Listing<T> first(
      String subject, String endpoint, Parameters parameters, Function<Row, T> decode, int most) {
    return cache == null
        ? answers.pages(subject, endpoint, parameters, decode).take(most)
        : page(subject, endpoint, parameters, decode, true);
  }

  private <T> Listing<T> page(
      String subject,
      String endpoint,
      Parameters parameters,
      Function<Row, T> decode,
      boolean mayGoOn) {
    Query query = Query.of(endpoint, parameters.given()).withLargestPages(limit);
    Supplier<RowPage<T>> readings = () -> new RowPage<>(query.endpoint().answer(), decode);
    Document document =
        kept(
            query,
            () ->
                asked(
                    subject,
                    query,
                    readings,
                    mayGoOn,
                    rows -> new PageProof(query).take(rows.sent())));
    Rows<T> rows = decoded(subject, document, readings.get());
    List<Rejected> rejected =
        rows.faults().stream()
            .map(fault -> new Rejected(1, fault.index(), fault.reason()))
            .toList();
    return new Listing<>(rows.values(), rejected, document.stale() ? document.readAt() : null);
  }

  private Document kept(Query query, Supplier<byte[]> ask) {
    if (cache == null) {
      throw new IllegalStateException("nothing is kept");
    }
    return cache.get(query.target(), fresh(query), ask);
  }

  /** How long an answer is taken without asking. */
  private static Duration fresh(Query query) {
    return switch (query.endpoint().freshness()) {
      case REFERENCE, HISTORY -> Duration.ofHours(12);
      case DAILY -> Duration.ofHours(1);
      case LIVE -> Duration.ZERO;
    };
  }

  private <T> byte[] asked(
      String subject,
      Query query,
      Supplier<? extends Requests.Reading<T>> readings,
      boolean mayGoOn,
      Function<T, @Nullable String> check) {
    Requests.Page<Whole<T>> page =
        pages.single(subject, pages.uri(query.target()), () -> new Copying<>(readings.get()));
    String misfit = check.apply(page.content().value());
    if (misfit != null) {
      throw new BadData("%s: %s".formatted(subject, misfit));
    }
    if (!mayGoOn && page.envelope().nextUrl() != null) {
      throw new MorePages();
    }
    return page.content().body();
  }

  private static <T> T decoded(String subject, Document document, Requests.Reading<T> reading) {
    try {
      reading.read(new ByteArrayInputStream(document.body()));
      return reading.content();
    } catch (IOException e) {
      throw new BadData(
          "%s: the kept answer cannot be read (%s): clear the cache"
              .formatted(subject, e.getMessage()));
    }
  }

  /** A list does not come as one page, so it is read in the usual way. */
  private static final class MorePages extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MorePages() {
      super("more than one page", null, false, false);
    }
  }

  /** A value and the bytes that it was read from. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Whole<T>(T value, byte[] body) {}

  /** Reads what another reads, and keeps the bytes. */
  private static final class Copying<T> implements Requests.Reading<Whole<T>> {
    private final Requests.Reading<T> reading;
    private byte[] body = {};

    Copying(Requests.Reading<T> reading) {
      this.reading = reading;
    }

    @Override
    public Answer where() {
      return reading.where();
    }

    @Override
    public Envelope read(InputStream content) throws IOException {
      body = content.readAllBytes();
      return reading.read(new ByteArrayInputStream(body));
    }

    @Override
    public int read(JsonParser parser) {
      return reading.read(parser);
    }

    @Override
    public Whole<T> content() {
      return new Whole<>(reading.content(), body);
    }
  }
}
