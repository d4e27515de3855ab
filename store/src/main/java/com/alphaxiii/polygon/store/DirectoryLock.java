package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.PolygonException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets one writer at a time into a cache folder, among all processes of the machine.
 *
 * <p>The operating system's lock belongs to the process, and closing any channel of the file gives
 * it up; therefore all stores of this process take turns on a lock of their own first.
 */
final class DirectoryLock {
  private static final ConcurrentMap<Path, ReentrantLock> TURNS = new ConcurrentHashMap<>();

  private final Path file;
  private final ReentrantLock turn;

  /**
   * @param file real path of the lock file
   */
  DirectoryLock(Path file) {
    this.file = file;
    this.turn = TURNS.computeIfAbsent(file, path -> new ReentrantLock());
  }

  interface Work {
    void run() throws IOException;
  }

  /** Runs alone, waiting for others first. */
  void alone(Work work) {
    turn.lock();
    try (FileChannel channel = open();
        FileLock lock = channel.lock()) {
      check(lock);
      work.run();
    } catch (IOException e) {
      throw failure(e);
    } finally {
      turn.unlock();
    }
  }

  /** Runs alone, or not at all when someone else is at work. */
  void aloneIfFree(Work work) {
    if (!turn.tryLock()) {
      return;
    }
    try (FileChannel channel = open();
        FileLock lock = channel.tryLock()) {
      if (lock != null) {
        work.run();
      }
    } catch (IOException e) {
      throw failure(e);
    } finally {
      turn.unlock();
    }
  }

  private FileChannel open() throws IOException {
    return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private void check(FileLock lock) throws IOException {
    if (!lock.isValid()) {
      throw new IOException("the lock " + file + " was lost");
    }
  }

  private PolygonException.StorageFailure failure(IOException e) {
    return new PolygonException.StorageFailure(
        "the cache %s cannot be written (%s): see that the disk has room and the folder may be written"
            .formatted(file.resolveSibling("..").normalize(), e),
        e);
  }
}
