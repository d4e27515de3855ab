package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.PolygonException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions of a folder of recordings, which belongs to one recorder at a time. A session is
 * what one recorder saw of one day without failing; its name is when it began.
 */
final class RecordingSessions implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RecordingSessions.class);

  // Names that sort as the times do.
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);

  private final RecordingLayout layout;
  private final int segmentBytes;
  private final FileChannel channel;
  private final FileLock lock;

  /** The newest name that was given; only the recorder's thread begins sessions. */
  private String latest = "";

  private RecordingSessions(
      RecordingLayout layout, int segmentBytes, FileChannel channel, FileLock lock) {
    this.layout = layout;
    this.segmentBytes = segmentBytes;
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * Takes a folder.
   *
   * @throws PolygonException.StorageFailure when it cannot be written, or another recorder has it
   */
  static RecordingSessions open(Path folder, int segmentBytes) {
    try {
      RecordingLayout layout = new RecordingLayout(Files.createDirectories(folder).toRealPath());
      layout.create();
      FileChannel channel =
          FileChannel.open(layout.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        throw new PolygonException.StorageFailure(
            "another program records into %s: give this one a folder of its own".formatted(folder),
            null);
      }
      RecordingSessions sessions = new RecordingSessions(layout, segmentBytes, channel, lock);
      sessions.sweep();
      return sessions;
    } catch (IOException e) {
      throw new PolygonException.StorageFailure(
          "the folder of recordings %s cannot be written (%s): set RECORD_DIR to one that may be"
              .formatted(folder.toAbsolutePath(), e),
          e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException held) {
      // By another recorder of this program.
      return null;
    }
  }

  /** Removes what a crash left behind that is not needed any more. */
  private void sweep() throws IOException {
    for (String name : RecordingLayout.names(layout.temporary())) {
      Files.deleteIfExists(layout.temporary().resolve(name));
    }
    for (String name : RecordingLayout.names(layout.journals())) {
      if (RecordingLayout.isDone(name)) {
        RecordingLayout.remove(layout.journals().resolve(name));
      }
    }
  }

  /** Sessions whose journals are yet to be made into files, oldest first. */
  List<String> unfinished() {
    return RecordingLayout.names(layout.journals()).stream()
        .filter(name -> !RecordingLayout.isDone(name))
        .toList();
  }

  /** Begins a session, later by name than all before it, even if the clock went back. */
  Journal begin(Instant now) throws IOException {
    String last =
        Stream.concat(
                unfinished().stream(),
                RecordingLayout.names(layout.coverage()).stream()
                    .map(name -> name.substring(0, Math.max(0, name.indexOf('.')))))
            .max(String::compareTo)
            .filter(found -> found.compareTo(latest) > 0)
            .orElse(latest);
    String name = NAME.format(now);
    if (name.compareTo(last) <= 0) {
      name = NAME.format(Instant.from(NAME.parse(last)).plusMillis(1));
    }
    latest = name;
    return Journal.create(layout, name, segmentBytes);
  }

  /**
   * Makes files of a session whose journal is closed.
   *
   * @throws IOException when the disk fails; the journal is left as it is
   */
  void finish(String session) throws IOException {
    new JournalConversion(layout, session).run();
    LOG.info("The recording {} lies in files below {}", session, layout.symbols());
  }

  Path root() {
    return layout.root();
  }

  @Override
  public void close() {
    try (channel;
        lock) {
      LOG.debug("No longer recording into {}", layout.root());
    } catch (IOException e) {
      LOG.warn("{} cannot be unlocked: {}", layout.lock(), e.toString());
    }
  }
}
