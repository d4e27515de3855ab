package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.PolygonException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Brings the catalog's tables to the version that this program knows. */
final class Migrations {
  /** What brings the tables from one version to the next. */
  private interface Step {
    void run(Connection connection) throws SQLException;
  }

  private static final List<Step> STEPS =
      List.of(
          statements(
              """
              CREATE TABLE part (
                symbol TEXT NOT NULL,
                base TEXT NOT NULL,
                name TEXT NOT NULL,
                row_count INTEGER NOT NULL,
                first_start INTEGER,
                last_start INTEGER,
                bytes INTEGER NOT NULL,
                checksum INTEGER NOT NULL,
                announced_bytes INTEGER,
                announced_checksum INTEGER,
                written_at INTEGER NOT NULL,
                PRIMARY KEY (symbol, base, name)
              ) WITHOUT ROWID\
              """,
              """
              CREATE TABLE coverage (
                symbol TEXT NOT NULL,
                base TEXT NOT NULL,
                name TEXT NOT NULL,
                range_start INTEGER NOT NULL,
                range_end INTEGER NOT NULL,
                PRIMARY KEY (symbol, base, name, range_start)
              ) WITHOUT ROWID\
              """,
              """
              CREATE TABLE removal (
                symbol TEXT NOT NULL,
                base TEXT NOT NULL,
                name TEXT NOT NULL,
                PRIMARY KEY (symbol, base, name)
              ) WITHOUT ROWID\
              """,
              """
              CREATE TABLE reference_read (
                symbol TEXT NOT NULL,
                kind TEXT NOT NULL,
                read_at INTEGER NOT NULL,
                PRIMARY KEY (symbol, kind)
              ) WITHOUT ROWID\
              """,
              """
              CREATE TABLE split (
                symbol TEXT NOT NULL,
                execution_date TEXT NOT NULL,
                split_from REAL NOT NULL,
                split_to REAL NOT NULL
              )\
              """,
              "CREATE INDEX split_symbol ON split (symbol)",
              """
              CREATE TABLE dividend (
                symbol TEXT NOT NULL,
                ex_date TEXT NOT NULL,
                cash REAL NOT NULL,
                currency TEXT NOT NULL
              )\
              """,
              "CREATE INDEX dividend_symbol ON dividend (symbol)"),
          statements(
              """
              CREATE TABLE tick_day (
                symbol TEXT NOT NULL,
                kind TEXT NOT NULL,
                day TEXT NOT NULL,
                state TEXT NOT NULL,
                row_count INTEGER NOT NULL,
                bytes INTEGER NOT NULL,
                checksum INTEGER NOT NULL,
                written_at INTEGER NOT NULL,
                PRIMARY KEY (symbol, kind, day)
              ) WITHOUT ROWID\
              """,
              "CREATE INDEX tick_day_unfinished ON tick_day (state) WHERE state <> 'stored'"),
          statements(
              "ALTER TABLE part ADD COLUMN level INTEGER NOT NULL DEFAULT 0",
              "ALTER TABLE part ADD COLUMN last_used INTEGER NOT NULL DEFAULT 0",
              "ALTER TABLE part ADD COLUMN seal INTEGER",
              "UPDATE part SET last_used = written_at",
              "CREATE INDEX part_bytes ON part (bytes)",
              "ALTER TABLE reference_read ADD COLUMN seal INTEGER"),
          PartTable::sealAll,
          ReferenceTable::sealAll,
          statements(
              """
              CREATE TABLE imported_file (
                dataset TEXT NOT NULL,
                day TEXT NOT NULL,
                base TEXT NOT NULL,
                fingerprint TEXT NOT NULL,
                symbols TEXT NOT NULL,
                row_count INTEGER NOT NULL,
                imported_at INTEGER NOT NULL,
                PRIMARY KEY (dataset, day)
              ) WITHOUT ROWID\
              """,
              """
              CREATE TABLE imported_symbol (
                dataset TEXT NOT NULL,
                symbol TEXT NOT NULL,
                first_day TEXT NOT NULL,
                last_day TEXT NOT NULL,
                PRIMARY KEY (dataset, symbol)
              ) WITHOUT ROWID\
              """,
              """
              CREATE TRIGGER imported_file_withdrawn AFTER INSERT ON removal BEGIN
                DELETE FROM imported_file WHERE base = NEW.base
                  AND (NEW.name = 'all' OR substr(day, 1, 7) = NEW.name);
              END\
              """),
          statements(
              """
              CREATE TABLE document (
                address TEXT NOT NULL PRIMARY KEY,
                body BLOB NOT NULL,
                bytes INTEGER NOT NULL,
                read_at INTEGER NOT NULL
              )\
              """,
              "CREATE INDEX document_read_at ON document (read_at)"),
          statements(
              """
              CREATE TABLE finding (
                symbol TEXT NOT NULL,
                timeframe TEXT NOT NULL,
                adjust TEXT NOT NULL,
                code TEXT NOT NULL,
                severity TEXT NOT NULL,
                range_start INTEGER NOT NULL,
                range_end INTEGER NOT NULL,
                evidence TEXT NOT NULL,
                suggestion TEXT NOT NULL,
                checked_at INTEGER NOT NULL
              )\
              """,
              "CREATE INDEX finding_series ON finding (symbol, timeframe, adjust, range_start)",
              "CREATE INDEX finding_code ON finding (code, severity)",
              """
              CREATE TABLE day_quality (
                symbol TEXT NOT NULL,
                timeframe TEXT NOT NULL,
                adjust TEXT NOT NULL,
                day TEXT NOT NULL,
                quality TEXT NOT NULL,
                score REAL NOT NULL,
                bars INTEGER NOT NULL,
                wrong INTEGER NOT NULL,
                doubtful INTEGER NOT NULL,
                lost INTEGER NOT NULL,
                unknown INTEGER NOT NULL,
                no_eligible_trade INTEGER NOT NULL,
                judged_by TEXT NOT NULL,
                checked_at INTEGER NOT NULL,
                PRIMARY KEY (symbol, timeframe, adjust, day)
              ) WITHOUT ROWID\
              """,
              """
              CREATE TABLE feature (
                account TEXT NOT NULL,
                name TEXT NOT NULL,
                state TEXT NOT NULL,
                detail TEXT NOT NULL,
                probed_at INTEGER NOT NULL,
                PRIMARY KEY (account, name)
              ) WITHOUT ROWID\
              """),
          statements(
              """
              CREATE TRIGGER imported_file_removed AFTER UPDATE OF state ON tick_day
              WHEN NEW.state = 'removing' BEGIN
                DELETE FROM imported_file WHERE base = NEW.kind AND day = NEW.day;
              END\
              """),
          statements(
              """
              CREATE TABLE symbol_use (
                symbol TEXT NOT NULL,
                year TEXT NOT NULL,
                last_used INTEGER NOT NULL,
                PRIMARY KEY (symbol, year)
              ) WITHOUT ROWID\
              """),
          statements(
              "ALTER TABLE tick_day ADD COLUMN seal INTEGER",
              "ALTER TABLE document ADD COLUMN seal INTEGER",
              "ALTER TABLE imported_file ADD COLUMN seal INTEGER",
              "ALTER TABLE imported_symbol ADD COLUMN seal INTEGER",
              "ALTER TABLE finding ADD COLUMN as_of TEXT NOT NULL DEFAULT ''",
              "ALTER TABLE finding ADD COLUMN seal INTEGER",
              "DROP INDEX finding_series",
              "CREATE INDEX finding_series ON finding (symbol, timeframe, adjust, as_of,"
                  + " range_start)",
              "ALTER TABLE day_quality RENAME TO day_quality_before",
              """
              CREATE TABLE day_quality (
                symbol TEXT NOT NULL,
                timeframe TEXT NOT NULL,
                adjust TEXT NOT NULL,
                as_of TEXT NOT NULL,
                day TEXT NOT NULL,
                quality TEXT NOT NULL,
                score REAL NOT NULL,
                bars INTEGER NOT NULL,
                wrong INTEGER NOT NULL,
                doubtful INTEGER NOT NULL,
                lost INTEGER NOT NULL,
                unknown INTEGER NOT NULL,
                no_eligible_trade INTEGER NOT NULL,
                judged_by TEXT NOT NULL,
                checked_at INTEGER NOT NULL,
                seal INTEGER,
                PRIMARY KEY (symbol, timeframe, adjust, as_of, day)
              ) WITHOUT ROWID\
              """,
              """
              INSERT INTO day_quality SELECT symbol, timeframe, adjust, '', day, quality, score,
                bars, wrong, doubtful, lost, unknown, no_eligible_trade, judged_by, checked_at, NULL
              FROM day_quality_before\
              """,
              "DROP TABLE day_quality_before"),
          Migrations::sealRows,
          statements(
              """
              CREATE TABLE withdrawn (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                symbol TEXT NOT NULL,
                base TEXT NOT NULL,
                name TEXT NOT NULL
              )\
              """,
              "DROP TRIGGER imported_file_withdrawn",
              // A day of UTC begins in New York on the day before, and so maybe in another part.
              """
              CREATE TRIGGER imported_file_withdrawn AFTER INSERT ON removal BEGIN
                DELETE FROM imported_file WHERE base = NEW.base
                  AND (NEW.name = 'all' OR substr(day, 1, 7) = NEW.name
                    OR substr(date(day, '-1 day'), 1, 7) = NEW.name);
                INSERT INTO withdrawn (symbol, base, name)
                  VALUES (NEW.symbol, NEW.base, NEW.name);
              END\
              """,
              "DROP TRIGGER imported_file_removed",
              """
              CREATE TRIGGER imported_file_removed AFTER UPDATE OF state ON tick_day
              WHEN NEW.state = 'removing' BEGIN
                DELETE FROM imported_file WHERE base = NEW.kind AND day = NEW.day;
                INSERT INTO withdrawn (symbol, base, name)
                  VALUES (NEW.symbol, NEW.kind, NEW.day);
              END\
              """,
              """
              CREATE TRIGGER withdrawn_kept AFTER INSERT ON withdrawn BEGIN
                DELETE FROM withdrawn WHERE id <= NEW.id - 100000;
              END\
              """));

