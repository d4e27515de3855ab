package com.alphaxiii.polygon;

import com.alphaxiii.polygon.catalogue.Catalogue;
import com.alphaxiii.polygon.catalogue.Freshness;
import com.alphaxiii.polygon.core.DocumentCache;
import com.alphaxiii.polygon.core.VendorReply;
import com.alphaxiii.polygon.core.VendorSource;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * The vendor's API with its reference data kept for twelve hours, and older answers serving while
 * the vendor is out of reach. Only whole JSON answers that succeed and have no further page are
 * kept: pages of different hours would not make one list.
 */
final class KeptVendor implements VendorSource {
  private static final Duration FRESH = Duration.ofHours(12);
  private static final String JSON = "application/json";

  private final VendorSource source;
  private final DocumentCache cache;
  private final String origin;

  /**
   * Keeps what a source answers.
   *
   * @param base the vendor's address, with which its links to itself begin
   */
  KeptVendor(VendorSource source, DocumentCache cache, URI base) {
    this.source = source;
    this.cache = cache;
    this.origin = base.getScheme() + "://" + base.getRawAuthority();
  }

  @Override
  public VendorReply ask(String target) {
    if (!isReference(target)) {
      return source.ask(target);
    }
    try {
      DocumentCache.Document kept = cache.get(target, FRESH, () -> lasting(source.ask(target)));
      return new VendorReply(
          200,
          JSON,
          new String(kept.body(), StandardCharsets.UTF_8),
          origin,
          kept.stale() ? Optional.of(kept.readAt()) : Optional.empty());
    } catch (NotKept e) {
      return e.reply;
    }
  }

  private static boolean isReference(String target) {
    int query = target.indexOf('?');
    return Catalogue.of()
        .match(query < 0 ? target : target.substring(0, query))
        .filter(match -> match.endpoint().freshness() == Freshness.REFERENCE)
        .isPresent();
  }

  private static byte[] lasting(VendorReply reply) {
    boolean json = reply.contentType().startsWith(JSON);
    if (reply.status() != 200 || !json || reply.body().contains("\"next_url\"")) {
      throw new NotKept(reply);
    }
    return reply.body().getBytes(StandardCharsets.UTF_8);
  }

  /** An answer that is given and forgotten. */
  private static final class NotKept extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient VendorReply reply;

    NotKept(VendorReply reply) {
      super("not kept", null, false, false);
      this.reply = reply;
    }
  }
}
