package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.PolygonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The SQLite file: one connection that writes, some that read, all in write-ahead mode, so that
 * readers never wait for the writer. Every piece of work is one transaction.
 */
final class Database implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Database.class);
  private static final int BUSY_MILLIS = 10_000;
  private static final int IDLE_READERS = 4;
  private static final Set<SQLiteErrorCode> DAMAGE =
      Set.of(
          SQLiteErrorCode.SQLITE_CORRUPT,
          SQLiteErrorCode.SQLITE_NOTADB,
          SQLiteErrorCode.SQLITE_FORMAT,
          SQLiteErrorCode.SQLITE_CORRUPT_INDEX,
          SQLiteErrorCode.SQLITE_CORRUPT_SEQUENCE,
          SQLiteErrorCode.SQLITE_CORRUPT_VTAB,
          SQLiteErrorCode.SQLITE_IOERR_SHORT_READ);

  interface Work<T extends @Nullable Object> {
    T run(Connection connection) throws SQLException;
  }

  /** So long after a failure to write to the disk it is tried again at the earliest. */
  static final Duration BETWEEN_TRIALS = Duration.ofSeconds(10);

  /** How a file is reached: to be written and read, or only to be read, maybe elsewhere. */
  private record Access(
      @Nullable Connection writer,
      String address,
      Runnable closing,
      ConcurrentLinkedDeque<Connection> readers) {
    Access(@Nullable Connection writer, String address, Runnable closing) {
      this(writer, address, closing, new ConcurrentLinkedDeque<>());
    }

    void close() throws SQLException {
      for (Connection reader = readers.pollFirst(); reader != null; reader = readers.pollFirst()) {
        reader.close();
      }
      if (writer != null) {
        writer.close();
      }
      closing.run();
    }
  }

  private final Path file;
  private final InstantSource clock;
  private final AtomicReference<Instant> nextTrial;
  private final ReentrantLock writing = new ReentrantLock();
  private volatile Access access;
  private volatile boolean closed;

  private Database(Path file, Access access, InstantSource clock) {
    this.file = file;
    this.access = access;
    this.clock = clock;
    this.nextTrial = new AtomicReference<>(clock.instant().plus(BETWEEN_TRIALS));
  }

  /** Opens the file, making or migrating it as needed. */
  static Database open(Path file) {
    return new Database(file, writable(file), InstantSource.fixed(Instant.EPOCH));
  }

  private static Access writable(Path file) {
    Connection writer;
    String address = "jdbc:sqlite:" + file;
    try {
      writer = connect(address);
    } catch (SQLException e) {
      throw failure(file, "be opened", e);
    }
    Database database =
        new Database(
            file, new Access(writer, address, () -> {}), InstantSource.fixed(Instant.EPOCH));
    try {
      database.write(Migrations::apply);
      return database.access;
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /**
   * Opens a file that cannot be written, to be read only: on a disk that is full or read-only.
   * Reads look at times whether it can be written again, and then it is.
   *
   * @throws PolygonException.StorageFailure when it cannot be read either
   */
  static Database openUnwritable(Path file, InstantSource clock) {
    Path wal = file.resolveSibling(file.getFileName() + "-wal");
    try {
      boolean whole = Files.notExists(wal) || Files.size(wal) == 0;
      // Where nobody can write, the file is all there is; else what was written last is elsewhere.
      return whole
          ? readOnly(file, "jdbc:sqlite:" + file.toUri() + "?mode=ro&immutable=1", () -> {}, clock)
          : copied(file, wal, clock);
    } catch (IOException e) {
      throw new PolygonException.StorageFailure(
          "the catalog %s cannot be read (%s): see that the disk is well".formatted(file, e), e);
    }
  }

  /** With its log, into a folder that can be written, where the two are put together. */
  private static Database copied(Path file, Path wal, InstantSource clock) throws IOException {
    Path folder = Files.createTempDirectory("polygon-catalog-");
    Path copy = folder.resolve(file.getFileName());
    Runnable remove =
        () -> {
          try (var files = Files.list(folder)) {
            for (Path each : files.toList()) {
              Files.delete(each);
            }
            Files.delete(folder);
          } catch (IOException e) {
            LOG.debug("{} cannot be removed", folder, e);
          }
        };
    try {
      Files.copy(file, copy);
      Files.copy(wal, folder.resolve(wal.getFileName()));
      return readOnly(file, "jdbc:sqlite:" + copy, remove, clock);
    } catch (IOException | RuntimeException e) {
      remove.run();
      throw e;
    }
  }

  private static Database readOnly(
      Path file, String address, Runnable closing, InstantSource clock) {
    Database database = new Database(file, new Access(null, address, closing), clock);
    database.read(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            Migrations.requireCurrent(statement);
          }
          return null;
        });
    return database;
  }

  /** Whether anything can be written. */
  boolean isWritable() {
    return access.writer() != null;
  }

  /** Opens anew what could only be read, if it can be written now; tried at times. */
  private void tryToWrite() {
    Instant due = nextTrial.get();
    Instant now = clock.instant();
    if (isWritable()
        || closed
        || now.isBefore(due)
        || !nextTrial.compareAndSet(due, now.plus(BETWEEN_TRIALS))) {
      return;
    }
    writing.lock();
    try {
      Access before = access;
      if (before.writer() == null && !closed) {
        access = writable(file);
        before.close();
        LOG.info("the catalog {} can be written again", file);
      }
    } catch (PolygonException.StorageFailure e) {
      LOG.debug("{} is still only read", file, e);
    } catch (SQLException e) {
      LOG.debug("what {} was read by cannot be closed", file, e);
    } finally {
      writing.unlock();
    }
  }

  /** Whether an error says that a disk is full, read-only or failing, and not what is on it. */
  static boolean isOfDisk(@Nullable Throwable error) {
    if (!(error instanceof SQLiteException known)) {
      return false;
    }
    String code = known.getResultCode().name();
    return List.of("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_FULL", "SQLITE_IOERR").stream()
        .anyMatch(code::startsWith);
  }

  /** Whether an error says that the file is no sound database, rather than that the disk fails. */
  static boolean isDamage(@Nullable Throwable error) {
    return error instanceof SQLiteException known && DAMAGE.contains(known.getResultCode());
  }

  /**
   * What is wrong with a file; empty when all its pages are in order, or there is none.
   *
   * @throws PolygonException.StorageFailure when it cannot be read, or a newer program wrote it
   */
  static Optional<String> damage(Path file) {
    if (Files.notExists(file)) {
      return Optional.empty();
    }
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(BUSY_MILLIS / 1_000);
      Migrations.requireKnown(statement);
      try (ResultSet row = statement.executeQuery("PRAGMA integrity_check(1)")) {
        String told = row.next() ? row.getString(1) : "nothing";
        return "ok".equals(told)
            ? Migrations.lack(statement)
            : Optional.of("it is broken: " + told);
      }
    } catch (SQLException e) {
      if (isDamage(e)) {
        return Optional.of("it cannot be read: " + e.getMessage());
      }
      throw failure(file, "be read", e);
    }
  }

  /** Whether a file is not there, or holds nothing. */
  static boolean isBlank(Path file) {
    try {
      return Files.notExists(file) || Files.size(file) == 0;
    } catch (IOException e) {
      throw new PolygonException.StorageFailure(
          "the catalog %s cannot be read (%s): see that the disk is well".formatted(file, e), e);
    }
  }

  private static Connection reader(Access by) throws SQLException {
    if (by.writer() != null) {
      return connect(by.address());
    }
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_MILLIS);
    return config.createConnection(by.address());
  }

  private static Connection connect(String address) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_MILLIS);
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    return config.createConnection(address);
  }

  /** Reads in one transaction: what is seen was true at one moment. */
  <T extends @Nullable Object> T read(Work<T> work) {
    tryToWrite();
    Access by = access;
    ConcurrentLinkedDeque<Connection> readers = by.readers();
    try {
      Connection idle = readers.pollFirst();
      Connection reader = idle != null ? idle : reader(by);
      boolean usable = false;
      try {
        T result = transaction(reader, "BEGIN DEFERRED", work);
        usable = !closed && by == access && readers.size() < IDLE_READERS;
        return result;
      } finally {
        if (usable) {
          readers.addFirst(reader);
        } else {
          reader.close();
        }
      }
    } catch (SQLException e) {
      throw failure(file, "be read", e);
    }
  }

  /** Writes in one transaction; nothing of it remains when it fails. */
  <T extends @Nullable Object> T write(Work<T> work) {
    Connection connection = writer();
    writing.lock();
    try {
      return transaction(connection, "BEGIN IMMEDIATE", work);
    } catch (SQLException e) {
      throw failure(file, "be written", e);
    } finally {
      writing.unlock();
    }
  }

  private Connection writer() {
    Connection writer = access.writer();
    if (writer == null) {
      throw new PolygonException.StorageFailure(
          "the catalog %s could not be written when it was opened: see that the disk has room and the folder may be written; it is tried again every %d s"
              .formatted(file, BETWEEN_TRIALS.toSeconds()),
          null);
    }
    return writer;
  }

  /**
   * Gives room that is not needed back to the disk.
   *
   * @return false when others are writing, who are not waited for longer than usual
   */
  boolean compact() {
    Connection connection = writer();
    writing.lock();
    try (Statement statement = connection.createStatement()) {
      statement.execute("VACUUM");
      statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
      return true;
    } catch (SQLException e) {
      if (e instanceof SQLiteException known
          && known.getResultCode() == SQLiteErrorCode.SQLITE_BUSY) {
        return false;
      }
      throw failure(file, "be compacted", e);
    } finally {
      writing.unlock();
    }
  }

  // Begun by hand: with autocommit off the driver begins the next transaction at once, and so a
  // writer that rests would lock out every other process.
  private static <T extends @Nullable Object> T transaction(
      Connection connection, String begin, Work<T> work) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(begin);
      try {
        T result = work.run(connection);
        statement.execute("COMMIT");
        return result;
      } catch (SQLException | RuntimeException | Error e) {
        try {
          statement.execute("ROLLBACK");
        } catch (SQLException suppressed) {
          e.addSuppressed(suppressed);
        }
        throw e;
      }
    }
  }

  private static PolygonException.StorageFailure failure(Path file, String what, SQLException e) {
    return new PolygonException.StorageFailure(
        "the catalog %s cannot %s (%s): see that the disk has room and the folder may be written"
            .formatted(file, what, e.getMessage()),
        e);
  }

  @Override
  public void close() {
    closed = true;
    writing.lock();
    try {
      access.close();
    } catch (SQLException e) {
      throw failure(file, "be closed", e);
    } finally {
      writing.unlock();
    }
  }
}
