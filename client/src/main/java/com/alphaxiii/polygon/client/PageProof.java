package com.alphaxiii.polygon.client;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Holds each page against those before it. Where the order is known, it may never go back; an
 * element of an earlier page may not come again; and where elements have nothing that tells them
 * apart, no page of several may come again as a whole.
 */
final class PageProof {
  private final @Nullable Ordering ordering;
  private final List<String> identity;

  /** Elements of pages before and the page each was on; only the last ones where there is order. */
  private final Map<String, Integer> seen = new HashMap<>();

  private final Map<String, Integer> digests = new HashMap<>();
  private @Nullable Comparable<?> last;
  private int number;

  PageProof(Query query) {
    this.ordering = Ordering.of(query).orElse(null);
    this.identity = query.endpoint().identity();
  }

  /**
   * What is wrong with the next page; null when it fits. Only a page that fits is remembered, so
   * that one that is asked for again is not held against itself.
   */
  @Nullable String take(List<Row> page) {
    Set<String> ids = new HashSet<>();
    Comparable<?> reached = last;
    boolean wentOn = false;
    for (int i = 0; i < page.size(); i++) {
      Row row = page.get(i);
      Comparable<?> value = ordering == null ? null : ordering.value(row);
      if (ordering != null && value != null) {
        int step = reached == null ? -1 : ordering.step(reached, value);
        if (step > 0) {
          return "element %d has %s %s, which cannot come after %s"
              .formatted(i + 1, ordering.field(), value, reached);
        }
        if (step < 0) {
          // What lies behind cannot come again without going back.
          wentOn = true;
          ids.clear();
        }
        reached = value;
      }
      String id = id(row);
      if (id != null) {
        Integer before = wentOn ? null : seen.get(id);
        if (before != null) {
          return "element %d (%s) is on page %d already".formatted(i + 1, id, before);
        }
        ids.add(id);
      }
    }
    String repeated = repeated(page);
    if (repeated != null) {
      return repeated;
    }
    number++;
    last = reached;
    if (wentOn) {
      seen.clear();
    }
    ids.forEach(id -> seen.put(id, number));
    return null;
  }

  private @Nullable String id(Row row) {
    StringBuilder id = new StringBuilder();
    boolean any = false;
    for (String member : identity) {
      JsonNode value = Ordering.at(row, member);
      any |= value != null;
      id.append(id.isEmpty() ? "" : ", ")
          .append(member)
          .append(' ')
          .append(value == null ? "-" : value.asString());
    }
    return any ? id.toString() : null;
  }

  private @Nullable String repeated(List<Row> page) {
    if (!identity.isEmpty() || page.size() < 2) {
      return null;
    }
    MessageDigest digest = sha256();
    page.forEach(row -> digest.update(row.toString().getBytes(StandardCharsets.UTF_8)));
    Integer before = digests.putIfAbsent(HexFormat.of().formatHex(digest.digest()), number + 1);
    return before == null ? null : "its elements are those of page %d again".formatted(before);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
