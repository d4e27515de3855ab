package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.TickerEvent;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The journal of a session: everything in the order in which it came, appended to files of bounded
 * size. What {@link #flush} has written survives the end of the process, what {@link #force} has,
 * that of the machine. For one thread.
 */
final class Journal implements AutoCloseable {
  /** A file is sorted in memory when it is made into Parquet. */
  static final int SEGMENT_BYTES = 32 << 20;

  private static final int BUFFER_BYTES = 1 << 16;

  private final Path folder;
  private final String session;
  private final int segmentBytes;
  private final JournalCells cells = new JournalCells();
  private final RecordedColumns<?>[] columns;
  private FileOutputStream disk;
  private OutputStream out;
  private long bytes;
  private int segments;
  private long arrival;

  private Journal(Path folder, String session, int segmentBytes) throws IOException {
    this.folder = folder;
    this.session = session;
    this.segmentBytes = segmentBytes;
    this.columns =
        Arrays.stream(RecordedKind.values())
            .map(kind -> kind.columns(session))
            .toArray(RecordedColumns<?>[]::new);
    this.disk = next();
    this.out = new BufferedOutputStream(disk, BUFFER_BYTES);
  }

  /** Begins a session's journal; there must be none. */
  static Journal create(RecordingLayout layout, String session, int segmentBytes)
      throws IOException {
    Path folder = layout.journal(session);
    Files.createDirectory(folder);
    return new Journal(folder, session, segmentBytes);
  }

  private FileOutputStream next() throws IOException {
    segments++;
    bytes = 0;
    return new FileOutputStream(folder.resolve("%06d.journal".formatted(segments)).toFile());
  }

  String session() {
    return session;
  }

  /**
   * Appends an event.
   *
   * @param received when it was taken from the feed, Unix ns
   */
  void append(TickerEvent event, long received) throws IOException {
    RecordedKind kind = RecordedKind.of(event.channel());
    begin(kind.code(), event.time(), received, event.symbol());
    write(columns[kind.ordinal()], event, received);
    end();
  }

  @SuppressWarnings("unchecked")
  private <T extends TickerEvent> void write(
      RecordedColumns<T> row, TickerEvent event, long received) {
    // A channel's events are all of the class that its columns are for.
    row.write(new Recorded<>((T) event, received, session, arrival), cells);
  }

  /** Appends word about the recording. */
  void append(JournalWord word, long at, String text) throws IOException {
    begin(word.code(), at, at, text);
    end();
  }

  private void begin(int code, long time, long received, String text) {
    cells.clear();
    cells.octet(code);
    cells.number(arrival);
    cells.number(time);
    cells.number(received);
    cells.text(text);
  }

  private void end() throws IOException {
    bytes += JournalFrames.write(out, cells.written());
    arrival++;
    if (bytes >= segmentBytes) {
      force();
      disk.close();
      disk = next();
      out = new BufferedOutputStream(disk, BUFFER_BYTES);
    }
  }

  /** Gives what was appended to the operating system. */
  void flush() throws IOException {
    out.flush();
  }

  /** Brings what was appended to the disk. */
  void force() throws IOException {
    out.flush();
    disk.getFD().sync();
  }

  /** Ends the journal without a word. */
  @Override
  public void close() throws IOException {
    try (FileOutputStream last = disk) {
      out.flush();
    }
  }
}
