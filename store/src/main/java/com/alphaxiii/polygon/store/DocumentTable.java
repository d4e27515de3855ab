package com.alphaxiii.polygon.store;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers of the vendor as they were sent, compressed with a checksum, with the time they were
 * read.
 */
final class DocumentTable {
  private static final Logger LOG = LoggerFactory.getLogger(DocumentTable.class);

  /** What nobody has asked for anew in so long is thrown away. */
  private static final Duration KEPT = Duration.ofDays(90);

  private static final int LEVEL = 3;

  private final Database database;

  DocumentTable(Database database) {
    this.database = database;
  }

  /** A kept answer. */
  record Kept(byte[] body, Instant readAt) {}

  Optional<Kept> find(String key) {
    return database.read(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT "
                      + SealedTable.DOCUMENTS.sealedColumns()
                      + " FROM document WHERE address = ?")) {
            select.setString(1, key);
            try (ResultSet rows = select.executeQuery()) {
              if (!rows.next()) {
                return Optional.empty();
              }
              if (!SealedTable.DOCUMENTS.isSealed(rows)) {
                return altered(key);
              }
              Instant readAt = Instant.ofEpochMilli(rows.getLong("read_at"));
              return body(key, rows.getBytes("body"), rows.getInt("bytes"))
                  .map(b -> new Kept(b, readAt));
            }
          }
        });
  }

  /** What was compressed; empty when the row was altered, so that it is asked for again. */
  private static Optional<byte[]> body(String key, byte @Nullable [] compressed, int bytes) {
    try {
      if (compressed != null && Zstd.getFrameContentSize(compressed) == bytes) {
        return Optional.of(Zstd.decompress(compressed, bytes));
      }
    } catch (ZstdException | IndexOutOfBoundsException e) {
      LOG.debug("{} cannot be decompressed", key, e);
    }
    return altered(key);
  }

  private static <T> Optional<T> altered(String key) {
    LOG.warn("the kept answer to {} was altered; it is not believed", key);
    return Optional.empty();
  }

  void put(String key, byte[] body, Instant readAt) {
    byte[] compressed;
    try (ZstdCompressCtx zstd = new ZstdCompressCtx().setLevel(LEVEL).setChecksum(true)) {
      compressed = zstd.compress(body);
    }
    database.write(
        connection -> {
          try (PreparedStatement insert =
                  connection.prepareStatement(SealedTable.DOCUMENTS.insert());
              PreparedStatement forget =
                  connection.prepareStatement("DELETE FROM document WHERE read_at < ?")) {
            SealedTable.DOCUMENTS.bind(insert, key, compressed, body.length, readAt.toEpochMilli());
            insert.executeUpdate();
            forget.setLong(1, readAt.minus(KEPT).toEpochMilli());
            forget.executeUpdate();
          }
          return null;
        });
  }

  /** Forgets some. */
  void forget(Collection<String> keys) {
    database.write(
        connection -> {
          try (PreparedStatement forget =
              connection.prepareStatement("DELETE FROM document WHERE address = ?")) {
            for (String key : keys) {
              forget.setString(1, key);
              forget.addBatch();
            }
            forget.executeBatch();
          }
          return null;
        });
  }

  /** Forgets what was read before an instant. */
  void forget(Instant limit) {
    database.write(
        connection -> {
          try (PreparedStatement forget =
              connection.prepareStatement("DELETE FROM document WHERE read_at < ?")) {
            forget.setLong(1, limit.toEpochMilli());
            forget.executeUpdate();
          }
          return null;
        });
  }
}
