package com.alphaxiii.polygon.store;

import com.github.luben.zstd.Zstd;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Answers of the vendor as they were sent, compressed, with the time they were read. */
final class DocumentTable {
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
                  "SELECT body, bytes, read_at FROM document WHERE address = ?")) {
            select.setString(1, key);
            try (ResultSet rows = select.executeQuery()) {
              return rows.next()
                  ? Optional.of(
                      new Kept(
                          Zstd.decompress(rows.getBytes(1), rows.getInt(2)),
                          Instant.ofEpochMilli(rows.getLong(3))))
                  : Optional.empty();
            }
          }
        });
  }

  void put(String key, byte[] body, Instant readAt) {
    byte[] compressed = Zstd.compress(body, LEVEL);
    database.write(
        connection -> {
          try (PreparedStatement insert =
                  connection.prepareStatement(
                      "INSERT OR REPLACE INTO document (address, body, bytes, read_at)"
                          + " VALUES (?, ?, ?, ?)");
              PreparedStatement forget =
                  connection.prepareStatement("DELETE FROM document WHERE read_at < ?")) {
            insert.setString(1, key);
            insert.setBytes(2, compressed);
            insert.setInt(3, body.length);
            insert.setLong(4, readAt.toEpochMilli());
            insert.executeUpdate();
            forget.setLong(1, readAt.minus(KEPT).toEpochMilli());
            forget.executeUpdate();
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
