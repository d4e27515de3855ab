package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.Adjustment;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Timeframe;
import com.alphaxiii.polygon.validate.DayQuality;
import com.alphaxiii.polygon.validate.Finding;
import com.alphaxiii.polygon.validate.GapEvidence;
import com.alphaxiii.polygon.validate.Law;
import com.alphaxiii.polygon.validate.Quality;
import com.alphaxiii.polygon.validate.Severity;
import com.alphaxiii.polygon.validate.ValidationReport;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What validation found, in the catalog: the tables {@code finding} and {@code day_quality}, which
 * other programs may query too. A report replaces what was found before of its days.
 */
public final class FindingTable {
  private static final String OF_SERIES = " WHERE symbol = ? AND timeframe = ? AND adjust = ?";

  /** What was judged. */
  private record Subject(Ticker ticker, Timeframe timeframe, Adjustment adjustment) {}

  private final Database database;

  FindingTable(Database database) {
    this.database = database;
  }

  /**
   * Keeps a report. A day of which only a part was judged keeps the score that it had as a whole.
   *
   * @param range what was judged: earlier findings of it are forgotten, and its whole days
   * @param now when it was judged
   * @throws PolygonException.StorageFailure when the catalog cannot be written
   */
  public void replace(
      ValidationReport report, Adjustment adjustment, TimeRange range, Instant now) {
    database.write(
        connection -> {
          Subject subject = new Subject(report.ticker(), report.timeframe(), adjustment);
          ZoneId zone = report.ticker().market().zone();
          // The windows at both ends are judged as a whole.
          TimeRange judged = report.timeframe().snap(range, zone);
          forget(connection, subject, judged);
          try (PreparedStatement insert =
              connection.prepareStatement(
                  "INSERT INTO finding VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (Finding finding : report.issues()) {
              bind(insert, subject);
              insert.setString(4, finding.code());
              insert.setString(5, finding.severity().toString());
              insert.setLong(6, finding.range().start().toEpochMilli());
              insert.setLong(7, finding.range().end().toEpochMilli());
              insert.setString(8, finding.evidence());
              insert.setString(9, finding.suggestion());
              insert.setLong(10, now.toEpochMilli());
              insert.addBatch();
            }
            insert.executeBatch();
          }
          List<DayQuality> whole =
              report.days().stream().filter(day -> isWhole(day.day(), judged, zone)).toList();
          insertDays(connection, subject, whole, now);
          return null;
        });
  }

  private static boolean isWhole(LocalDate day, TimeRange judged, ZoneId zone) {
    return !judged.start().isAfter(day.atStartOfDay(zone).toInstant())
        && !judged.end().isBefore(day.plusDays(1).atStartOfDay(zone).toInstant());
  }

  private static void insertDays(
      Connection connection, Subject subject, List<DayQuality> days, Instant now)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT OR REPLACE INTO day_quality VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
                + " ?)")) {
      for (DayQuality day : days) {
        bind(insert, subject);
        insert.setString(4, day.day().toString());
        insert.setString(5, day.quality().name());
        insert.setDouble(6, day.score());
        insert.setInt(7, day.bars());
        insert.setInt(8, day.wrong());
        insert.setInt(9, day.doubtful());
        insert.setInt(10, day.lost());
        insert.setInt(11, day.unknown());
        insert.setInt(12, day.noEligibleTrade());
        insert.setString(13, day.judgedBy().toString());
        insert.setLong(14, now.toEpochMilli());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static void forget(Connection connection, Subject subject, TimeRange range)
      throws SQLException {
    try (PreparedStatement findings =
            connection.prepareStatement(
                "DELETE FROM finding" + OF_SERIES + " AND range_start >= ? AND range_start < ?");
        PreparedStatement days =
            connection.prepareStatement(
                "DELETE FROM day_quality" + OF_SERIES + " AND day >= ? AND day <= ?")) {
      bind(findings, subject);
      findings.setLong(4, range.start().toEpochMilli());
      findings.setLong(5, range.end().toEpochMilli());
      findings.executeUpdate();
      bind(days, subject);
      ZoneId zone = subject.ticker().market().zone();
      LocalDate first = LocalDate.ofInstant(range.start(), zone);
      LocalDate last = LocalDate.ofInstant(range.end(), zone).minusDays(1);
      days.setString(4, (isWhole(first, range, zone) ? first : first.plusDays(1)).toString());
      days.setString(5, last.toString());
      days.executeUpdate();
    }
  }

  private static void bind(PreparedStatement statement, Subject subject) throws SQLException {
    statement.setString(1, subject.ticker().symbol());
    statement.setString(2, subject.timeframe().toString());
    statement.setString(3, subject.adjustment().toString());
  }

  /**
   * What was found of a ticker's bars that start within a range, in order of time.
   *
   * @param adjustment what the bars were corrected for when they were judged
   */
  public List<Finding> find(
      Ticker ticker, Timeframe timeframe, Adjustment adjustment, TimeRange range) {
    return database.read(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT code, severity, range_start, range_end, evidence, suggestion FROM finding"
                      + OF_SERIES
                      + " AND range_start >= ? AND range_start < ? ORDER BY range_start, code")) {
            bind(select, new Subject(ticker, timeframe, adjustment));
            select.setLong(4, range.start().toEpochMilli());
            select.setLong(5, range.end().toEpochMilli());
            List<Finding> found = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
              while (rows.next()) {
                found.add(
                    new Finding(
                        Law.valueOf(rows.getString(1).toUpperCase(Locale.ROOT)),
                        Severity.valueOf(rows.getString(2).toUpperCase(Locale.ROOT)),
                        TimeRange.of(
                            Instant.ofEpochMilli(rows.getLong(3)),
                            Instant.ofEpochMilli(rows.getLong(4))),
                        rows.getString(5),
                        rows.getString(6)));
              }
            }
            return found;
          }
        });
  }

  /** The days of a ticker's bars that were judged, oldest first. */
  public List<DayQuality> days(Ticker ticker, Timeframe timeframe, Adjustment adjustment) {
    return database.read(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT day, quality, score, bars, wrong, doubtful, lost, unknown,"
                      + " no_eligible_trade, judged_by FROM day_quality"
                      + OF_SERIES
                      + " ORDER BY day")) {
            bind(select, new Subject(ticker, timeframe, adjustment));
            List<DayQuality> days = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
              while (rows.next()) {
                days.add(
                    new DayQuality(
                        LocalDate.parse(rows.getString(1)),
                        Quality.valueOf(rows.getString(2)),
                        rows.getDouble(3),
                        rows.getInt(4),
                        rows.getInt(5),
                        rows.getInt(6),
                        rows.getInt(7),
                        rows.getInt(8),
                        rows.getInt(9),
                        GapEvidence.valueOf(rows.getString(10).toUpperCase(Locale.ROOT))));
              }
            }
            return days;
          }
        });
  }
}
