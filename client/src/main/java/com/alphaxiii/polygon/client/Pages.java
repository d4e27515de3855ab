package com.alphaxiii.polygon.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
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
  private final URI base;
  private final int attempts;
  private final Caller caller;

  Pages(Requests requests, URI base, int attempts, Caller caller) {
    this.requests = requests;
    this.base = base;
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
    Set<String> asked = new HashSet<>();
    URI uri = first;
    for (int number = 1; ; number++) {
      asked.add(uri.toString());
      Requests.Page<T> page =
          requests.get(new Attempt(subject, uri, number, 1, attempts), caller, readings);
      String misfit = sink.take(page.content());
      if (misfit != null) {
        throw requests.misfit(page, misfit);
      }
      String nextUrl = page.envelope().nextUrl();
      if (nextUrl == null || enough.reached()) {
        return;
      }
      URI next = ours(nextUrl).orElseThrow(() -> requests.misfit(page, foreign(nextUrl)));
      if (asked.contains(next.toString())) {
        throw requests.misfit(page, "next_url leads back to a page that was read already");
      }
      if (number == most) {
        throw requests.misfit(page, "more than %d pages, which cannot be".formatted(most));
      }
      uri = next;
    }
  }

  /** The address, if it is one of the host, port and scheme that we called first. */
  private Optional<URI> ours(String nextUrl) {
    URI next;
    try {
      next = new URI(nextUrl);
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
    boolean same =
        next.getHost() != null
            && next.getRawUserInfo() == null
            && base.getScheme().equalsIgnoreCase(next.getScheme())
            && base.getHost().equalsIgnoreCase(next.getHost())
            && port(base) == port(next);
    return same ? Optional.of(next) : Optional.empty();
  }

  /** An address of the vendor. */
  URI uri(String pathAndQuery) {
    String whole = base.toString();
    return URI.create(
        (whole.endsWith("/") ? whole.substring(0, whole.length() - 1) : whole) + pathAndQuery);
  }

  /** A text as one segment of a path or one value of a query. */
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static int port(URI uri) {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    return uri.getScheme().toLowerCase(Locale.ROOT).equals("https") ? 443 : 80;
  }

  private String foreign(String nextUrl) {
    return "next_url '%s' is not on %s, so it is not followed (the key stays here)"
        .formatted(nextUrl, base.getRawAuthority());
  }
}
