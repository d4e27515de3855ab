package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.Cursor;
import com.alphaxiii.polygon.core.Rejected;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The elements of pages, each page asked for when the one before is used up. */
final class PagedCursor<T> implements Cursor<T> {
  private static final Logger LOG = LoggerFactory.getLogger(PagedCursor.class);
  private static final int MOST_TOLD = 1_000;

  /** What a page must be after the ones before. */
  @FunctionalInterface
  interface Sequence<T> {
    /**
     * Looks at a page.
     *
     * @return what is wrong with it; null when it fits
     */
    @Nullable String check(Rows<T> page);
  }

  private final String subject;
  private final Pages.Walk<Rows<T>> walk;
  private final Sequence<T> sequence;
  private final List<Rejected> rejected = new ArrayList<>();
  private Queue<T> page = new ArrayDeque<>();
  private long rejectedCount;
  private int number;

  /**
   * Nothing is asked for yet.
   *
   * @param most more pages than these cannot be right
   */
  PagedCursor(
      Pages pages,
      String subject,
      URI first,
      int most,
      Supplier<? extends Requests.Reading<Rows<T>>> readings,
      Sequence<T> sequence) {
    this.subject = subject;
    this.sequence = sequence;
    this.walk = pages.walk(subject, first, most, readings, this::take);
  }

  private @Nullable String take(Rows<T> rows) {
    String misfit = sequence.check(rows);
    if (misfit != null) {
      return misfit;
    }
    number++;
    for (Rows.Fault fault : rows.faults()) {
      Rejected left = new Rejected(number, fault.index(), fault.reason());
      if (rejectedCount++ < MOST_TOLD) {
        rejected.add(left);
        LOG.warn("{}: left out: {}", subject, left);
      }
    }
    page = new ArrayDeque<>(rows.values());
    return null;
  }

  @Override
  public boolean hasNext() {
    while (page.isEmpty() && walk.hasMore()) {
      walk.step();
    }
    return !page.isEmpty();
  }

  @Override
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException(subject + ": no more");
    }
    return page.remove();
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
