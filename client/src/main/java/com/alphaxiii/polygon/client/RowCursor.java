package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.Cursor;
import com.alphaxiii.polygon.core.PolygonException.BadData;
import com.alphaxiii.polygon.core.PolygonException.InvalidRequest;
import com.alphaxiii.polygon.core.Rejected;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The elements of an endpoint's pages, each page asked for when the one before is used up. */
final class RowCursor<T> implements Cursor<T> {
  private static final Logger LOG = LoggerFactory.getLogger(RowCursor.class);

  /** More than any answer has had, fifty thousand million elements at full pages. */
  private static final int MOST_PAGES = 1_000_000;

  private static final int MOST_TOLD = 1_000;

  private final String subject;
  private final Function<Row, T> decode;
  private final PageProof proof;
  private final Pages.Walk<RowPage> walk;
  private final Queue<T> ready = new ArrayDeque<>();
  private final List<Rejected> rejected = new ArrayList<>();
  private long rejectedCount;
  private int number;

  RowCursor(Pages pages, Query query, Function<Row, T> decode) {
    this.subject = query.subject();
    this.decode = decode;
    this.proof = new PageProof(query);
    this.walk =
        pages.walk(
            subject,
            pages.uri(query.target()),
            MOST_PAGES,
            () -> new RowPage(query.endpoint()),
            this::take);
  }

  private @Nullable String take(RowPage page) {
    String misfit = proof.take(page.rows());
    if (misfit != null) {
      return misfit;
    }
    number++;
    page.faults().forEach(fault -> reject(fault.index(), fault.reason()));
    for (Row row : page.rows()) {
      try {
        ready.add(decode.apply(row));
      } catch (BadData | InvalidRequest e) {
        reject(index(row), String.valueOf(e.getMessage()));
      }
    }
    return null;
  }

  private static int index(Row row) {
    return Integer.parseInt(row.label().substring(row.label().indexOf(' ') + 1));
  }

  private void reject(int index, String reason) {
    Rejected left = new Rejected(number, index, reason);
    if (rejectedCount++ < MOST_TOLD) {
      rejected.add(left);
      LOG.warn("{}: left out: {}", subject, left);
    }
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && walk.hasMore()) {
      walk.step();
    }
    return !ready.isEmpty();
  }

  @Override
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException(subject + ": no more");
    }
    return ready.remove();
  }

  @Override
  public long rejectedCount() {
    return rejectedCount;
  }

  @Override
  public List<Rejected> rejected() {
    return List.copyOf(rejected);
  }
}
