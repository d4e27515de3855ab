package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.Ticker;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Events of a journal sorted by the file they belong to, and within it by arrival. */
final class JournalRun implements Closeable, Comparable<JournalRun> {
  private static final int BUFFER_BYTES = 1 << 16;

  /**
   * Which file an event belongs to.
   *
   * @param day of the event's own time, in the zone of its market
   */
  record Key(String symbol, int code, long day) implements Comparable<Key> {
    private static final Comparator<Key> ORDER =
        Comparator.comparing(Key::symbol).thenComparingInt(Key::code).thenComparingLong(Key::day);

    static Key of(JournalEntry entry) {
      Market market = new Ticker(entry.text()).market();
      LocalDate day = TickDay.date(entry.time(), market.zone());
      return new Key(entry.text(), entry.code(), day.toEpochDay());
    }

    RecordedKind kind() {
      return RecordedKind.of(code);
    }

    TickDay tickDay() {
      return new TickDay(new Ticker(symbol), kind().word(), LocalDate.ofEpochDay(day));
    }

    @Override
    public int compareTo(Key other) {
      return ORDER.compare(this, other);
    }
  }

  /** Takes the events of a run. */
  @FunctionalInterface
  interface Target {
    void take(Key key, JournalEntry entry, ByteBuffer frame) throws IOException;
  }

  private final DataInputStream in;
  private ByteBuffer frame;
  private JournalEntry entry;
  private Key key;

  private JournalRun(DataInputStream in, ByteBuffer first) {
    this.in = in;
    this.frame = first;
    this.entry = JournalEntry.of(first.duplicate().order(first.order()));
    this.key = Key.of(entry);
  }

  private static @Nullable JournalRun open(Path file) throws IOException {
    DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES));
    ByteBuffer first = JournalFrames.read(in);
    if (first == null) {
      in.close();
      return null;
    }
    return new JournalRun(in, first);
  }

  /** Goes to the next event; false at the end. */
  private boolean advance() throws IOException {
    ByteBuffer next = JournalFrames.read(in);
    if (next == null) {
      return false;
    }
    frame = next;
    entry = JournalEntry.of(next.duplicate().order(next.order()));
    key = Key.of(entry);
    return true;
  }

  @Override
  public int compareTo(JournalRun other) {
    int byKey = key.compareTo(other.key);
    return byKey != 0 ? byKey : Long.compare(entry.arrival(), other.entry.arrival());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /** Writes frames as a run, in the order given. */
  static void write(Path file, List<ByteBuffer> frames) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES)) {
      for (ByteBuffer frame : frames) {
        JournalFrames.write(out, frame);
      }
    }
  }

  /** Makes one run of several. */
  static void merge(List<Path> files, Path target) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(target), BUFFER_BYTES)) {
      read(files, (key, entry, frame) -> JournalFrames.write(out, frame));
    }
  }

  /** Reads several runs as one. A buffer for each is what memory holds. */
  static void read(List<Path> files, Target target) throws IOException {
    List<JournalRun> opened = new ArrayList<>();
    try {
      PriorityQueue<JournalRun> heads = new PriorityQueue<>();
      for (Path file : files) {
        JournalRun run = open(file);
        if (run != null) {
          opened.add(run);
          heads.add(run);
        }
      }
      while (!heads.isEmpty()) {
        JournalRun least = heads.remove();
        target.take(least.key, least.entry, least.frame);
        if (least.advance()) {
          heads.add(least);
        }
      }
    } finally {
      for (JournalRun run : opened) {
        run.close();
      }
    }
  }
}
