package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.Channel;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TickerEvent;
import dev.hardwood.Hardwood;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Recordings as they lie on the disk: what finished sessions saw. Others may record into the folder
 * meanwhile. Safe for use by many threads; what it gives is for one.
 *
 * @see Recorder
 */
public final class RecordingFolder implements AutoCloseable {
  private final RecordingLayout layout;
  private final Hardwood hardwood = Hardwood.create();

  /**
   * @param folder root of the recordings; it need not be there
   */
  public RecordingFolder(Path folder) {
    this.layout = new RecordingLayout(folder);
  }

  /** The tickers of which there is something of a channel and day. */
  public SortedSet<Ticker> tickers(Channel channel, LocalDate day) {
    SortedSet<Ticker> found = new TreeSet<>();
    for (String name : RecordingLayout.names(layout.symbols())) {
      Optional<Ticker> ticker = SymbolPath.decode(name);
      if (ticker.isPresent() && !files(ticker.get(), channel, day).isEmpty()) {
        found.add(ticker.get());
      }
    }
    return found;
  }

  /** Whether there is something of a ticker, channel and day of the ticker's market. */
  public boolean holds(Ticker ticker, Channel channel, LocalDate day) {
    return !files(ticker, channel, day).isEmpty();
  }

  private List<Path> files(Ticker ticker, Channel channel, LocalDate day) {
    Path folder = layout.folder(ticker, RecordedKind.of(channel));
    return RecordingLayout.names(folder).stream()
        .filter(name -> name.startsWith(day + ".") && name.endsWith(".parquet"))
        .map(folder::resolve)
        .toList();
  }

  /**
   * What was recorded of a day, session after session, each in the order of arrival. A row group of
   * some thousand events is in memory at a time.
   *
   * @param from events that the vendor dates earlier are left out, Unix ns
   * @throws PolygonException.StorageFailure now or later, when files cannot be read
   */
  public Events events(Ticker ticker, Channel channel, LocalDate day, long from) {
    RecordedKind kind = RecordedKind.of(channel);
    TickDay tickDay = new TickDay(ticker, kind.word(), day);
    List<TickReader<? extends Recorded<?>>> readers = new ArrayList<>();
    for (Path file : files(ticker, channel, day)) {
      String session = RecordingLayout.session(file.getFileName().toString());
      readers.add(open(tickDay, file, kind.columns(session)));
    }
    return new Events(readers, from);
  }

  private <T> TickReader<T> open(TickDay day, Path file, TickColumns<T> columns) {
    try {
      return TickReader.openUnseen(
          hardwood, new TickFile(day, file, 0, Fingerprint.NO_FILE), columns);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private static PolygonException.StorageFailure unreadable(IOException e) {
    return new PolygonException.StorageFailure(
        "a recording cannot be read (%s): see that the file may be read and is whole, or move it"
                .formatted(e.getMessage())
            + " away",
        e);
  }

  /** From when to when finished sessions recorded what, session after session. */
  public List<RecordedStretch> coverage() {
    List<RecordedStretch> stretches = new ArrayList<>();
    for (String name : RecordingLayout.names(layout.coverage())) {
      String session = name.substring(0, name.indexOf('.'));
      Path file = layout.coverage(session);
      // The day and ticker of a file that has all of them matter to nobody.
      TickDay day = new TickDay(new Ticker("COVERAGE"), "coverage", LocalDate.EPOCH);
      TickReader<RecordedStretch> reader = open(day, file, new CoverageColumns(session));
      try {
        for (int group = 0; group < reader.groups(); group++) {
          stretches.addAll(reader.read(group, null));
        }
      } catch (IOException e) {
        throw unreadable(e);
      }
    }
    return stretches;
  }

  /** Whether anything was ever recorded here. */
  public boolean exists() {
    return Files.isDirectory(layout.symbols());
  }

  @Override
  public void close() {
    hardwood.close();
  }

  /** Recorded events, one after the other. */
  public static final class Events implements Iterator<Recorded<? extends TickerEvent>> {
    private final List<TickReader<? extends Recorded<?>>> readers;
    private final long from;
    private int reader;
    private int group;
    private Iterator<? extends Recorded<?>> read = List.<Recorded<?>>of().iterator();
    private @Nullable Recorded<?> next;

    private Events(List<TickReader<? extends Recorded<?>>> readers, long from) {
      this.readers = List.copyOf(readers);
      this.from = from;
    }

    /** The most events that are in memory at a time. */
    public long mostInMemory() {
      return readers.stream().mapToLong(TickReader::largestGroup).max().orElse(0);
    }

    @Override
    public boolean hasNext() {
      while (next == null) {
        if (read.hasNext()) {
          Recorded<?> candidate = read.next();
          next = candidate.event().time() >= from ? candidate : null;
        } else if (!readGroup()) {
          return false;
        }
      }
      return true;
    }

    private boolean readGroup() {
      while (reader < readers.size()) {
        TickReader<? extends Recorded<?>> file = readers.get(reader);
        if (group == file.groups()) {
          reader++;
          group = 0;
        } else if (file.isBefore(group, from)) {
          group++;
        } else {
          read = List.<Recorded<?>>of().iterator();
          try {
            read = file.read(group++, null).iterator();
          } catch (IOException e) {
            throw unreadable(e);
          }
          return true;
        }
      }
      return false;
    }

    @Override
    public Recorded<? extends TickerEvent> next() {
      if (!hasNext()) {
        throw new java.util.NoSuchElementException("no more");
      }
      Recorded<?> found = java.util.Objects.requireNonNull(next);
      next = null;
      return found;
    }
  }
}