  private Migrations() {}

  private static Step statements(String... all) {
    return connection -> {
      try (Statement statement = connection.createStatement()) {
        for (String sql : all) {
          statement.execute(sql);
        }
      }
    };
  }

  private static void sealRows(Connection connection) throws SQLException {
    for (SealedTable table : SealedTable.ALL) {
      table.sealAll(connection);
    }
  }

  static @Nullable Void apply(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      requireKnown(statement);
      statement.execute("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)");
      int version = version(statement);
      for (int step = version; step < STEPS.size(); step++) {
        STEPS.get(step).run(connection);
      }
      if (version < STEPS.size()) {
        statement.execute("INSERT INTO schema_version VALUES (" + STEPS.size() + ")");
      }
    }
    return null;
  }

  /** Refuses what a newer program wrote, before anything of it is touched. */
  static void requireKnown(Statement statement) throws SQLException {
    if (exists(statement, "schema_version") && version(statement) > STEPS.size()) {
      throw new PolygonException.StorageFailure(
          "the catalog has version %d and this program knows versions up to %d: use the newer program, or another CACHE_DIR"
              .formatted(version(statement), STEPS.size()),
          null);
    }
  }

  /** Refuses a catalog that would have to be migrated, since it cannot be written. */
  static void requireCurrent(Statement statement) throws SQLException {
    requireKnown(statement);
    int version = exists(statement, "schema_version") ? version(statement) : 0;
    if (version < STEPS.size()) {
      throw new PolygonException.StorageFailure(
          "the catalog has version %d, this program needs %d, and it cannot be written: make room or open it once where it may be written"
              .formatted(version, STEPS.size()),
          null);
    }
  }

  /** What a database lacks that it cannot be without; empty when nothing, or it is blank. */
  static Optional<String> lack(Statement statement) throws SQLException {
    if (isBlank(statement)) {
      return Optional.empty();
    }
    if (!exists(statement, "schema_version")) {
      return Optional.of("it has no schema_version");
    }
    if (version(statement) == 0) {
      return Optional.of("it does not tell its version");
    }
    for (String table :
        List.of("part", "coverage", "removal", "reference_read", "split", "dividend")) {
      if (!exists(statement, table)) {
        return Optional.of("its table %s is missing".formatted(table));
      }
    }
    return Optional.empty();
  }

  private static boolean isBlank(Statement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery("SELECT 1 FROM sqlite_master")) {
      return !rows.next();
    }
  }

  private static boolean exists(Statement statement, String table) throws SQLException {
    try (ResultSet rows =
        statement.executeQuery("SELECT 1 FROM sqlite_master WHERE name = '" + table + "'")) {
      return rows.next();
    }
  }

  private static int version(Statement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery("SELECT max(version) FROM schema_version")) {
      return rows.next() ? rows.getInt(1) : 0;
    }
  }
}
