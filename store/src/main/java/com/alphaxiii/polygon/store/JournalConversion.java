package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.TickerEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes Parquet files of a session's journal, one for each symbol, kind and day, and one of its
 * coverage. It sorts outside of memory: a segment of the journal at a time, then all sorted
 * segments merged. Run again after a crash it writes the same files anew; only when all of them are
 * on the disk the journal goes.
 */
final class JournalConversion {
  /** So many symbols' readers can be open at once while a day is replayed. */
  static final int ROWS_PER_GROUP = 16_384;

  private static final int MOST_RUNS = 256;

  private final RecordingLayout layout;
  private final String session;
  private final Path folder;
  private final CoverageLog coverage;
  private final Set<Path> touched = new TreeSet<>();
  private int runs;

  JournalConversion(RecordingLayout layout, String session) {
    this.layout = layout;
    this.session = session;
    this.folder = layout.journal(session);
    this.coverage = new CoverageLog(session);
  }

  void run() throws IOException {
    List<Path> sorted = new ArrayList<>();
    for (String name : RecordingLayout.names(folder)) {
      if (name.endsWith(".journal")) {
        sorted.add(sort(folder.resolve(name)));
      }
    }
    while (sorted.size() > MOST_RUNS) {
      List<Path> some = List.copyOf(sorted.subList(0, MOST_RUNS));
      Path merged = nextRun();
      JournalRun.merge(some, merged);
      sorted.subList(0, MOST_RUNS).clear();
      sorted.add(merged);
      for (Path each : some) {
        Files.delete(each);
      }
    }
    try (DayFiles files = new DayFiles()) {
      JournalRun.read(sorted, (key, entry, frame) -> files.add(key, entry));
      files.end();
    }
    writeCoverage();
    for (Path each : touched) {
      Folders.force(each);
    }
    // At once: of a journal that is there in parts, files in parts would be made.
    Files.move(folder, layout.done(session), StandardCopyOption.ATOMIC_MOVE);
    RecordingLayout.remove(layout.done(session));
  }

  private Path nextRun() {
    return folder.resolve("%06d.run".formatted(runs++));
  }

  private Path sort(Path segment) throws IOException {
    record Keyed(JournalRun.Key key, ByteBuffer frame) {}
    List<Keyed> events = new ArrayList<>();
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(segment));
    for (ByteBuffer frame = JournalFrames.next(bytes);
        frame != null;
        frame = JournalFrames.next(bytes)) {
      JournalEntry entry = JournalEntry.of(frame.duplicate().order(frame.order()));
      coverage.add(entry);
      if (entry.isEvent()) {
        events.add(new Keyed(JournalRun.Key.of(entry), frame));
      }
    }
    // Stable: equal keys stay in the order of arrival.
    events.sort(Comparator.comparing(Keyed::key));
    Path run = nextRun();
    JournalRun.write(run, events.stream().map(Keyed::frame).toList());
    return run;
  }

  private void writeCoverage() throws IOException {
    Path partial = partial();
    try (TickWriter<RecordedStretch> writer =
        TickWriter.create(partial, new CoverageColumns(session))) {
      for (RecordedStretch stretch : coverage.stretches()) {
        writer.add(stretch);
      }
      writer.finish();
    }
    publish(partial, layout.coverage(session));
  }

  private Path partial() {
    return layout.temporary().resolve(UUID.randomUUID() + ".partial");
  }

  private void publish(Path partial, Path file) throws IOException {
    Path parent = file.getParent();
    Files.createDirectories(parent);
    Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
    touched.add(parent);
  }

  /** The files that are written one after the other. */
  private final class DayFiles implements AutoCloseable {
    private JournalRun.@Nullable Key key;
    private @Nullable OneFile<?> file;

    void add(JournalRun.Key next, JournalEntry entry) throws IOException {
      if (!next.equals(key)) {
        end();
        key = next;
        file = new OneFile<>(next, next.kind().columns(session));
      }
      OneFile<?> open = file;
      if (open != null) {
        open.add(entry.row());
      }
    }

    void end() throws IOException {
      OneFile<?> open = file;
      if (open != null) {
        open.finish();
        file = null;
      }
    }

    @Override
    public void close() throws IOException {
      OneFile<?> open = file;
      if (open != null) {
        open.close();
      }
    }
  }

  private final class OneFile<T extends TickerEvent> implements AutoCloseable {
    private final JournalRun.Key key;
    private final Path partial = partial();
    private final JournalBatch batch;
    private final TickColumns.Rows<Recorded<T>> rows;
    private final TickWriter<Recorded<T>> writer;

    OneFile(JournalRun.Key key, RecordedColumns<T> columns) throws IOException {
      this.key = key;
      this.batch = new JournalBatch(columns.schema());
      this.rows = columns.rows(key.tickDay().ticker(), batch);
      this.writer = TickWriter.create(partial, columns, ROWS_PER_GROUP);
    }

    void add(ByteBuffer row) throws IOException {
      batch.next(row);
      writer.add(rows.get(0));
    }

    void finish() throws IOException {
      try (writer) {
        writer.finish();
      }
      publish(partial, layout.file(key.tickDay(), key.kind(), session));
    }

    @Override
    public void close() throws IOException {
      writer.close();
    }
  }
}
