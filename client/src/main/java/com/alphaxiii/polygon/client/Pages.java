package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.VendorReply;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Follows {@code next_url} as it is until no page names another, and ends in all pages or in an
 * error: a foreign host (which must not see the key), a repeated address or more pages than there
 * can be are errors that name the page and its cursor.
 */
final class Pages {
  private final Requests requests;
  private final BaseUrl base;
  private final int attempts;
  private final Caller caller;

  Pages(Requests requests, URI base, int attempts, Caller caller) {
    this.requests = requests;
    this.base = new BaseUrl(base);
    this.attempts = attempts;
    this.caller = caller;
  }

  /** Takes pages in order. */
  @FunctionalInterface
  interface Sink<T> {
    /**
     * Takes one page.
     *
     * @return what is wrong with it, seen after the pages before; null when it fits
     */
    @Nullable String take(T content);
  }

  /** When to stop though there is more. */
  @FunctionalInterface
  interface Enough {
    boolean reached();
  }

  /** One answer as it was sent. */
  VendorReply forward(String target) {
    Attempt attempt = new Attempt("the vendor's answer", base.uri(target), 1, 1, attempts);
    HttpTransport.Answer answer = requests.forward(attempt, caller);
    String body;
    try {
      body = new String(answer.content().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw requests.cut(attempt, e);
    }
    return new VendorReply(
        answer.status(),
        answer.header("Content-Type").orElse("application/json"),
        body,
        base.origin());
  }

  /** One answer that has no further pages. */
  <T> Requests.Page<T> single(
      String subject, URI uri, Supplier<? extends Requests.Reading<T>> readings) {
    return requests.get(new Attempt(subject, uri, 1, 1, attempts), caller, readings);
  }

  /**
   * All pages from {@code first} on.
   *
   * @param most more pages than these cannot be right
   */
  <T> void follow(
      String subject,
      URI first,
      int most,
      Supplier<? extends Requests.Reading<T>> readings,
      Sink<T> sink,
      Enough enough) {
    Walk<T> walk = walk(subject, first, most, readings, sink);
    do {
      walk.step();
    } while (walk.hasMore() && !enough.reached());
  }

  /** The same, a page at a time. */
  <T> Walk<T> walk(
      String subject,
      URI first,
      int most,
      Supplier<? extends Requests.Reading<T>> readings,
      Sink<T> sink) {
    return new Walk<>(subject, first, most, readings, sink);
  }

  /** A sequence of pages under way. */
  final class Walk<T> {
    private final String subject;
    private final URI first;
    private final int most;
    private final Supplier<? extends Requests.Reading<T>> readings;
    private final Sink<T> sink;
    private final Set<String> asked = new HashSet<>();
    private Requests.@Nullable Page<T> last;
    private int number;

    private Walk(
        String subject,
        URI first,
        int most,
        Supplier<? extends Requests.Reading<T>> readings,
        Sink<T> sink) {
      this.subject = subject;
      this.first = first;
      this.most = most;
      this.readings = readings;
      this.sink = sink;
    }

    /** Whether there is another page. */
    boolean hasMore() {
      return last == null || last.envelope().nextUrl() != null;
    }

    /** Gives the next page to the sink; after an error the next step tries the same again. */
    void step() {
      URI uri = last == null ? first : following(last);
      Requests.Page<T> page =
          requests.get(new Attempt(subject, uri, number + 1, 1, attempts), caller, readings);
      String misfit = sink.take(page.content());
      if (misfit != null) {
        throw requests.misfit(page, misfit);
      }
      number++;
      asked.add(uri.toString());
      last = page;
    }

    private URI following(Requests.Page<T> page) {
      String nextUrl = Objects.requireNonNull(page.envelope().nextUrl());
      URI next = base.following(nextUrl).orElseThrow(() -> requests.misfit(page, foreign(nextUrl)));
      if (asked.contains(next.toString())) {
        throw requests.misfit(page, "next_url leads back to a page that was read already");
      }
      if (number == most) {
        throw requests.misfit(page, "more than %d pages, which cannot be".formatted(most));
      }
      return next;
    }
  }

  /** An address of the vendor. */
  URI uri(String pathAndQuery) {
    return base.uri(pathAndQuery);
  }

  /** A text as one segment of a path or one value of a query. */
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private String foreign(String nextUrl) {
    return "next_url '%s' is not on %s, so it is not followed (the key stays here)"
        .formatted(nextUrl, base.address().getRawAuthority());
  }
}
