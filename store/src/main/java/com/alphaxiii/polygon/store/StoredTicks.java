package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.Cursor;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Rejected;
import com.alphaxiii.polygon.core.TimeRange;
import java.io.IOException;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The ticks of a file, a row group in memory at a time. */
final class StoredTicks<T> implements Cursor<T> {
  /** Finds a file again that was lost on the way. */
  @FunctionalInterface
  interface Recovery<T> {
    /**
     * The same file, read from the start.
     *
     * @throws PolygonException when there is none with the same content
     */
    TickReader<T> reopen(IOException damage);
  }

  private final Recovery<T> recovery;
  private final @Nullable TimeRange range;
  private final boolean newestFirst;
  private TickReader<T> reader;
  private Iterator<T> group = List.<T>of().iterator();
  private int groupsRead;

  /**
   * Reads nothing yet.
   *
   * @param range empty = all of the file
   */
  StoredTicks(
      TickReader<T> reader, Recovery<T> recovery, @Nullable TimeRange range, boolean newestFirst) {
    this.reader = reader;
    this.recovery = recovery;
    this.range = range;
    this.newestFirst = newestFirst;
  }

  @Override
  public boolean hasNext() {
    while (!group.hasNext() && groupsRead < reader.groups()) {
      // The group before is let go first: two need not be held at a time.
      group = Collections.emptyIterator();
      List<T> ticks = read(newestFirst ? reader.groups() - 1 - groupsRead : groupsRead);
      group = (newestFirst ? ticks.reversed() : ticks).iterator();
      groupsRead++;
    }
    return group.hasNext();
  }

  private List<T> read(int index) {
    try {
      return reader.read(index, range);
    } catch (IOException damage) {
      reader = recovery.reopen(damage);
      try {
        return reader.read(index, range);
      } catch (IOException e) {
        throw TickDays.unreadable(e);
      }
    }
  }

  @Override
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException("no more");
    }
    return group.next();
  }

  @Override
  public long rejectedCount() {
    return 0;
  }

  @Override
  public List<Rejected> rejected() {
    return List.of();
  }
}
