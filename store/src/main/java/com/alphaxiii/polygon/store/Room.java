package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.CacheStatus;
import com.alphaxiii.polygon.core.StorageStatistics;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** Whether a cache can be written, and what room it has. */
final class Room {
  /** About what a small part takes; a disk with less left is full. */
  private static final int TRIAL_BYTES = 64 << 10;

  private final Layout layout;
  private final Database database;
  private final Maintenance maintenance;
  private final OptionalLong mostBytes;

  Room(Layout layout, Database database, Maintenance maintenance, OptionalLong mostBytes) {
    this.layout = layout;
    this.database = database;
    this.maintenance = maintenance;
    this.mostBytes = mostBytes;
  }

  CacheStatus status() {
    StorageStatistics held = maintenance.statistics();
    long free = 0;
    long size = 0;
    Optional<String> problem = problem();
    try {
      FileStore disk = Files.getFileStore(layout.root());
      free = disk.getUsableSpace();
      size = disk.getTotalSpace();
    } catch (IOException e) {
      problem =
          problem.or(
              () -> Optional.of("the disk of %s does not answer (%s)".formatted(layout.root(), e)));
    }
    return new CacheStatus(
        problem, held.bytes() + held.ticks().bytes(), mostBytes, free, size, held.latest());
  }

  /** Tries it, since permissions and free space do not tell all: quotas, and disks that fail. */
  private Optional<String> problem() {
    if (!database.isWritable()) {
      return Optional.of(
          "the catalog of %s was opened on a disk that is full or read-only: make room, or make it writable; it is tried again every %d s"
              .formatted(layout.root(), Database.BETWEEN_TRIALS.toSeconds()));
    }
    Path trial = layout.temporary().resolve("trial." + UUID.randomUUID() + ".tmp");
    try {
      try (FileChannel out =
          FileChannel.open(trial, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        ByteBuffer zeros = ByteBuffer.allocate(TRIAL_BYTES);
        while (zeros.hasRemaining()) {
          out.write(zeros);
        }
      } finally {
        Files.deleteIfExists(trial);
      }
      return Optional.empty();
    } catch (IOException e) {
      String reason = e.getMessage() == null ? e.toString() : e.getMessage();
      return Optional.of(
          "%s cannot be written (%s): make room, or make it writable"
              .formatted(layout.root(), reason.replace(trial.toString(), "a file")));
    }
  }
}
