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
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The SQLite file: one connection that writes, some that read, all in write-ahead mode, so that
 * readers never wait for the writer. Every piece of work is one transaction.
 */
final class Database implements AutoCloseable {
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

  private final Path file;
  private final Connection writer;
  private final ReentrantLock writing = new ReentrantLock();
  private final ConcurrentLinkedDeque<Connection> readers = new ConcurrentLinkedDeque<>();
  private volatile boolean closed;

  private Database(Path file, Connection writer) {
    this.file = file;
    this.writer = writer;
  }

  /** Opens the file, making or migrating it as needed. */
  static Database open(Path file) {
    Connection writer;
    try {
      writer = connect(file);
    } catch (SQLException e) {
      throw failure(file, "be opened", e);
    }
    Database database = new Database(file, writer);
    try {
      database.write(Migrations::apply);
      return database;
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
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

  private static Connection connect(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_MILLIS);
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    return config.createConnection("jdbc:sqlite:" + file);
  }

  /** Reads in one transaction: what is seen was true at one moment. */
  <T extends @Nullable Object> T read(Work<T> work) {
    try {
      Connection idle = readers.pollFirst();
      Connection reader = idle != null ? idle : connect(file);
      boolean usable = false;
      try {
        T result = transaction(reader, "BEGIN DEFERRED", work);
        usable = !closed && readers.size() < IDLE_READERS;
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
    writing.lock();
    try {
      return transaction(writer, "BEGIN IMMEDIATE", work);
    } catch (SQLException e) {
      throw failure(file, "be written", e);
    } finally {
      writing.unlock();
    }
  }

  /**
   * Gives room that is not needed back to the disk.
   *
   * @return false when others are writing, who are not waited for longer than usual
   */
  boolean compact() {
    writing.lock();
    try (Statement statement = writer.createStatement()) {
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
      for (Connection reader = readers.pollFirst(); reader != null; reader = readers.pollFirst()) {
        reader.close();
      }
      writer.close();
    } catch (SQLException e) {
      throw failure(file, "be closed", e);
    } finally {
      writing.unlock();
    }
  }
}
