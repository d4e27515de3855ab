package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.TimeRange;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps two processes that share a cache folder from fetching the same days of the same series at
 * the same time. Each day of each series is one byte of a file that stays empty; who fetches holds
 * the operating system's lock on the bytes of its days, which ends with the process however that
 * ends.
 *
 * <p>Those who wait look again and again, since waiting within the operating system would hold a
 * thread of the machine. Where locks do not work, as on some network folders, everybody fetches for
 * themselves.
 */
final class FetchLocks implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FetchLocks.class);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

  /** Some five minutes; a process that needs longer is not waited for. */
  private static final int MOST_LOOKS = 15_000;

  /** More days than there are between the first and the last that a cache can hold. */
  private static final int DAY_BITS = 22;

  private static final long SERIES_MASK = (1L << (62 - DAY_BITS)) - 1;
  private static final long GOLDEN = 0x9E37_79B9_7F4A_7C15L;

  /** Open files by path: closing any channel of a file would end all this process's locks on it. */
  private static final Map<Path, Shared> OPEN = new HashMap<>();

  private static final class Shared {
    private final FileChannel channel;
    private int users;

    Shared(FileChannel channel) {
      this.channel = channel;
    }
  }

  private final Path file;
  private final @Nullable FileChannel channel;

  /**
   * @param file real path of the lock file; its folder must be there
   */
  FetchLocks(Path file) {
    this.file = file;
    this.channel = open(file);
  }

  private static @Nullable FileChannel open(Path file) {
    synchronized (OPEN) {
      try {
        Shared shared = OPEN.get(file);
        if (shared == null) {
          shared =
              new Shared(
                  FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
          OPEN.put(file, shared);
        }
        shared.users++;
        return shared.channel;
      } catch (IOException e) {
        LOG.warn("{} cannot be opened ({}): other programs may fetch the same bars too", file, e);
        return null;
      }
    }
  }

  /** The right to fetch a stretch. */
  interface Held extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Waits until no other process, and no other store of this one, fetches any day of a stretch.
   *
   * @throws PolygonException.Unavailable when interrupted meanwhile
   */
  Held hold(Series series, TimeRange stretch) {
    long first = position(series, stretch);
    long days = 1 + day(stretch.end().minusMillis(1)) - day(stretch.start());
    return hold(first, days, series + " " + stretch);
  }

  /**
   * The same for one day of something.
   *
   * @param name of the series of days
   */
  Held hold(String name, LocalDate day) {
    return hold(position(name, day), 1, name + " " + day);
  }

  /** The right to fetch a day, unless somebody has it or that cannot be known. */
  Optional<Held> holdIfFree(String name, LocalDate day) {
    try {
      return tryLock(position(name, day), 1).map(lock -> () -> release(lock));
    } catch (IOException e) {
      LOG.warn("{} cannot be locked ({})", file, e.toString());
      return Optional.empty();
    }
  }

  private Held hold(long first, long days, String subject) {
    if (channel == null) {
      return () -> {};
    }
    for (int look = 0; look < MOST_LOOKS; look++) {
      try {
        Optional<FileLock> lock = tryLock(first, days);
        if (lock.isPresent()) {
          return () -> release(lock.get());
        }
      } catch (IOException e) {
        LOG.warn("{} cannot be locked ({}): other programs may fetch the same bars too", file, e);
        return () -> {};
      }
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
      if (Thread.currentThread().isInterrupted()) {
        throw new PolygonException.Unavailable(
            "%s: interrupted while another program fetches them".formatted(subject), null, null);
      }
    }
    LOG.warn("another program fetches {} for minutes; fetching it too", subject);
    return () -> {};
  }

  private Optional<FileLock> tryLock(long first, long days) throws IOException {
    if (channel == null) {
      throw new IOException("it is not open");
    }
    try {
      return Optional.ofNullable(channel.tryLock(first, days, false));
    } catch (OverlappingFileLockException e) {
      return Optional.empty();
    }
  }

  private static void release(FileLock lock) {
    try {
      lock.release();
    } catch (IOException e) {
      LOG.warn("a lock was not given back: {}", e.toString());
    }
  }

  /** Where the days of a series lie; two series that share a place only wait for each other. */
  private static long position(Series series, TimeRange stretch) {
    long mixed = 31L * series.ticker().symbol().hashCode() + series.base().toString().hashCode();
    return place(mixed) + day(stretch.start()) - day(PartKey.EARLIEST);
  }

  private static long position(String name, LocalDate day) {
    return place(name.hashCode()) + day.toEpochDay() - day(PartKey.EARLIEST);
  }

  private static long place(long mixed) {
    return ((mixed * GOLDEN >>> DAY_BITS) & SERIES_MASK) << DAY_BITS;
  }

  private static long day(Instant instant) {
    return LocalDate.ofInstant(instant, Market.NEW_YORK).toEpochDay();
  }

  @Override
  public void close() {
    synchronized (OPEN) {
      Shared shared = OPEN.get(file);
      if (channel != null && shared != null && --shared.users == 0) {
        OPEN.remove(file);
        try {
          shared.channel.close();
        } catch (IOException e) {
          LOG.warn("{} cannot be closed: {}", file, e.toString());
        }
      }
    }
  }
}
